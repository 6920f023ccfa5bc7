from py_remote_viewer.render.gl import devices_to_spread


def test_one_card_or_none_leaves_the_choice_to_egl() -> None:
    assert devices_to_spread([]) == (None,)
    assert devices_to_spread(["/dev/dri/renderD128"]) == (None,)
    assert devices_to_spread(["/dev/dri/renderD128", "/dev/nvidia0"]) == (None,)


def test_several_cards_are_given_out_in_turn() -> None:
    assert devices_to_spread(["/dev/dri/renderD128", "/dev/dri/renderD129"]) == (0, 1)
    both = ["/dev/dri/renderD128", "/dev/dri/renderD129", "/dev/nvidia0", "/dev/nvidia1"]
    assert devices_to_spread(both) == (0, 1)
