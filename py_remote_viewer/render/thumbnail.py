"""A picture of a compiled scene for a list of scenes: one short-lived process draws it, whatever becomes of that process.

The server asks (`thumbnail`), `python -m py_remote_viewer.render.thumbnail_child` draws. Drawing needs files and a GPU, so it
cannot happen in the sandboxed compile child; and it must not happen in the server, which never imports mujoco or OpenGL.
"""

from __future__ import annotations

import asyncio
import logging
import sys

from py_remote_viewer.render.child_environment import drawing_environment

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 320, 180
MOST_S = 20.0
MOST_BYTES = 200_000
AT_ONCE = 1
_slots = asyncio.Semaphore(AT_ONCE)


async def thumbnail(fd: int, size: int) -> bytes | None:
    """JPEG, 320x180, of the model (MJB, `size` bytes) in the memory file `fd`, at its first keyframe.

    Returns:
        None when this machine cannot draw it in `MOST_S`: a scene is shown without its small picture all the same.
    """
    async with _slots:
        command = [
            sys.executable,
            "-P",
            "-m",
            "py_remote_viewer.render.thumbnail_child",
            "--fd",
            str(fd),
            "--size",
            str(size),
        ]
        child = await asyncio.create_subprocess_exec(
            *command,
            env=drawing_environment(2),
            pass_fds=(fd,),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        assert child.stdout is not None
        try:
            async with asyncio.timeout(MOST_S):
                picture = await child.stdout.read(MOST_BYTES + 1)
                while picture and len(picture) <= MOST_BYTES and (more := await child.stdout.read(MOST_BYTES)):
                    picture += more
                code = await child.wait()
        except TimeoutError:
            log.warning("a thumbnail was not drawn within %g s", MOST_S)
            return None
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    if code != 0 or not picture.startswith(b"\xff\xd8") or len(picture) > MOST_BYTES:
        log.warning("a thumbnail could not be drawn (exit code %s): see what dev_check says of EGL", code)
        return None
    return picture
