"""Balances are added up by the year held besides; they are made anew, for nothing but the versions is in them."""

from typing import Any

from django.db import migrations

from candour.incidents import recounting


def fill(apps: Any, _editor: Any) -> None:
    """Make the balances of registers that are there already; where there is none, nothing is asked."""
    for body in apps.get_model('incidents', 'Incident').objects.order_by().values_list('body', flat=True).distinct():
        recounting.rebuild(body)


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0005_who_had_the_work'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
