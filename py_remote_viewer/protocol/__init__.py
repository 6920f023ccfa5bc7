"""Messages: what crosses the WebSocket, the data channel and the engine pipe, as types."""
