"""A table leaves with numbers under marks, and somebody looks into everything that was given out for one of them."""

import io
import json
import re
import zipfile
from datetime import date

import pdfplumber
import pikepdf
import pytest

import extracts
from candour.figures import (
    actions,
    earlier,
    leaflet,
    merges,
    merging,
    models,
    protecting,
    publishing,
    rendering,
    safe,
    shares,
)
from candour.figures.undoing import Undoes
from candour.ledger import queries as ledger
from candour.organisation import exits
from candour.rules.disclosure_control import choice
from candour.rules.disclosure_control.protecting import CannotBeMet
from candour.rules.refusals import Refusal

REGISTER = """
    reference  logged_on   tier             department  people_affected
    1          2014-05-01  other-incident   North       4177
    2          2014-06-01  other-incident   South       62030
    3          2014-07-01  other-incident   Legal       88419
    4          2015-05-01  other-incident   North       91357
    5          2015-06-01  other-incident   South       60617
    6          2015-07-01  other-incident   Legal       71993
"""
UNDER = "standard,threshold=7000"
NUMBERS = {4177, 62030, 88419, 91357, 60617, 71993}
WHERE = publishing.Publication("Annual Report", date(2026, 7, 1), "counted anew", "asked for")
AT, MOST_YEAR = extracts.NOW, 2100


@pytest.fixture
def register(body, tmp_path):
    return extracts.covered(body, REGISTER, tmp_path, since="2011-04-01")


@pytest.fixture
def people(register, ask):
    return lambda measure="people-affected", **more: ask(
        measure, "2014-04-01", "2016-03-31", **{"group": ("department",), **more}
    )


@pytest.fixture
def draft(register):
    return lambda table, protect=UNDER: safe.draft(
        register, table, choice.read(protect), number=ledger.head(register.pk).number
    )


@pytest.fixture
def publish(register, operator):
    return lambda table, protect=UNDER: actions.publish(register, table, WHERE, protect, by=operator, at=AT)


def written(table):
    """Every file that a table leaves or is taken away as, by its kind."""
    files = {kind: rendering.written(table, kind) for kind in ("csv", "ods", "xlsx", "svg")}
    files |= {"json": json.dumps(table.as_json()).encode(), "pdf": leaflet.pdf(table, sender="Sample Body")}
    return files | {"txt": rendering.text(table).encode()}


def opened(content):
    """All that a file says, parts of archives and streams of a PDF unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        return " ".join([*_streams(content), *_pages(content)])
    return content.decode()


def _streams(content):
    """Every text that stands in the objects of a PDF: titles, alternative texts, metadata."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                yield from (str(value) for value in thing.as_dict().values() if isinstance(value, pikepdf.String))
        yield str(pdf.open_metadata())


