"""Disposal from the command line, in a process of its own: what was erased is in no file any more, and stays erased."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest

from candour.cli import archive

NAME = "Zebedee Quill"
TRACES = (NAME.encode(), b"zebede", b"quill")
"""The name, and what an index for searching keeps of it."""

NOWHERE = "192.0.2.1:80"
"""An address that is nobody's, so that a server that would start does not."""

SECRET = "correct horse battery staple"
BODY = """
from = 2000-01-01

[[persons]]
name = "Records manager"
roles = ["records-manager"]

[[persons]]
name = "Second manager"
roles = ["records-manager"]

[[retention]]
slug = "reports"
record = "incidents"
keep = 6
source = "The schedule"
"""
REGISTER = f"""reference,logged_on,tier,description
2012-1,2012-05-03,near-miss,{NAME} left a door open
2013-1,2013-05-03,near-miss,{NAME} left it open again
2016-1,2016-05-03,near-miss,Somebody shut it
"""
REQUEST = "Dear Sir\n\nHow many near misses were recorded in 2013/14?\n\nYours\nA Requester\n"


@pytest.fixture
def candour(installed, tmp_path):
    """A body with two records managers, a schedule, and a register of three incidents."""
    files = {"body.toml": BODY, "register.csv": REGISTER, "request.txt": REQUEST, "passphrase": f"{SECRET}\n"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    installed("init", "--name", "Test Body", "--slug", "test")
    installed("organisation", "load", tmp_path / "body.toml")
    installed("load", tmp_path / "register.csv")
    return installed


def said(called):
    return json.loads(called.stdout)


def backup(candour, tmp_path, name):
    candour("backup", tmp_path / name, "--passphrase-file", tmp_path / "passphrase")
    return tmp_path / name


def dispose(candour):
    """Dispose of what is due, by two people, until nothing of it is left."""
    proposed = said(candour("disposal", "propose", "--as", "Records manager", "--format", "json"))
    approve = ("disposal", "approve", proposed["proposal"], "--as", "Second manager", "--format", "json")
    done = candour(*approve, code=None)
    finish(candour)
    return said(done)


def finish(candour):
    """Clean the database's own files; on PostgreSQL others at work in the server, here other tests, are waited for."""
    for _ in range(60):
        if candour("disposal", "finish", code=None).code == 0:
            return
    pytest.fail("others were at work in the server all the time")


def everything_in(folder):
    """The bytes of every file below a folder, the database's journal among them."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def unpacked(path, folder):
    with path.open("rb") as file:
        archive.unpack(file, SECRET, folder, int)
    dump = folder / "database.pgdump"
    if dump.exists():  # packed tightly: what it holds shows only when it is read out
        subprocess.run(["pg_restore", f"--file={folder / 'read-out.sql'}", str(dump)], check=True)
    return everything_in(folder)


def naming(files):
    return sorted({name for name, content in files.items() for trace in TRACES if trace in content})


def names_in_the_server(own_data):
    """Which tables of a PostgreSQL database hold the name in their files."""
    import dj_database_url  # noqa: PLC0415 - only where there is a server
    import psycopg  # noqa: PLC0415 - likewise

    at = dj_database_url.parse(own_data["CANDOUR_DATABASE_URL"])
    words = {name: at[name.upper()] for name in ("host", "port", "user", "password") if at[name.upper()]}
    with psycopg.connect(**words, dbname=at["NAME"], autocommit=True) as connection:
        connection.execute("checkpoint")
        found = connection.execute(
            "select relname, pg_read_binary_file(pg_relation_filepath(oid)) from pg_class where relkind in ('r', 'i')"
            " and pg_relation_filenode(oid) is not null and relnamespace = 'public'::regnamespace"
        )
        return naming({name: bytes(content) for name, content in found})


def put_back(copy, place):
    """Bring a copy of a database back as somebody does who has no `candour restore` at hand."""
    with closing(sqlite3.connect(copy)) as older, closing(sqlite3.connect(place)) as there:
        older.backup(there)


def test_what_was_erased_is_in_no_file_and_no_new_backup_and_an_older_one_brings_none_of_it_back(
    candour, own_data, tmp_path
):
    sqlite = "CANDOUR_DATABASE_URL" not in own_data
    secret = ("--passphrase-file", tmp_path / "passphrase")
    assert naming(everything_in(tmp_path / "data")) if sqlite else names_in_the_server(own_data)
    older = backup(candour, tmp_path, "older")
    assert naming(unpacked(older, tmp_path / "older-unpacked"))

    done = dispose(candour)
    assert (len(done["incidents"]), done["texts"]) == (3, 3)
    assert done["cleaned"] or not sqlite
    assert naming(everything_in(tmp_path / "data")) == []
    assert sqlite or names_in_the_server(own_data) == []
    fresh = unpacked(backup(candour, tmp_path, "fresh"), tmp_path / "fresh-unpacked")
    assert naming(fresh) == []
    assert "disposals.jsonl" in fresh
    assert said(candour("verify", "--format", "json"))["ok"]

    checked = said(candour("restore", older, "--check", *secret, "--format", "json"))
    assert (checked["restored"], checked["disposals_repeated"]) == (False, 3)
    restored = candour("restore", older, "--replace", *secret)
    finish(candour)
    assert "3 records that had been disposed of were still there" in restored.stdout
    assert naming(everything_in(tmp_path / "data")) == []
    assert sqlite or names_in_the_server(own_data) == []
    assert said(candour("verify", "--format", "json"))["ok"]
    assert candour("disposal", "show").stdout == "nothing is due\n"
    again = said(candour("restore", tmp_path / "fresh", "--replace", *secret, "--format", "json"))
    assert again["disposals_repeated"] == 0


def test_a_copy_brought_back_by_other_ways_is_not_served_and_a_new_machine_is_given_the_list(
    candour, own_data, tmp_path
):
    if "CANDOUR_DATABASE_URL" in own_data:
        pytest.skip("an older copy is put in place as a file")
    data, secret = tmp_path / "data", ("--passphrase-file", tmp_path / "passphrase")
    older = backup(candour, tmp_path, "older")
    dispose(candour)
    unpacked(older, tmp_path / "older-unpacked")
    put_back(tmp_path / "older-unpacked" / "database.sqlite3", data / "candour.sqlite3")
    refused = candour("serve", "--bind", NOWHERE, code=2).stderr
    assert "still has the words of 3 records" in refused
    assert "candour disposal repeat" in candour("doctor", code=3).stdout
    assert "were erased again" in candour("disposal", "repeat").stdout
    assert naming(everything_in(data)) == []
    assert "cannot be served on" in candour("serve", "--bind", NOWHERE, code=2).stderr
    assert "each was carried out" in candour("doctor").stdout

    shutil.copy(data / "disposals.jsonl", tmp_path / "copy.jsonl")
    shutil.rmtree(data)
    restored = candour("restore", older, *secret, "--disposals", tmp_path / "copy.jsonl", "--format", "json")
    assert said(restored)["disposals_repeated"] == 3
    assert naming(everything_in(data)) == []
    assert (data / "disposals.jsonl").read_text() == (tmp_path / "copy.jsonl").read_text()


def test_a_request_holds_what_it_asks_about_and_two_people_dispose_of_the_rest(candour, tmp_path):
    ask = ("answer", tmp_path / "request.txt", "--received", "2016-06-01", "--out", tmp_path / "reply")
    candour(*ask, code=3)
    listed = said(candour("disposal", "show", "--format", "json"))
    assert [row["name"] for row in listed["due"]] == ["2012-1", "2016-1"]
    assert [row["name"] for row in listed["held"]] == ["2013-1"]
    assert "Freedom of Information Act 2000 s.77" in candour("disposal", "show").stdout
    candour(*ask, code=3)
    (hold,) = said(candour("hold", "show", "--format", "json"))["holds"]
    assert (hold["for"], hold["lifted"]) == ("request", None)
    assert "2013-04-01 until 2014-03-31" in hold["keeps"]

    act = ("--as", "Records manager")
    assert "is not on the list" in candour("disposal", "propose", "--leave-out", "2013-1", *act, code=2).stderr
    assert "say why" in candour("disposal", "propose", "--leave-out", "2012-1", *act, code=2).stderr
    proposed = candour("disposal", "propose", "--leave-out", "2012-1", "--reason", "a study", *act, "--format", "json")
    number = said(proposed)["proposal"]
    shown = candour("disposal", "show", number, *act).stdout
    assert "waits for a second person" in shown
    assert "left out because: a study" in shown
    assert "a second person does" in candour("disposal", "approve", number, *act, code=2).stderr
    assert "no role that may do this" in candour("disposal", "approve", number, code=2).stderr
    assert "1 incident," in candour("disposal", "approve", number, "--as", "Second manager", code=None).stdout
    assert "approved: disposal" in candour("disposal", "show", number, *act).stdout
    assert candour("disposal", "finish").stdout == "nothing of what was erased is left\n"

    candour("hold", "lift", hold["number"], "--reason", "the time for an appeal has passed", *act)
    why = ("--for", "litigation", "--case", "QB-1", "--reason", "a claim")
    candour("hold", "place", "--incident", "2012-1", *why, *act)
    listed = said(candour("disposal", "show", "--format", "json"))
    assert [row["name"] for row in listed["due"]] == ["2013-1"]
    assert [row["name"] for row in listed["held"]] == ["2012-1"]
