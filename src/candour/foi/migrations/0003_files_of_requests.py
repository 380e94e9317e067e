"""Which files go with which request: so far that was told by looking through all that was kept with each."""

from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's shape
    """Note the files of every request that is there."""
    case, draft, enclosure, step, note = (
        apps.get_model("foi", name) for name in ("Case", "Draft", "Enclosure", "Step", "CaseFile")
    )
    for one in case.objects.iterator():
        found = {one.sha256}
        for drafted, enclosed in draft.objects.filter(body=one.body, case=one.number).values_list("files", "enclosures"):
            found |= {*drafted.values(), *(sha256 for _, sha256 in enclosed)}
        mine = {"body": one.body, "request": one.number}
        for digests in enclosure.objects.filter(**mine).values_list("sha256", "made_from"):
            found |= set(digests)
        for papers in step.objects.filter(**mine).values_list("papers", flat=True):
            found |= {sha256 for _, sha256 in papers}
        note.objects.bulk_create(note(**mine, sha256=sha256) for sha256 in sorted(found - {""}))


class Migration(migrations.Migration):

    dependencies = [
        ('foi', '0002_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.IntegerField()),
                ('request', models.BigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'request', 'sha256'), name='one_file_a_case')],
                'indexes': [models.Index(fields=['sha256'], name='cases_by_file')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
