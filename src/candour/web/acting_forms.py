"""What people fill in to plan and end actions, to record what is learnt, and to close or reopen an incident."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from candour.incidents.actions import acting, closing
from candour.incidents.completeness import Missing
from candour.incidents.queries import codings, seeing
from candour.incidents.queries.judgements import Task
from candour.incidents.queries.lines import Line
from candour.incidents.queries.tasks import Proposed
from candour.organisation import queries as organisation
from candour.rules import years
from candour.web import forms, visits
from candour.web.deciding import OneOf, SomeOf, Words
from candour.web.handling import choices
from candour.web.handling.forms import WHY, Decided


class OfActions(Decided):
    """A decision after which somebody goes back to actions and lessons."""

    @property
    def then(self) -> str:
        return reverse("actions", kwargs={"reference": self.line.reference})


class Planned(OfActions):
    """Who does an action, and by when."""

    owner = forms.Choice("Who does it?", [choices.NOBODY])
    due_on = forms.Day("By when?", required=True)

    def settle(self) -> None:
        self.fields["owner"].choices = [choices.NOBODY, *choices.everybody(self.visit)]  # type: ignore[attr-defined]

    @property
    def task(self) -> acting.Task:
        """Who does it, and by which day."""
        return acting.Task(self.person("owner") or self.visit.person, self.cleaned_data["due_on"])


class Plan(Planned):
    """An action."""

    words = Words("What has to be done?", required=True)
    field_order = ("words", "owner", "due_on")

    def carry_out(self) -> object:
        return self.act(acting.plan, self.cleaned_data["words"], self.task)


class Change(Planned):
    """Another owner, or another day, for an open action."""

    reason = Words(WHY, required=True)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, task: Task) -> None:
        self.before = task
        super().__init__(visit, line, data, owner=str(task.owner), due_on=years.spoken(task.due_on))

    def carry_out(self) -> object:
        said = {"reason": self.cleaned_data["reason"], "by": self.visit.person, "at": self.visit.at}
        return acting.plan_anew(self.visit.body, self.before.number, self.task, **said)


class End(OfActions):
    """How an action ended."""

    how = OneOf("What became of it?", [("done", "It is done"), ("dropped", "It need not be done any more")])
    words = Words("What came of it, or why it need not be done")

    def __init__(self, visit: visits.Visit, line: Line, data: Any, task: Task) -> None:
        self.before = task
        super().__init__(visit, line, data)

    def carry_out(self) -> object:
        said = {"words": self.cleaned_data["words"], "by": self.visit.person, "at": self.visit.at}
        return acting.end(self.visit.body, self.before.number, self.cleaned_data["how"], **said)


class PlanProposed(OfActions):
    """Actions that the body's templates propose."""

    chosen = SomeOf("Proposed for an incident of this kind", required=True)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, proposed: Sequence[Proposed]) -> None:
        self.proposed = {one.slug: one for one in proposed}
        super().__init__(visit, line, data)

    def settle(self) -> None:
        rows = [(one.slug, f"{one.words}, by {years.spoken(one.due_on)}") for one in self.proposed.values()]
        self.fields["chosen"].choices = rows  # type: ignore[attr-defined]

    def carry_out(self) -> object:
        for slug in self.cleaned_data["chosen"]:
            one = self.proposed[slug]
            self.act(acting.plan, one.words, acting.Task(self.visit.person, one.due_on, slug))
        return None


class Learn(OfActions):
    """Why it happened at the root, and what is learnt."""

    cause = OneOf("Root cause", ())
    root_cause = Words("Why could it happen?", required=True)
    lesson = Words("What do we do otherwise from now on?")
    policy = forms.Choice("Policy that says so", [("", "none")], required=False)
    paragraph = forms.Text("Paragraph", longest=20)

    def settle(self) -> None:
        causes = [(cause.code, cause.label) for cause in codings.causes(self.visit.today)]
        self.fields["cause"].choices = causes  # type: ignore[attr-defined]
        at = self.visit.now
        policies = [(one.slug, f"{one.title} {one.version}") for one in organisation.policies(self.visit.body, at)]
        self.fields["policy"].choices = [("", "none"), *policies]  # type: ignore[attr-defined]

    def carry_out(self) -> object:
        said = self.cleaned_data
        paragraphs = [(said["policy"], said["paragraph"].strip())] if said["policy"] else []
        return self.act(acting.learn, acting.Lesson(said["cause"], said["root_cause"], said["lesson"], paragraphs))


CLOSING = ("outcome", "feedback", "reason")
"""The words that closing takes, each under its field's name."""


class Close(Decided):
    """That the work is over; with something missing it takes a reason, where a reason is enough."""

    outcome = Words("What came of it")
    feedback = Words("What whoever reported it reads with their receipt code (no names)")
    reason = Words("Why it is closed although something is missing", required=True)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, missing: Sequence[Missing]) -> None:
        super().__init__(visit, line, data)
        if not missing:
            del self.fields["reason"]
        if not seeing.reports(visit.body, line.incident):
            del self.fields["feedback"]

    def carry_out(self) -> object:
        return self.act(closing.close, **{name: self.cleaned_data.get(name, "") for name in CLOSING})


class Reopen(Decided):
    """That the work goes on."""

    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        return self.act(closing.reopen, reason=self.cleaned_data["reason"])
