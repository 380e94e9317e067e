"""A file keeps its verdict under another name, packed, or saved anew; a damaged one is told and breaks nothing."""

import io
import random
import warnings
import zipfile

import pikepdf
import pytest

from candour.screening import looking
from candour.screening.findings import Verdict
from carriers import deceits, mails, packed, pages, pictures, portable, texts

CARRIERS = tuple(
    one for module in (texts, portable, deceits, packed, pages, pictures, mails) for one in module.CARRIERS
)
BLOCKED = [one for one in CARRIERS if one.codes]
GONE_WHEN_SAVED = {
    "pdf.earlier-version",
    "pdf.left-over",
    "pdf.after-the-end",
    "pdf.damaged",
    "pdf.permissions",
    "file.unreadable",
}
"""What a program that saves a PDF anew takes away, and rightly so."""


def found(content, name):
    report = looking.look(content, name)
    return report.verdict, {finding.code for finding in report.findings}


@pytest.mark.parametrize("carrier", BLOCKED, ids=str)
def test_another_name_changes_nothing(carrier):
    stem, _, ending = carrier.name.rpartition(".")
    content = carrier.make()
    assert found(content, f"reply{len(stem)}.{ending.upper()}") == found(content, carrier.name)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_packing_files_hides_nothing(compression):
    for carrier in CARRIERS[:: len(CARRIERS) // 60]:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", compression) as archive:
            archive.writestr(carrier.name, carrier.make())
        verdict, codes = found(made.getvalue(), "packed.zip")
        assert (verdict is Verdict.BLOCK) == (found(carrier.make(), carrier.name)[0] is Verdict.BLOCK), carrier
        assert codes >= set(carrier.codes)


@pytest.mark.parametrize(
    "how",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "recompress_flate": True},
        {"qdf": True},
        {"linearize": True},
    ],
    ids=["packed", "plain", "for the web"],
)
def test_a_pdf_saved_anew_keeps_what_it_carries(how):
    for carrier in portable.CARRIERS:
        if not set(carrier.codes) & GONE_WHEN_SAVED:
            anew = io.BytesIO()
            with pikepdf.open(io.BytesIO(carrier.make())) as pdf:
                pdf.save(anew, **how)
            assert found(anew.getvalue(), carrier.name) == found(carrier.make(), carrier.name), carrier


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_text_with_other_line_ends_or_a_mark_keeps_what_it_carries(line_end):
    for carrier in texts.CARRIERS:
        if "text.encoding" not in carrier.codes:
            content = carrier.make().replace(b"\r\n", b"\n").replace(b"\n", line_end.encode())
            marked = b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf")
            assert found(content, carrier.name)[1] >= set(carrier.codes), carrier
            assert found(marked, carrier.name)[1] >= set(carrier.codes), carrier


def damaged(content, dice):
    made = bytearray(content)
    for _ in range(dice.choice((1, 2, 8))):
        place = dice.randrange(len(made))
        if dice.random() < 0.5:
            made[place] = dice.randrange(256)
        elif dice.random() < 0.5:
            del made[place : place + dice.randrange(1, 40)]
        else:
            made[place:place] = dice.randbytes(dice.randrange(1, 20))
        if not made:
            break
    return bytes(made)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_is_told_and_never_breaks_the_look(seed):
    dice = random.Random(seed)  # noqa: S311 - damage, not secrets
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what readers say of damage
        for carrier in dice.sample(CARRIERS, 30):
            looking.look(damaged(carrier.make(), dice), carrier.name)
