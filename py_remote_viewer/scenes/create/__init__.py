"""Scenes from a sentence: plain English to a typed description, to a placed layout, to MJCF that physics has tried."""
