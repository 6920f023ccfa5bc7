"""What was said of the joints of a machine back to words: springs, dampers, friction, motors. Pure."""

from __future__ import annotations

from py_remote_viewer.scenes.create.things.description import Thing
from py_remote_viewer.scenes.create.things.machine_joints import FEELS, joint_count

_UNITS = {"angle": ("N m/rad", "N m s/rad", "N m"), "length": ("N/m", "N s/m", "N")}


def joints_of(thing: Thing) -> list[str]:
    """One phrase for each of them that was said."""
    feel = FEELS.get(thing.kind)
    spring, _, force = _UNITS[feel.dimension if feel is not None else "length"]
    words: list[str] = []
    if feel is not None and thing.stiffness is not None:
        words.append(f"with a spring of {thing.stiffness:.4g} {spring} at its joint{'s' * (joint_count(thing) > 1)}")
    words += [f"damping {thing.damping:.3g}"] if thing.damping is not None else []
    words += [f"joint friction {thing.loss:.3g} {force}"] if thing.loss is not None else []
    words += [f"armature {thing.armature:.3g} kg m²"] if thing.armature is not None else []
    if thing.kind == "gears" and thing.gear is not None:
        words.append(f"ratio {thing.gear:.3g}")
    if thing.motors:
        words.append(_motors(thing, force))
    elif thing.control:
        words.append(f"{thing.control} controlled")
    return words


def _motors(thing: Thing, force: str) -> str:
    kind = {"position": "position servos", "velocity": "velocity motors", "torque": "torque motors"}.get(
        thing.control, "motors"
    )
    where = ""
    if thing.driven and thing.kind == "car":
        last = joint_count(thing) - 1
        names = {0: "front", last: "rear"} if last else {0: "two"}
        where = " on the " + " and ".join(names.get(axle, f"axle {axle + 1}") for axle in thing.driven) + " wheels"
    elif thing.kind == "cart_pole" and thing.driven == (0,):
        where, force = " on the cart", "N"
    elif thing.driven:
        where = " at joint" + "s" * (len(thing.driven) > 1) + " " + " and ".join(str(one + 1) for one in thing.driven)
    figures = [f"of {thing.power:.3g} {force}"] if thing.power is not None else []
    figures += [f"gear {thing.gear:.3g}"] if thing.gear is not None else []
    return " ".join([f"with {kind}{where}", *figures])


def load_place(thing: Thing) -> str:
    """Where on it the load is."""
    if thing.pose == "strung":
        return "in the middle"
    if thing.pose == "over":
        return "at each end"
    return {"car": "behind it", "crane": "on its hook"}.get(thing.kind, "at the end")
