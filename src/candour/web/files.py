"""The files of an incident: a list, a form to add one, and downloads that are never shown in the site itself."""

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from candour.incidents.actions import access, attaching
from candour.incidents.queries import files as queries
from candour.organisation import queries as organisation
from candour.rules import markings
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed
from candour.screening import kinds
from candour.web import forms, visits


class Upload(django_forms.Form):
    """A file and how it is marked."""

    file = django_forms.FileField(
        label="File",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "invalid": "Choose the file again"},
    )
    marking = forms.Choice("Marking", [(one, one) for one in (*markings.MARKINGS, "SECRET or higher")])


@visits.may(Deed.SEE_INCIDENTS)
def files(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the files of an incident, and keep one more."""
    visit = visits.of(request)
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _kept(visit, reference, form):
        return redirect("files", reference)
    rows = queries.files(visit.body, reference, by=visit.person, today=visit.today)
    access.look(visit.body, reference, by=visit.person, at=visit.at)
    endings = ", ".join(kinds.ENDINGS)
    shown = {"form": form, "rows": rows, "reference": reference, "endings": endings}
    return render(request, "files.html", shown, status=422 if form.errors else 200)


def _kept(visit: visits.Visit, reference: str, form: Upload) -> bool:
    """Keep the file; where it may not be kept, say so at the field."""
    given = form.cleaned_data["file"]
    try:
        offered = attaching.Offered(given.read(), given.name, markings.check(form.cleaned_data["marking"]))
        attaching.attach(visit.body, reference, offered, by=visit.person, at=visit.at)
    except (WrongInput, Conflict) as refusal:
        sentence = str(refusal)
        form.add_error("marking" if "OFFICIAL-SENSITIVE" in sentence else "file", sentence[:1].upper() + sentence[1:])
        return False
    return True


@visits.may(Deed.SEE_INCIDENTS)
def download(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give a file back as a download, of the type its content told, with nothing in it allowed to act."""
    visit = visits.of(request)
    found = queries.content(visit.body, reference, int(number), by=visit.person, today=visit.today)
    access.look(visit.body, reference, by=visit.person, at=visit.at)
    return _sent(visit, found)


@require_POST
@visits.may(Deed.OPEN_FILE)
def open_sealed(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give a reporter's file to somebody who says why it has to be opened."""
    visit = visits.of(request)
    reason = request.POST.get("reason", "")
    found = attaching.open_sealed(visit.body, reference, int(number), reason=reason, by=visit.person, at=visit.at)
    return _sent(visit, found)


def _sent(visit: visits.Visit, found: queries.Content) -> HttpResponse:
    name = organisation.file_name(visit.body.pk, found.name)
    response = HttpResponse(found.content, content_type=found.mime)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@visits.may(Deed.DETACH)
def remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a file away, with a reason."""
    visit = visits.of(request)
    reason = request.POST.get("reason", "")
    attaching.detach(visit.body, reference, int(number), reason=reason, by=visit.person, at=visit.at)
    return redirect("files", reference)
