"""A letter as one self-contained page: no script, its style in one element, readable at 320 px and when printed."""

from collections.abc import Iterable
from html import escape

from candour.documents import setting, wording
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table

STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:44rem;padding:2.5rem 1.25rem;color:#0b0c0c;background:#fff;
font:1.0625rem/1.4 Arial,Helvetica,sans-serif;overflow-wrap:break-word;text-align:left}
p{margin:0 0 .9em;white-space:pre-line}
h1{font-size:1.5rem;line-height:1.25;margin:2rem 0 1.25rem}
h2{font-size:1.1875rem;margin:2rem 0 .75rem}
h3{font-size:1.0625rem;margin:1.75rem 0 .75rem}
a{color:#1d4f91;text-underline-offset:.15em;overflow-wrap:anywhere}
.marking{text-align:center;font-weight:bold;letter-spacing:.04em}
.head{display:grid;grid-template-columns:1fr 15rem;gap:1.5rem 2rem}
.sender{grid-column:2;grid-row:1/3}
.sender strong{display:block;font-size:1.375rem;margin-bottom:.35rem}
.lines{white-space:pre-line}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0 0 .6em}
dt,.note,.last,footer{color:#484f54}
dd{margin:0;overflow-wrap:anywhere}
blockquote{margin:2rem 0 1rem;padding:.1rem 0 .1rem 1rem;border-left:.25rem solid #b1b4b6;color:#484f54;display:flex;
gap:.9rem}
blockquote p{margin:0;min-width:0;overflow-wrap:anywhere}
blockquote .id{flex:none;max-width:40%}
.wide{overflow-x:auto;margin:1.1rem 0}
table{border-collapse:collapse;font-size:1rem;font-variant-numeric:tabular-nums}
table.full{width:100%}
caption{font-weight:bold;text-align:left;padding-bottom:.4rem}
th,td{padding:.45rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid #b1b4b6}
th:first-child,td:first-child{padding-left:0}
thead th{vertical-align:bottom;border-bottom:2px solid #0b0c0c}
.number{text-align:right;min-width:7rem}
.full .number{min-width:0}
.full th[scope=row]{min-width:6rem}
li{margin-bottom:.35em}
.note{font-size:.9375rem;margin:-.3rem 0 1.5rem}
figure{margin:1.1rem 0}
figure svg{display:block;max-width:100%;height:auto}
.signature{margin:1.75rem 0}
footer,.last{font-size:.875rem;border-top:1px solid #b1b4b6;padding-top:.6rem;margin-top:2rem}
.last{overflow-wrap:anywhere}
@media (max-width:36rem){.head{display:block}.sender{margin-bottom:1.5rem}table{font-size:.9375rem}
th,td{padding:.45rem .4rem}.number{min-width:0}}
@media print{@page{size:A4;margin:25mm}body{max-width:none;padding:0;font-size:11pt;line-height:1.3}
a{color:inherit}.wide{overflow:visible}h1{font-size:14pt}h2{font-size:12pt}table{font-size:10pt}.note{font-size:9pt}
footer,.last{font-size:8pt;margin-top:1rem;break-before:avoid}
h1,h2,h3,blockquote,caption{break-after:avoid}table,blockquote,figure,.signature{break-inside:avoid}}
"""


def html(letter: Letter) -> bytes:
    """Return the letter as an HTML page in UTF-8. A content security policy may allow `STYLE` by its hash."""
    letter = setting.prepared(letter)
    marking = f'<p class="marking">{escape(letter.marking)}</p>' if letter.marking else ""
    body = "\n".join(_block(block) for block in letter.blocks)
    page = f"""<!DOCTYPE html>
<html lang="{letter.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(letter.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>{marking}<div class="head">{_head(letter)}</div></header>
<main>
<h1>{escape(letter.subject)}</h1>
{body}
{_lines(letter.signature, "signature lines")}{_last_line(letter)}</main>
<footer>{_lines(letter.footer, "lines")}{marking}</footer>
</body>
</html>
"""
    return page.encode()


def _head(letter: Letter) -> str:
    pairs = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in letter.references)
    day = wording.spoken(letter.dated, letter.language)
    references = f"<dl>{pairs}</dl>" if pairs else ""
    return (
        f'<div class="sender"><strong>{escape(letter.sender_name)}</strong>{_lines(letter.letterhead, "lines")}</div>'
        f'<div>{references}<p><time datetime="{letter.dated.isoformat()}">{day}</time></p></div>'
        f"{_lines(letter.addressee, 'lines')}"
    )


def _lines(lines: Iterable[str], look: str) -> str:
    text = "\n".join(escape(line) for line in lines)
    return f'<p class="{look}">{text}</p>\n' if text else ""


def _last_line(letter: Letter) -> str:
    return f'<p class="last">{escape(letter.last_line)}</p>\n' if letter.last_line else ""


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            made = f"<h{level}>{escape(text)}</h{level}>"
        case Question(number, text):
            made = f"<blockquote>{_number(number)}<p>{escape(text)}</p></blockquote>"
        case Paragraph(runs):
            made = f"<p>{_runs(runs)}</p>"
        case Bullets(items):
            made = f"<ul>{''.join(f'<li>{_runs(item.runs)}</li>' for item in items)}</ul>"
        case Table():
            made = _table(block)
        case Note(text):
            made = f'<p class="note">{escape(text)}</p>'
        case Chart(svg, alt):
            made = f'<figure role="img" aria-label="{escape(alt)}">{svg}</figure>'
    return made


def _number(number: str) -> str:
    return f'<p class="id"><strong>{escape(number)}</strong></p>' if number else ""


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    shown = f"<strong>{escape(run.text)}</strong>" if run.bold else escape(run.text)
    return shown if run.link is None else f'<a href="{escape(run.link)}">{shown}</a>'


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    looks = [_look(table, column) for column in range(len(table.header))]
    header = "".join(
        f'<th scope="col"{look}>{escape(cell)}</th>' for look, cell in zip(looks, table.header, strict=True)
    )
    rows = "".join(f"<tr>{_row(table, looks, row)}</tr>\n" for row in table.rows)
    full = ' class="full"' if table.row_headers or not table.numeric else ""
    label = f' role="region" aria-label="{escape(table.caption)}"' if table.caption else ""
    return (
        f'<div class="wide" tabindex="0"{label}><table{full}>{caption}'
        f"<thead><tr>{header}</tr></thead>\n<tbody>{rows}</tbody></table></div>"
    )


def _row(table: Table, looks: list[str], row: tuple[str, ...]) -> str:
    cells = [f"<td{look}>{escape(cell)}</td>" for look, cell in zip(looks, row, strict=True)]
    if table.row_headers:
        cells[0] = f'<th scope="row">{escape(row[0])}</th>'
    return "".join(cells)


def _look(table: Table, column: int) -> str:
    return ' class="number"' if setting.is_number(table, column) else ""
