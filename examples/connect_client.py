"""Drive a running server from Python: everything that its page can do.

python -m py_remote_viewer &
python examples/connect_client.py http://127.0.0.1:8000
"""

import sys

import py_remote_viewer as prv


def main(url: str, picture: str = "domino.png") -> None:
    """Load a scene, let it run for two simulated seconds, look at it from above, and keep what is seen."""
    with prv.connect(url, name="example") as room:
        print("presets:", ", ".join(preset.name for preset in room.presets()))
        loaded = room.load("dominoes")
        print(f"{loaded.name}: {loaded.model_info.nbody} bodies")
        room.play()
        room.until(lambda status: status.simulation.time_s >= 2)
        room.pause()
        room.frame_scene("top")
        status = room.until(lambda status: status.simulation.state == "paused")
        print(f"t = {status.simulation.time_s:.2f} s, seen from {status.camera.distance:.1f} m")
        room.picture().save(picture)
        print(f"wrote {picture}")


if __name__ == "__main__":
    main(*sys.argv[1:])
