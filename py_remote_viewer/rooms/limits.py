"""How much one peer may send."""

from __future__ import annotations

MESSAGES_PER_S = 240.0
MESSAGE_BURST = 480.0
LOADS_PER_S = 2.0
LOAD_BURST = 4.0
IDRS_PER_S = 2.0
IDR_BURST = 4.0
