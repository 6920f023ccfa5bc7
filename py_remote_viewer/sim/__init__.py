"""Stepping MuJoCo at the right speed, and saving where it stands."""
