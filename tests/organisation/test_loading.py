"""A file about a body is loaded row by row, and loading it again adds nothing."""

from datetime import date

import pytest

from candour.organisation import actions, cells, people, queries, toml
from candour.organisation.furniture import furniture
from candour.rules.refusals import NotAllowed, WrongInput

FILE = b"""
from = 2011-04-01
[[sponsors]]
name = "Department of Examples"
[[sponsors]]
from = 2014-04-01
name = "Ministry of Samples"
pro_forma = "Security incident report"
file = "form.pdf"
[[suppliers]]
slug = "it-supplier"
name = "the IT supplier"
people = "not-known"
[[persons]]
name = "Governance officer"
roles = ["handler", "foi-officer"]
[[coverage]]
measure = "near-misses"
from = 2015-04-01
"""


@pytest.fixture
def folder(tmp_path, files_dir):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "form.pdf").write_bytes(b"%PDF-1.7\n")
    return folder


def load(register, content, folder=None):
    return actions.load(register.body, toml.read(content), files_dir=folder, **register.now())


def test_each_row_is_one_deed_and_repeating_adds_nothing(register, folder):
    report = load(register, FILE, folder)
    assert len(report.added) == 4
    assert report.problems == ()
    head = register.on("2016-03-10").number
    assert load(register, FILE, folder) == actions.Report((), report.added, ())
    assert register.on("2016-03-10").number == head


def test_what_was_loaded_is_in_force_on_its_days(register, folder):
    load(register, FILE, folder)
    then, now = (queries.sponsor(register.body, register.on(text)) for text in ("2014-03-31", "2014-04-01"))
    assert (then.name, now.name) == ("Department of Examples", "Ministry of Samples")
    assert now.file.name == "form.pdf"
    handler = people.person(register.body, "Governance officer")
    assert people.roles(handler, register.at.date()) == {"handler", "foi-officer"}


def test_the_register_s_own_tables_are_handed_on_as_they_are():
    assert toml.read(FILE).coverage == ({"measure": "near-misses", "from": date(2015, 4, 1)},)


def test_a_last_day_written_later_ends_what_went_on(register):
    row = b'[[suppliers]]\nslug = "a"\nname = "A"\nfrom = 2011-04-01\n'
    load(register, row)
    assert load(register, row + b"to = 2014-12-31\n").added == ("suppliers 1 (a)",)
    assert queries.suppliers(register.body, register.on("2014-12-31"))
    assert queries.suppliers(register.body, register.on("2015-01-01")) == ()
    assert load(register, row + b"to = 2014-12-31\n").added == ()


def test_rows_in_any_order_come_to_the_same(register, folder):
    later = b'[[facts]]\nname = "staff"\nvalue = 1800\nfrom = 2015-04-01\n'
    earlier = b'[[facts]]\nname = "staff"\nvalue = 1750\nfrom = 2011-04-01\n'
    load(register, later + earlier)
    assert load(register, earlier + later).added == ()
    held = [queries.staff(register.body, register.on(text)).value for text in ("2015-03-31", "2015-04-01")]
    assert held == [1750, 1800]


def test_a_role_added_to_the_file_is_given(register):
    person = b'[[persons]]\nname = "Officer"\nroles = ["handler"'
    load(register, person + b"]")
    assert load(register, person + b', "auditor"]').added == ("person Officer",)
    assert people.roles(people.person(register.body, "Officer"), register.at.date()) == {"handler", "auditor"}


def test_a_row_that_is_refused_is_held_back_and_named(register, tmp_path):
    report = load(
        register,
        b"""
        from = 2011-04-01
        [[persons]]
        name = "Both"
        roles = ["dpo", "siro"]
        [[policies]]
        slug = "policy"
        title = "Policy"
        version = "1"
        file = "../settings.py"
        [[facts]]
        name = "staff"
        value = 3
        """,
        tmp_path,
    )
    assert report.added == ("facts 1 (staff)",)
    assert report.problems == (
        "person Both: one person cannot be both dpo and siro: who advises does not decide",
        "policies 1 (policy): there is no file ../settings.py beside the file that names it",
    )
    assert people.everyone(register.body, register.at.date())[-1][0].name == "Operator"


def test_two_people_of_one_name_have_to_be_told_apart(register):
    for _ in range(2):
        register.person("Officer")
    assert "e-mail address" in load(register, b'[[persons]]\nname = "Officer"\nroles = ["auditor"]').problems[0]


def test_somebody_without_the_right_loads_nothing(register):
    handler = register.person("Handler", "handler")
    with pytest.raises(NotAllowed):
        actions.load(register.body, toml.read(FILE), by=handler, at=register.at)


def test_everything_wrong_in_a_file_is_said_at_once():
    with pytest.raises(cells.Unusable) as refused:
        toml.read(b"""
        [[supplier]]
        slug = "a"
        [[suppliers]]
        slug = "it-supplier"
        people = -1
        from = "yesterday"
        [[suppliers]]
        slug = "b"
        name = "B"
        from = 2015-01-01
        to = 2014-01-01
        [[facts]]
        name = "staff"
        [[persons]]
        name = "Somebody"
        roles = ["operator"]
        """)
    problems = "\n".join(refused.value.problems)
    for said in (
        "supplier is no table here; the tables are letter",
        "suppliers 1 (it-supplier): name is missing",
        "suppliers 1 (it-supplier): people is -1; write a whole number",
        "suppliers 1 (it-supplier): from is 'yesterday'; write a day",
        "suppliers 2 (b): to comes before from",
        "facts 1 (staff): from is missing",
        "persons 1 (Somebody): roles is ['operator']; write a list of some of reporter",
    ):
        assert said in problems


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[[", "not TOML"),
        (b"\xff\xfe", "not TOML in UTF-8"),
        (b"facts = 3", "facts is not a table"),
        (b"#" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b'from = 2011-01-01\n[[facts]]\nname = "a"\n[[facts]]\nname = "a"', "fact a from 2011-01-01 stands twice"),
        (b'persons = [{name = "A", roles = ["dpo"]}, {name = "A", roles = ["dpo"]}]', "persons: A stands twice"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(content, says):
    with pytest.raises(WrongInput, match=says):
        toml.read(content)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(WrongInput, match=r"none\.toml cannot be read: No such file"):
        toml.read(tmp_path / "none.toml")


def test_the_example_loads_whole_and_only_once(register, tmp_path):
    path = tmp_path / "example.toml"
    path.write_text(toml.example(), encoding="utf-8")
    plan = toml.read(path)
    report = actions.load(register.body, plan, files_dir=tmp_path, **register.now())
    assert report.problems == ()
    assert report.unchanged == ()
    assert actions.load(register.body, plan, files_dir=tmp_path, **register.now()).added == ()
    assert all((plan.coverage, plan.searches, plan.statements, plan.breaks))


def test_the_example_shows_every_table():
    content = toml.example()
    assert all(f"[{table}]" in content for table in toml.TABLES)


def test_a_letter_of_the_example_has_all_its_furniture(register):
    load(register, toml.example().encode())
    found = furniture(register.body, register.on("2016-03-10"))
    assert found.opening("email", date(2016, 2, 28)).startswith("Thank you for your email of 28 February 2016.")
    assert all(found.says(slug) for slug in ("closing", "valediction", "review", "regulator"))
    assert found.says("confidentiality", supplier="the IT supplier", bound_by="its contract").endswith("its contract.")
