"""H.264: choosing an encoder that really works here, encoding pictures, reading Annex B."""
