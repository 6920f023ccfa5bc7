"""Presets, the checks on a scene somebody sends, and the child process that compiles it."""
