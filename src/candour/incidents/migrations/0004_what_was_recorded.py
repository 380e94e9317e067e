"""Balances say besides what the record itself knew; they are made anew, for nothing but the versions is in them."""

from typing import Any

from django.db import migrations, models

from candour.incidents import recounting


def fill(apps: Any, _editor: Any) -> None:
    """Make the balances of registers that are there already; where there is none, nothing is asked."""
    for body in apps.get_model('incidents', 'Incident').objects.order_by().values_list('body', flat=True).distinct():
        recounting.rebuild(body)


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0003_versions_without_loads'),
    ]

    operations = [
        migrations.DeleteModel(name='Balance'),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('pk', models.CompositePrimaryKey('body', 'standing', 'logged_in', 'held_in', 'tier', 'logged', 'held', blank=True, editable=False, primary_key=True, serialize=False)),
                ('body', models.IntegerField()),
                ('standing', models.TextField()),
                ('logged_in', models.TextField()),
                ('held_in', models.TextField()),
                ('tier', models.TextField()),
                ('logged', models.DateField()),
                ('held', models.DateField()),
                ('incidents', models.BigIntegerField()),
                ('people', models.BigIntegerField()),
                ('stating', models.BigIntegerField()),
                ('recorded', models.BigIntegerField()),
                ('same', models.BigIntegerField()),
                ('alike', models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
