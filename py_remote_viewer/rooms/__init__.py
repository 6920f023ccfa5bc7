"""Shared sessions: people, one simulation, who may do what."""
