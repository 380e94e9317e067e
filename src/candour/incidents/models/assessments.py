"""How risky an incident was judged to be, what the DPO advised, and what was decided; the words lie in the ledger."""

from django.db import models

from candour.ledger.models import Known


class Assessment(Known):
    """One assessment by one method, closed by the next; the first stays for ever beside the present one.

    `score` is in hundredths; `ico` and `people` say what the duties come to, where the method speaks of them.
    """

    incident = models.BigIntegerField()
    method = models.TextField()
    score = models.IntegerField(null=True)
    band = models.TextField(null=True)
    ico = models.TextField(null=True)
    people = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "incident", "method"], name="assessment_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.method}"


class Advice(Known):
    """What the data protection officer advised about telling the ICO, or the people; closed by the next."""

    incident = models.BigIntegerField()
    about = models.TextField()
    advises = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "incident", "about"], name="advice_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.about}: {self.advises}"


class Decision(Known):
    """Whether to tell the ICO, or the people, decided on a day; `advice` is the ledger number of the advice it had."""

    incident = models.BigIntegerField()
    about = models.TextField()
    outcome = models.TextField()
    decided_on = models.DateField()
    advice = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "incident", "about"], name="decision_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.about}: {self.outcome}"
