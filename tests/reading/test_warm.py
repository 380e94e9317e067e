"""Warmed children answer one call after another; one that fails is replaced, and the others go on."""

import base64
import contextlib
import math
import os
import threading
import time

import pytest

from candour.reading import warm
from candour.rules import refusals


@pytest.fixture
def child():
    with contextlib.closing(warm.Child("base64", seconds=1)) as made:
        yield made


def test_a_child_answers_many_calls_in_a_process_each(child):
    assert [child.run(math.factorial, number) for number in range(5)] == [1, 1, 2, 6, 24]
    assert child.run(os.getpid) != child.run(os.getpid)
    assert child.run(os.getppid) == child.run(os.getppid)


def test_nothing_of_one_call_is_left_for_the_next(child):
    child.run(os.umask, 0o777)
    assert child.run(os.umask, 0) != 0o777


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ((os.abort,), "more memory"),
        ((bytes, 1 << 40), "more memory"),
        ((time.sleep, 30), "too long"),
        ((math.factorial, 10**7), "too long"),
        ((base64.b64decode, "not base64", None, True), "damaged"),
    ],
)
def test_a_child_that_fails_says_why_and_is_replaced(child, call, why):
    with pytest.raises(refusals.WrongInput, match=why):
        child.run(*call)
    assert child.run(math.factorial, 5) == 120


def test_a_large_file_is_handed_in(child):
    assert child.run(len, b"\xff" * 5_000_000) == 5_000_000


def test_a_child_reaches_no_network_and_starts_no_program(child):
    with pytest.raises(refusals.WrongInput):
        child.run(os.system, "true")


def test_a_pool_answers_in_order_from_several_threads():
    with warm.Pool(2, "math") as pool:
        answers = list(pool.each(lambda number: pool.run(math.factorial, number), range(20)))
    assert answers == [math.factorial(number) for number in range(20)]


def test_a_pool_leaves_no_process_behind():
    with warm.Pool(2, "math") as pool:
        parents = set(pool.each(lambda _: pool.run(os.getppid), range(8)))
    for parent in parents:
        with pytest.raises(ProcessLookupError):
            os.kill(parent, 0)
    assert threading.active_count() < 3
