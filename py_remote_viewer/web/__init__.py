"""The HTTP and WebSocket rim."""
