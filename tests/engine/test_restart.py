from py_remote_viewer.engine.restart import RestartPolicy


def test_one_end_continues_from_the_saved_state_at_once() -> None:
    plan = RestartPolicy().after_end(0.0, has_scene=True)
    assert (plan.wait_s, plan.keep_state, plan.pause, plan.give_up) == (0.0, True, False, False)


def test_a_scene_that_kills_its_engine_is_started_anew_then_paused_then_given_up() -> None:
    policy = RestartPolicy()
    plans = [policy.after_end(now, has_scene=True) for now in (0.0, 1.0, 2.0, 3.0)]
    assert [plan.keep_state for plan in plans] == [True, False, False, False]
    assert [plan.pause for plan in plans] == [False, False, True, True]
    assert [plan.give_up for plan in plans] == [False, False, False, True]
    assert policy.gave_up


def test_ends_that_are_far_apart_are_each_the_first() -> None:
    policy = RestartPolicy()
    assert all(policy.after_end(now, has_scene=True).keep_state for now in (0.0, 100.0, 200.0, 300.0))


def test_loading_a_scene_forgives() -> None:
    policy = RestartPolicy()
    for now in range(4):
        policy.after_end(float(now), has_scene=True)
    policy.forgive()
    assert not policy.gave_up
    assert policy.after_end(5.0, has_scene=True).keep_state
