"""Makes the database of the site that the journeys walk through, and prints who can sign in, as JSON."""

import json
import secrets
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - likewise
from django.utils import timezone  # noqa: E402 - likewise

from candour.organisation import actions, people  # noqa: E402 - only after set-up

ROLES = ("handler", "foi-officer", "siro", "dpo", "auditor", "administrator")


def main():
    call_command("migrate", verbosity=0)
    now = timezone.now()
    body = actions.add_body("sample-body", name="Sample Body", kind="ndpb", regime="foia", at=now)
    by = people.operator(body)
    passwords = {}
    for role in ROLES:
        email = f"{role}@sample-body.example"
        person = actions.add_person(body, name=people.title(role), roles=[role], email=email, by=by, at=now)
        person.set_password(password := secrets.token_urlsafe(12))
        person.save()
        passwords[role] = {"email": email, "password": password}
    json.dump(passwords, sys.stdout)


main()
