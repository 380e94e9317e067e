"""What is missing before an incident may be closed."""

from typing import Any

from candour.incidents import completeness, models
from candour.incidents.completeness import Missing
from candour.ledger.models import OPEN
from candour.organisation.models import Body
from candour.rules import self_assessment

ROOT_CAUSE = "root-cause"


def missing(body: Body, incident: int) -> tuple[Missing, ...]:
    """Name what is missing now, for somebody who may see the incident; seven queries."""
    return completeness.missing(_work(body, incident))


def _work(body: Body, incident: int) -> completeness.Work:
    mine: dict[str, Any] = {"body": body.pk, "incident": incident, "closed": None}
    version = models.Version.objects.filter(**mine, held_until=OPEN).get()
    duties = models.Assessment.objects.filter(**mine, method=self_assessment.METHOD).values("ico", "people").first()
    told = {"ico"} if version.told_ico == "yes" else set()
    if version.told_people_on:
        told.add("people")
    return completeness.Work(
        version.tier,
        version.personal_data,
        version.our_role,
        coded=models.Coding.objects.filter(**mine, held_until=OPEN).exclude(scheme=ROOT_CAUSE).exists(),
        open_actions=models.Action.objects.filter(**mine, state="open").count(),
        questions_open=models.Message.objects.filter(**mine, from_reporter=False).count(),
        owed=models.Awaited.objects.filter(**mine).count(),
        duties=dict(duties) if duties else None,
        decided=dict(models.Decision.objects.filter(**mine).values_list("about", "outcome")),
        told=frozenset(told),
    )
