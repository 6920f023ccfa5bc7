"""Everything the page can do, from Python: REST and the signaling WebSocket as typed calls."""
