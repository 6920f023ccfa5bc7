"""Fan-out of encoded pictures to WebRTC peers."""
