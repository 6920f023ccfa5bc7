"""How much one upload may be. Bounds on what a stranger sends come before any of it is unpacked."""

from __future__ import annotations

MAX_FILES = 4000
MAX_UNPACKED_BYTES = 512 * 2**20
MAX_RATIO = 200  # of one file in an archive; meshes and MJCF reach 5 to 30, DEFLATE itself 1032
RATIO_FREE_BYTES = 2**20  # a file that unpacks to less may be as empty as it likes
MAX_DIRECTORY_BYTES = 2 * 2**20  # of an archive's table of contents
MAX_NAME_CHARS = 512
MAX_PART_CHARS = 255
MAX_FOLDERS = 32
MAX_INCLUDE_DEPTH = 32
MAX_INCLUDES = 256
MAX_TEXT_BYTES = 16 * 2**20  # MJCF of one model, with all that it includes
MAX_ROOTS_TRIED = 8
MAX_ROOTS_TOLD = 50
UNPACK_WALL_S = 20.0
UPLOAD_MEMORY_FACTOR = 2  # of what pasted MJCF may take: meshes and pictures are here as files and as a model
UPLOAD_WALL_S = 30.0  # convex hulls of a detailed robot take seconds
