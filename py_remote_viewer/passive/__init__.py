"""The handle of a program that steps its own model while a room shows it: `launch_passive` and its kin."""
