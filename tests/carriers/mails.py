"""Mails as servers pass them on (EML) and as Outlook saves them (MSG)."""

import struct
from email.message import EmailMessage
from functools import partial

from carriers import carrying, clean, pictures
from carriers.compound import compound

BODY = "Dear colleague,\n\nThank you for your request of 3 March. The figures are ready.\n\nGovernance team\n"
PAGE = (
    "<html><body><p>Dear colleague,</p><p>Thank you for your request of 3 March. The figures are ready.</p>"
    "<p>Governance team</p>{}</body></html>"
)


def mail(body: str = BODY, page: str | None = None, **headers: str) -> EmailMessage:
    made = EmailMessage()
    said = {
        "From": "governance@body.example",
        "To": "asker@example.org",
        "Subject": "Your request",
        "Date": "Thu, 10 Mar 2016 10:00:00 +0000",
    }
    for name, value in {**said, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
        made[name] = value
    made.set_content(body)
    if page is not None:
        made.add_alternative(page, subtype="html")
    return made


def eml(*args: object, **headers: str) -> bytes:
    return mail(*args, **headers).as_bytes()


def attached(content: bytes, kind: str, name: str | None = None, **more: object) -> bytes:
    made = mail()
    made.add_attachment(content, *kind.split("/"), filename=name, **more)
    return made.as_bytes()


def with_picture(shown: str) -> bytes:
    """A mail with a picture in it that its page shows, or does not."""
    made = mail(page=PAGE.format(shown))
    page = made.get_payload()[1]
    page.add_related(pictures.saved("PNG"), "image", "png", cid="<logo@body.example>", filename="logo.png")
    return made.as_bytes()


def nested() -> bytes:
    made = mail()
    made.add_attachment(mail("It is about AB123456C.\n", Bcc="head@body.example"))
    return made.as_bytes()


def around() -> bytes:
    made = mail(page=PAGE.format(""))
    made.preamble = "what no program shows"
    return made.as_bytes()


def text_streams(prefix: str = "", **tags: str) -> dict[str, bytes]:
    return {f"{prefix}__substg1.0_{tag[1:]}001F": text.encode("utf-16-le") for tag, text in tags.items()}


def properties(header: int, **numbers: int) -> bytes:
    entries = (struct.pack("<HHIII", 3, int(tag[1:], 16), 6, number, 0) for tag, number in numbers.items())
    return b"\0" * header + b"".join(entries)


def recipient(number: int, kind: int, name: str, address: str) -> dict[str, bytes]:
    folder = f"__recip_version1.0_#{number:08X}/"
    return {
        f"{folder}__properties_version1.0": properties(8, t0C15=kind),
        **text_streams(folder, t3001=name, t39FE=address),
    }


def msg(more: dict[str, bytes] | None = None, **tags: str) -> bytes:
    streams = {"__properties_version1.0": properties(32)}
    streams |= text_streams(
        **{"t0037": "Your request", "t1000": BODY, "t0C1A": "Governance", "t5D01": "governance@body.example", **tags}
    )
    streams |= recipient(0, 1, "The asker", "asker@example.org")
    return compound({**streams, **(more or {})})


ATTACH = "__attach_version1.0_#00000000/"
INNER = f"{ATTACH}__substg1.0_3701000D/"

CARRIERS = (
    carrying("mail.blind-copy", "bcc.eml", partial(eml, Bcc="A head <head@body.example>")),
    carrying("mail.blind-copy", "bcc.msg", lambda: msg(recipient(1, 3, "A head", "head@body.example"))),
    carrying("mail.recipients", "all.eml", partial(eml, Cc="a@body.example, b@body.example")),
    carrying("mail.recipients", "all.msg", lambda: msg(recipient(1, 2, "A head", "head@body.example"))),
    carrying("mail.sent-again", "again.eml", partial(eml, Resent_From="head@body.example")),
    carrying(
        "mail.route",
        "hops.eml",
        partial(eml, Received="from pc-4711 (10.1.2.3) by mail.body.example; Thu, 10 Mar 2016"),
    ),
    carrying("mail.route", "address.eml", partial(eml, X_Originating_IP="[10.1.2.3]")),
    carrying("mail.route", "hops.msg", lambda: msg(t007D="Received: from pc-4711 by mail\r\nX-Mailer: a program\r\n")),
    carrying("mail.reply-to", "reply.eml", partial(eml, Reply_To="private@gmail.example")),
    carrying("mail.internal-host", "host.eml", partial(eml, Message_ID="<1@exch02.body.local>")),
    carrying(
        "mail.thread",
        "thread.eml",
        partial(eml, BODY + "\n-----Original Message-----\nFrom: x\nSent: y\n\nBetween us, no.\n"),
    ),
    carrying(
        "mail.thread",
        "quoted.eml",
        partial(eml, BODY + "\nOn 3 March 2016 at 10:00, A head wrote:\n> no\n> never\n> ever\n"),
    ),
    carrying(
        "mail.thread",
        "thread.msg",
        lambda: msg(t1000=BODY + "\nFrom: A head\nSent: 3 March\nTo: B\n\nBetween us, no.\n"),
    ),
    carrying(
        "mail.two-texts",
        "two.eml",
        partial(eml, BODY, PAGE.format("<p>Between ourselves nobody counted anything before yesterday evening</p>")),
    ),
    carrying(
        "mail.two-texts",
        "hidden-plain.eml",
        partial(eml, BODY + "nobody ever counted anything before yesterday evening", PAGE.format("")),
    ),
    carrying(
        "html.hidden-element", "hidden.eml", partial(eml, BODY, PAGE.format('<p style="display:none">not yet</p>'))
    ),
    carrying(
        "html.tracking", "tracked.eml", partial(eml, BODY, PAGE.format('<img src="https://x.example/o.gif" width="1">'))
    ),
    carrying(
        "html.tracking hidden-identifier.private-email",
        "safelink.eml",
        partial(
            eml,
            BODY,
            PAGE.format(
                '<p data-to="mary%40gmail.com"><a href="https://x.safelinks.protection.outlook.com/?url=y">y</a></p>'
            ),
        ),
    ),
    carrying("mail.nested-mail mail.blind-copy identifier.ni-number", "nested.eml", nested),
    carrying(
        "mail.nested-mail mail.blind-copy",
        "nested.msg",
        lambda: msg(
            {
                f"{ATTACH}__properties_version1.0": properties(8, t3705=5),
                f"{INNER}__properties_version1.0": properties(24),
                **text_streams(INNER, t0037="Before", t1000="Between us", t0E02="A head <head@body.example>"),
            }
        ),
    ),
    carrying("mail.attachment", "attached.eml", lambda: attached(b"year,n\n2013/14,39\n", "text/csv", "figures.csv")),
    carrying(
        "mail.attachment identifier.ni-number",
        "attached.msg",
        lambda: msg(
            {f"{ATTACH}__substg1.0_37010102": b"who,number\nx,AB123456C\n", **text_streams(ATTACH, t3707="list.csv")}
        ),
    ),
    carrying("mail.unused-picture", "unused.eml", partial(with_picture, "")),
    carrying(
        "mail.invitation",
        "invited.eml",
        lambda: attached(b"BEGIN:VCALENDAR\nATTENDEE:mailto:a@body.example\nEND:VCALENDAR\n", "text/calendar"),
    ),
    carrying(
        "mail.winmail", "winmail.eml", lambda: attached(b"\x78\x9f\x3e\x22", "application/ms-tnef", "winmail.dat")
    ),
    carrying("mail.around-parts", "around.eml", around),
    carrying("mail.outlook-notes", "noted.msg", lambda: msg(t3FFA="A head of unit")),
    carrying("mail.unread-text", "rich.msg", lambda: msg({"__substg1.0_10090102": b"LZFu"}, t1000="")),
    carrying("file.unknown", "program.eml", lambda: attached(b"MZ\x90\0\3\0", "application/octet-stream", "setup.exe")),
    carrying("file.unreadable", "damaged.msg", lambda: msg()[:1200]),
    clean("mail.eml", eml),
    clean("both.eml", partial(eml, BODY, PAGE.format(""))),
    clean("outlook.eml", partial(eml, BODY, PAGE.format("<!--[if mso]><p>&nbsp;</p><![endif]-->"))),
    clean("page-part.eml", partial(eml, BODY, "<div>" + PAGE.format("")[12:-14] + "</div>")),
    clean("picture.eml", partial(with_picture, '<img src="cid:logo@body.example" alt="">')),
    clean("attached-clean.eml", lambda: attached(b"year,n\n2013/14,39\n", "text/csv", "figures.csv")),
    clean("welsh.eml", partial(eml, "Annwyl gydweithiwr, diolch am eich cais ŵ ŷ.\n", Subject="Eich cais ŵ")),
    clean("mail.msg", msg),
)