def _pages(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        yield from (page.extract_text() for page in pdf.pages)


def numbers(said):
    """The whole numbers of four digits and more in a text, written with commas or without; digests left out."""
    plain = re.sub(r"\b[0-9a-f]{16,}\b", "", said)
    found = {int(one.replace(",", "")) for one in re.findall(r"\d{1,3}(?:,\d{3})+|\d{4,9}", plain)}
    return {one for one in found if one > MOST_YEAR}


def hidden(made):
    true = protecting.counted(made.before)
    return {true[cell] for cell in made.safe.done.hidden}


def test_no_file_holds_a_hidden_number_and_no_two_of_its_numbers_differ_by_one(people, draft):
    made = draft(people())
    assert 4177 in hidden(made)
    assert len(hidden(made)) == 4
    for kind, content in written(made.table).items():
        found = numbers(opened(content))
        assert not found & hidden(made), kind
        apart = {abs(one - other) for one in found for other in found}
        assert not apart & hidden(made), kind


def test_the_same_files_of_the_bare_table_hold_them_all(people):
    """So that the test above would find one."""
    for kind, content in written(people()).items():
        assert numbers(opened(content)) >= NUMBERS, kind


def test_what_was_published_can_be_published_again_and_nothing_more_is_told(register, people, publish, operator):
    first = publish(people())
    publishing.withdraw(register, first.number, reason="the wrong heading", by=operator, at=AT)
    again = publish(people())
    rows = models.Published.objects.filter(body=register.pk).order_by("opened")
    assert rows[0].told["groups"] == rows[1].told["groups"]
    publishing.withdraw(register, again.number, reason="once more", by=operator, at=AT)
    with pytest.raises(Undoes, match="Annual Report: North"):
        publish(people(), "standard,threshold=4000")


def test_what_leaves_is_what_was_looked_at(people, publish, draft):
    made, left = draft(people()), publish(people())
    for paper in exits.public(left.link):
        assert not numbers(opened(paper.content)) & hidden(made), paper.name


def test_the_median_of_one_number_does_not_give_away_a_sum(people, publish):
    publish(people())
    with pytest.raises(Undoes, match="Annual Report"):
        publish(people("people-affected-median"), "auto")


def test_a_sum_is_public_where_the_median_of_its_one_number_was_published(people, publish, draft):
    publish(people("people-affected-median"), "auto")
    made = draft(people())
    assert made.safe.done.hidden == set()
    assert made.table.control.earlier == ("Annual Report",)


def test_a_median_of_three_numbers_tells_only_the_least_that_they_come_to(body, ask, tmp_path):
    lines = "reference  logged_on  tier  people_affected\n" + "\n".join(
        f"{at}  2014-0{at}-01  {tier}  {people}"
        for at, tier, people in ((4, "event", 1), (5, "event", 1), (6, "event", 2), (7, "near-miss", 7))
    )
    extracts.covered(body, lines, tmp_path, since="2011-04-01")
    asked = {"first": "2014-04-01", "last": "2015-03-31", "group": ("tier",)}
    middle, table = (ask(f"people-affected{what}", **asked) for what in ("-median", ""))
    told = earlier.sums(table.question, protecting.counted(table), earlier.of_table(middle, "Report"))
    known = {next(iter(one.parts))[0][0]: (one.least, one.least == one.most) for one in told}
    assert known == {"event": (1, False), "near-miss": (7, True)}


def test_no_share_is_told_of_a_line_in_which_a_number_is_hidden(people, draft):
    table = draft(people()).table
    for (_, told), group in zip(shares.shares(table, "row").rows, table.groups, strict=True):
        assert (None in told) == any(cell.status == "suppressed" for cell in group.cells)


DEPARTMENTS = {"North": 12, "South": 4, "-": 9}


@pytest.fixture
def departments(body, tmp_path):
    """Other incidents of 2014/15 in two departments, and nine that state none."""
    lines = ["reference  logged_on  tier  department  occurred_on"]
    for name, count in DEPARTMENTS.items():
        lines += (f"{name}{at}  2014-05-{at + 1:02}  other-incident  {name}  2014-05-01" for at in range(count))
    extracts.covered(body, "\n".join(lines), tmp_path, since="2011-04-01")
    return body


@pytest.fixture
def incidents(departments, ask):
    return lambda **more: ask("other-incidents", "2014-04-01", "2015-03-31", **more)


@pytest.fixture
def publish_(departments, operator):
    return lambda table, protect="standard": actions.publish(departments, table, WHERE, protect, by=operator, at=AT)


def test_for_how_many_a_fact_is_known_is_not_told_beside_a_mark(incidents, publish_):
    """South's 4 and the 9 that state none stand under marks; "known for 16 of 25" would tell the 9."""
    publish_(incidents(group=("department",)))
    north = incidents(where={"department": "North"})
    assert north.completeness["department"] == {"known": 16, "of": 25}
    with pytest.raises(Undoes, match=r"Annual Report: South, 2014/15"):
        publish_(north)


def test_a_mark_is_not_put_where_it_was_told_for_how_many_a_fact_is_known(departments, incidents, publish_):
    publish_(incidents(where={"department": "North"}))
    with pytest.raises(CannotBeMet):
        publish_(incidents(group=("department",)))


def test_a_merged_table_does_not_say_for_how_many_the_merged_fact_is_known(incidents):
    merged = merging.merged(incidents(group=("department",)), [merges.read("department=South|not stated")])
    assert "department" not in merged.completeness
    assert not numbers(rendering.text(merged)) & {16}


def test_a_small_number_beside_the_cells_is_small(body, ask, operator, tmp_path):
    text = "reference  logged_on  occurred_on  tier  department\n" + "\n".join(
        f"{at}  2014-05-01  {'2014-05-01' if at < 9 else '-'}  event  North" for at in range(11)
    )
    extracts.covered(body, text, tmp_path, since="2011-04-01")
    table = ask("events", "2014-04-01", "2015-03-31", group=("department",), basis="occurred")
    assert table.date_not_known == 2
    made = safe.draft(body, table, choice.read("auto"), number=ledger.head(body.pk).number)
    assert made.advice.protect
    assert "Date not known" not in rendering.text(made.table)
    bare = publishing.Publication("Report", date(2026, 7, 1))
    with pytest.raises(Refusal, match="reason"):
        actions.publish(body, table, bare, "none", by=operator, at=AT)
