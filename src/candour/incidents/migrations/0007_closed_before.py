import datetime as dt
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0006_balances_by_year'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='version',
            index=models.Index(condition=models.Q(('closed_on__lt', models.F('held_from')), models.Q(('closed_on__lt', models.F('held_until')), ('held_until__lt', dt.date(9999, 12, 31))), _connector='OR'), fields=['body', 'incident'], name='version_closed_before'),
        ),
    ]
