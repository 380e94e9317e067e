"""Makes the database of the site that the journeys walk through, and prints who can sign in, as JSON."""

import json
import secrets
import sys
import tempfile
from datetime import date
from pathlib import Path

import django

django.setup()

from candour.cli.sample import incidents, sheet  # noqa: E402 - only after set-up
from candour.figures import actions as figures  # noqa: E402 - likewise
from candour.incidents import loading  # noqa: E402 - likewise
from candour.organisation import actions, people  # noqa: E402 - likewise
from candour.reading import mapping, register  # noqa: E402 - likewise
from django.core.management import call_command  # noqa: E402 - likewise
from django.utils import timezone  # noqa: E402 - likewise

ROLES = ("handler", "foi-officer", "siro", "dpo", "auditor", "administrator")
LAST = date(2026, 9, 30)
SINCE = {
    "incidents-reported-to-ico": date(2011, 4, 1),
    "other-incidents": date(2011, 4, 1),
    "events": date(2011, 4, 1),
    "near-misses": date(2015, 4, 1),
}


def main():
    call_command("migrate", verbosity=0)
    now = timezone.now()
    body = actions.add_body("sample-body", name="Sample Body", kind="ndpb", regime="foia", at=now)
    by = people.operator(body)
    load(body, by=by, at=now)
    json.dump({role: add(body, role, by=by, at=now) for role in ROLES}, sys.stdout)


def load(body, *, by, at):
    for measure, since in SINCE.items():
        figures.state_coverage(
            body, measure, since=since, until=None, where={}, kept_in=None, reason="sample", by=by, at=at
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        sheet.write(path, incidents.register(LAST))
        with register.open_register(path, guide=mapping.Guide(), sheet=None, today=at.date()) as reading:
            loading.load(reading, body=body, source="old sheet", update=False, dry_run=False, by=by, at=at)


def add(body, role, *, by, at):
    email = f"{role}@sample-body.example"
    person = actions.add_person(body, name=people.title(role), roles=[role], email=email, by=by, at=at)
    person.set_password(password := secrets.token_urlsafe(12))
    person.save()
    return {"email": email, "password": password}


main()
