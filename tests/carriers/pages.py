"""HTML pages."""

import base64

from carriers import carrying, clean

HEAD = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Reply</title>{}</head><body>\n'
SHOWN = "<h1>Reply</h1><p>Thank you for your request of 3 March.</p>\n"


def page(body: str = "", head: str = "", body_begin: str = SHOWN) -> str:
    return HEAD.format(head) + body_begin + body + "</body></html>\n"


PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsXSLtwAAAABJRU5ErkJggg==")
).decode()

CARRIERS = (
    carrying(
        "html.hidden-element", "folded.html", "<html><body><details><summary>x</summary>Mary Smith</details></body>"
    ),
    carrying("html.comment", "comment.html", page("<!-- ask Mary before this goes -->")),
    carrying("html.comment", "office.html", page("<!--[if gte mso 9]><o:Author>A head of unit</o:Author><![endif]-->")),
    carrying("html.hidden-element", "none.html", page('<p style="display:none">what nobody sees</p>')),
    carrying("html.hidden-element", "attribute.html", page("<p hidden>what nobody sees</p>")),
    carrying(
        "html.hidden-element", "sheet.html", page('<p class="gone">unseen</p>', "<style>.gone {display: none}</style>")
    ),
    carrying(
        "html.hidden-element", "id.html", page('<p id="x">unseen</p>', "<style>b, #x {visibility:hidden}</style>")
    ),
    carrying("html.hidden-element", "white.html", page('<p style="color:#fff">what nobody sees</p>')),
    carrying("html.hidden-element", "black.html", page('<p style="color:#000; background-color:black">unseen</p>')),
    carrying("html.hidden-element", "away.html", page('<p style="position:absolute; left:-9999px">unseen</p>')),
    carrying("html.hidden-element", "tiny.html", page('<p style="font-size:0">what nobody sees</p>')),
    carrying("html.hidden-element", "template.html", page("<template><p>what nobody sees</p></template>")),
    carrying("html.hidden-value", "value.html", page('<form><input type="hidden" name="who" value="Mary"></form>')),
    carrying("html.data-attribute", "data.html", page('<p data-owner="A head of unit">Yes.</p>')),
    carrying("html.script", "script.html", page("<script>var x = 1</script>")),
    carrying("html.script", "event.html", page('<p onclick="go()">Yes.</p>')),
    carrying("html.script", "link-script.html", page('<a href="javascript:go()">Yes.</a>')),
    carrying("html.fetched", "picture.html", page('<img src="https://example.org/logo.png" alt="">')),
    carrying(
        "html.fetched", "background.html", page("", "<style>p {background: url('http://example.org/x.png')}</style>")
    ),
    carrying("html.tracking", "dot.html", page('<img src="https://example.org/x.gif" width="1" height="1" alt="">')),
    carrying(
        "html.tracking", "link.html", page('<a href="https://example.org/?utm_source=reply&recipient=x">here</a>')
    ),
    carrying("html.property", "author.html", page("", '<meta name="author" content="A head of unit">')),
    carrying("hidden-identifier.ni-number", "number.html", page("<!-- AB123456C -->")),
    carrying("hidden-identifier.private-email", "safe.html", page('<p data-to="mary.smith%40gmail.com">Yes.</p>')),
    carrying(
        "table.worked-out",
        "table.html",
        page(
            "<table><tr><th>Year</th><th>n</th></tr><tr><td>1</td><td>*</td></tr><tr><td>2</td><td>9</td></tr><tr><td>Total</td><td>11</td></tr></table>"
        ),
    ),
    clean("page.html", page()),
    clean("inline.html", page(f'<img src="data:image/png;base64,{PIXEL}" alt="">')),
    clean(
        "styled.html", page('<p style="color:#333; display:block; opacity:0.9">Yes.</p>', "<style>p {margin:0}</style>")
    ),
    clean("link-out.html", page('<a href="https://ico.example/make-a-complaint">Complain</a>')),
    clean("conditional.html", page("<!--[if mso]><p>x</p><![endif]-->")),
    clean("no-doctype.html", "<html><body><p>Yes.</p></body></html>"),
    clean("upper.htm", "<HTML><BODY><P>Yes.</P></BODY></HTML>"),
)
