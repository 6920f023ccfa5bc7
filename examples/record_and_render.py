"""Make a scene from words, pull at it, record what happens, and draw the recording again at another size.

python -m py_remote_viewer &
python examples/record_and_render.py http://127.0.0.1:8000
"""

import sys
from pathlib import Path

import py_remote_viewer as prv


def main(url: str, folder: str = ".", seconds: float = 2.0, width: int = 1280) -> None:
    """Leaves `again.mp4`, the scene with its files as `scene.zip`, and says what the camera saw."""
    with prv.connect(url, name="example") as room:
        print(room.create("a red box on a table").message)
        room.edit("make the red box twice as big")
        room.play()
        recording = room.record(video=False, trajectory=True)
        for values in room.values("qpos", "energy", hz=10):
            print(f"t = {values.time_s:.2f} s, height {values.values['qpos'][2]:.3f} m")
            if values.time_s > seconds:
                break
        room.stop_recording(recording.id)
        room.pause()

        depth = room.depth(width=320)
        print(f"depth of the middle: {depth[depth.shape[0] // 2, depth.shape[1] // 2]:.2f} m")
        Path(folder, "scene.zip").write_bytes(room.export("zip"))

        job = room.render(recording.id, width=width, height=width * 9 // 16, quality="high")
        job = room.rendered(job, lambda share: print(f"drawn: {share:.0%}"))
        print("wrote", room.save_recording_file(recording.id, job.file, Path(folder, "again.mp4")))
        room.delete_recording(recording.id)


if __name__ == "__main__":
    main(*sys.argv[1:])
