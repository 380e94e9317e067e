"""Tables of replies that left before they were kept as published: taken from the frozen answers that left with them."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import migrations

from candour.figures import frozen
from candour.organisation import files
from candour.rules import years
from candour.rules.refusals import Refusal


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's shape
    """Keep the tables of every reply that was released; of one whose answers were erased nothing is known any more."""
    case, draft, step, entry, printed = (
        apps.get_model(room, name)
        for room, name in (
            ("foi", "Case"), ("foi", "Draft"), ("foi", "Step"), ("ledger", "Entry"), ("figures", "Printed"),
        )
    )  # fmt: skip
    for one in step.objects.filter(deed="reply.released").order_by("number").iterator():
        mine = {"body": one.body, "case": one.request, "number__lt": one.number}
        last = draft.objects.filter(**mine).order_by("number").last()
        later = step.objects.filter(body=one.body, request=one.request, deed="release.withdrawn", number__gt=one.number)
        first = later.order_by("number").values_list("number", flat=True).first()
        day = years.london_day(entry.objects.get(body=one.body, number=one.number).at)
        reference = case.objects.get(body=one.body, number=one.request).reference
        about: dict[str, Any] = {"paper": "reply", "published_on": day}
        about |= {"body": one.body, "opened": one.number, "closed": first, "document": reference}
        rows = (printed(**about, place=place, **said) for place, said in enumerate(_tables(last)))
        printed.objects.bulk_create(rows)


def _tables(draft: Any) -> Iterator[dict[str, Any]]:
    try:
        said = json.loads(files.read(draft.files["answers.json"]))
    except Refusal:
        return
    for part in (part for question in said["questions"] for part in question["answer"]["parts"]):
        if part["figures"]:
            told = frozen.told_in(part["figures"])
            measure = told["asked"]["measure"]
            yield {
                "measure": measure["slug"], "title": measure["title"], "as_at": told["as_at"],
                "record_number": told["ledger_number"], "told": told, "rule": None,
            }  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ('foi', '0003_files_of_requests'),
        ('figures', '0008_printed'),
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
