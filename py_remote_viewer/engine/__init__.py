"""The process of one room: simulate, render, encode; and its supervisor in the server."""
