"""Encoded pictures for tests, from the real encoder."""

from __future__ import annotations

import numpy as np

from py_remote_viewer.encode.encoder import PictureEncoder, new_picture
from py_remote_viewer.encode.options import EncoderSettings
from py_remote_viewer.protocol.pictures import EncodedPicture

BEGAN_S = 5000.0


def encoded(
    times: list[float], size: tuple[int, int] = (320, 192), idrs: tuple[int, ...] = (0,)
) -> list[EncodedPicture]:
    """A picture for each of `times` (seconds after `BEGAN_S`), each a little brighter than the one before."""
    width, height = size
    encoder = PictureEncoder(EncoderSettings("libx264", width, height, 60, 1_000_000))
    picture = new_picture(width, height)
    pixels = np.frombuffer(memoryview(picture.planes[0]), np.uint8)
    found = []
    for number, at in enumerate(times):
        pixels[:] = 20 + 2 * number % 200
        made = encoder.encode(picture, BEGAN_S + at, idr=number in idrs)
        found.append(EncodedPicture(made.data, made.is_idr, 0, number, BEGAN_S + at, width, height))
    encoder.close()
    return found
