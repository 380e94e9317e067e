"""Backup and restore: only the right passphrase and an unchanged file give anything back, or change anything."""

import io
import json
import os
import shutil

import pytest

from candour.cli import archive, vault
from candour.rules.refusals import WrongInput

SECRET = "correct horse battery staple"
NO_BAR = int
"""Told of every step, and says nothing."""


@pytest.fixture
def cheap(monkeypatch):
    """A key that is made quickly: what is tested here is the file, not the cost of guessing."""
    monkeypatch.setattr(vault, "COST", 1 << 10)


@pytest.fixture
def packed(cheap, tmp_path):
    (tmp_path / "database").write_bytes(os.urandom(3 * vault.CHUNK + 17))
    (tmp_path / "letter").write_bytes(b"")
    members = {"database.sqlite3": tmp_path / "database", "files/ab/letter": tmp_path / "letter"}
    file = io.BytesIO()
    archive.pack(file, SECRET, members, {"made_at": "today"}, NO_BAR)
    return file.getvalue()


def unpack(content, folder, passphrase=SECRET):
    return archive.unpack(io.BytesIO(content), passphrase, folder, NO_BAR)


def test_what_was_packed_comes_back_as_it_was(packed, tmp_path):
    manifest = unpack(packed, tmp_path / "out")
    assert manifest["made_at"] == "today"
    assert set(manifest["members"]) == {"database.sqlite3", "files/ab/letter"}
    assert (tmp_path / "out" / "database.sqlite3").read_bytes() == (tmp_path / "database").read_bytes()
    assert (tmp_path / "out" / "files" / "ab" / "letter").read_bytes() == b""
    assert (tmp_path / "out" / "database.sqlite3").stat().st_mode & 0o077 == 0


def test_nothing_of_the_content_can_be_read_in_the_file(cheap, tmp_path):
    (tmp_path / "plain").write_bytes(b"a sentence that nobody should read " * 100)
    file = io.BytesIO()
    archive.pack(file, SECRET, {"plain": tmp_path / "plain"}, {}, NO_BAR)
    assert b"sentence" not in file.getvalue()


@pytest.mark.parametrize("share", [0, 0.00001, 0.0001, 0.3, 0.5, 0.999999])
def test_a_file_that_was_cut_off_anywhere_is_refused(packed, tmp_path, share):
    with pytest.raises(WrongInput):
        unpack(packed[: int(len(packed) * share)], tmp_path / "out")


def test_a_file_cut_off_between_two_chunks_is_refused(packed, tmp_path):
    start = packed.index(b"}") + 1
    whole = vault.CHUNK + 16
    for chunks in (1, 2, 3):
        with pytest.raises(WrongInput, match=r"damaged, changed or cut off|not the one"):
            unpack(packed[: start + chunks * whole], tmp_path / "out")


@pytest.mark.parametrize("place", [3, 40, 200, 2 * vault.CHUNK, -1])
def test_a_file_of_which_one_bit_was_changed_is_refused(packed, tmp_path, place):
    changed = bytearray(packed)
    changed[place] ^= 1
    with pytest.raises(WrongInput):
        unpack(bytes(changed), tmp_path / "out")


def test_chunks_that_changed_places_are_refused(packed, tmp_path):
    start, whole = packed.index(b"}") + 1, vault.CHUNK + 16
    one, two = packed[start : start + whole], packed[start + whole : start + 2 * whole]
    with pytest.raises(WrongInput):
        unpack(packed[:start] + two + one + packed[start + 2 * whole :], tmp_path / "out")


def test_more_behind_the_end_is_refused(packed, tmp_path):
    with pytest.raises(WrongInput):
        unpack(packed + b"more", tmp_path / "out")


def test_another_passphrase_is_refused(packed, tmp_path):
    with pytest.raises(WrongInput, match="passphrase is not the one"):
        unpack(packed, tmp_path / "out", "another horse battery staple")


def test_a_header_may_not_ask_for_any_cost(packed, tmp_path):
    with pytest.raises(WrongInput, match="does not use"):
        unpack(packed.replace(b'"n": 1024', b'"n": 1023'), tmp_path / "out")
    with pytest.raises(WrongInput, match="not a backup"):
        unpack(b"PK\x03\x04" + packed, tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/outside"])
def test_a_member_may_not_leave_its_folder(cheap, tmp_path, name):
    (tmp_path / "plain").write_bytes(b"x")
    file = io.BytesIO()
    archive.pack(file, SECRET, {name: tmp_path / "plain"}, {}, NO_BAR)
    with pytest.raises(WrongInput, match="has no place here"):
        unpack(file.getvalue(), tmp_path / "out")


# --------------------------------------------------------------------------- the commands, each in a process of its own


@pytest.fixture
def candour(installed, tmp_path):
    (tmp_path / "passphrase").write_text(f"{SECRET}\n")
    return installed


def head(candour):
    return json.loads(candour("verify", "--format", "json").stdout)["head"]


def test_a_backup_brings_back_record_files_and_key_and_a_bad_one_changes_nothing(candour, own_data, tmp_path):
    secret = ("--passphrase-file", tmp_path / "passphrase")
    data, backup = tmp_path / "data", tmp_path / "candour.backup"
    candour("init", "--name", "Test Body", "--slug", "test")
    (data / "files" / "ab").mkdir(parents=True)
    (data / "files" / "ab" / "policy").write_text("version 1")
    then = head(candour)
    key = (data / "secret-key").read_text()
    candour("backup", backup, *secret)
    assert backup.stat().st_mode & 0o077 == 0
    assert "never replaces another" in candour("backup", backup, *secret, code=2).stderr

    candour("fact", "set", "staff", "9", "--on", "2015-04-01")
    (data / "files" / "ab" / "policy").write_text("version 2")
    now = head(candour)
    assert "say --replace" in candour("restore", backup, *secret, code=2).stderr
    (tmp_path / "wrong").write_text("another horse battery staple")
    candour("restore", backup, "--replace", "--passphrase-file", tmp_path / "wrong", code=2)
    (tmp_path / "cut").write_bytes(backup.read_bytes()[:-100])
    candour("restore", tmp_path / "cut", "--replace", *secret, code=2)
    assert "is whole and can be restored" in candour("restore", backup, "--check", *secret).stdout
    assert head(candour) == now
    assert (data / "files" / "ab" / "policy").read_text() == "version 2"
    assert not list(data.glob("before-restore-*"))

    said = json.loads(candour("restore", backup, "--replace", *secret, "--format", "json").stdout)
    assert said["heads"] == {"test": [then["number"], then["digest"]]}
    assert head(candour) == then
    assert (data / "files" / "ab" / "policy").read_text() == "version 1"
    (kept,) = data.glob("before-restore-*")
    assert (kept / "files" / "ab" / "policy").read_text() == "version 2"
    assert said["kept"]

    candour("fact", "set", "staff", "10", "--on", "2015-04-01")
    candour("doctor")
    if "CANDOUR_DATABASE_URL" not in own_data:
        shutil.rmtree(data)
        candour("restore", backup, *secret)
        assert head(candour) == then
        assert (data / "secret-key").read_text() == key


def test_a_short_passphrase_or_none_is_refused(call, tmp_path):
    (tmp_path / "short").write_text("secret")
    short = call("backup", tmp_path / "b", "--passphrase-file", tmp_path / "short")
    assert (short.code, "at least 12" in short.err) == (2, True)
    none = call("backup", tmp_path / "b")
    assert (none.code, "--passphrase-file" in none.err) == (2, True)
    assert not (tmp_path / "b").exists()
