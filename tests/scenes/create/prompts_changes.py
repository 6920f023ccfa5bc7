"""Follow-ups that change some of what is there and leave the rest as and where it was; facts as in `prompts.py`."""

from __future__ import annotations

CHANGES: tuple[tuple[str, str], ...] = (
    # --- what is not moved stays where it stood
    ("a ball >> move it 1 m to the left", "ball at -1 0 .06"),
    ("a crate and a marble >> shift the crate 40 cm backwards", "crate at -.115 .4 .06; glass_marble at .160 0 .015"),
    ("a box >> add a car behind it >> remove the car", "box at 0 0 .06; 0 car"),
    ("a humanoid >> put a box in front of it", "box front humanoid_torso; humanoid_torso at 0 0 1.166"),
    ("a table with a cup on it >> slide the table half a metre to the right", "table at .5 0 0; cup on table"),
)
