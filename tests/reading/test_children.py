"""A child that reads a stranger's file may fail in every way, and the parent hears of it in a sentence."""

import base64
import contextlib
import itertools
import math
import os
import subprocess
import time
import urllib.request

import pytest

from candour.reading import children
from candour.rules import refusals


def test_a_child_answers_with_plain_values():
    assert children.run(math.factorial, 5) == 120


def test_bytes_may_be_handed_in():
    assert children.run(len, b"\x00\xff" * 500_000) == 1_000_000


def test_a_stream_comes_piece_by_piece_and_may_be_left():
    with contextlib.closing(children.stream(itertools.count)) as numbers:
        assert list(itertools.islice(numbers, 3)) == [0, 1, 2]


def test_too_much_memory_is_refused():
    with pytest.raises(refusals.WrongInput, match="more memory"):
        children.run(bytes, 1 << 40)


def test_an_abort_is_refused_as_what_calamine_does_when_memory_ends():
    with pytest.raises(refusals.WrongInput, match="more memory"):
        children.run(os.abort)


def test_silence_is_refused():
    with pytest.raises(refusals.WrongInput, match="too long"):
        children.run(time.sleep, 30, seconds=1)


def test_endless_work_is_refused():
    started = time.monotonic()
    with pytest.raises(refusals.WrongInput, match="too long"):
        children.run(math.factorial, 10**7, seconds=1)
    assert time.monotonic() - started < 10


def test_a_crash_is_refused_and_its_cause_is_kept():
    with pytest.raises(refusals.WrongInput, match="damaged") as refusal:
        children.run(base64.b64decode, "not base64", None, True)
    assert "binascii.Error" in str(refusal.value.__cause__)


def test_a_child_has_no_network_and_starts_no_program():
    with pytest.raises(refusals.WrongInput) as refusal:
        children.run(urllib.request.urlopen, "http://127.0.0.1:9/")
    assert "no business" in str(refusal.value.__cause__)
    with pytest.raises(refusals.WrongInput):
        children.run(subprocess.check_output, ["true"])


def test_a_child_sees_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("CANDOUR_SECRET_KEY", "secret")
    assert children.run(os.getenv, "CANDOUR_SECRET_KEY") is None
