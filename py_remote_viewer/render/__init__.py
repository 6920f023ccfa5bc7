"""Camera, headless GL context, pictures, quality governor, mesh level of detail."""
