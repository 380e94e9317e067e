"""Text and tables of text."""

from carriers import carrying, clean

TABLE = "Year,Incidents,Note\r\n2013/14,39,counted\r\n2014/15,80,counted\r\n"
LETTER = """Dear requester,

Thank you for your request of 3 March 2016 under the Freedom of Information Act 2000, our reference FOI 2016-031.
You asked how many incidents were reported between 2011/12 and 2014/15. We hold 4, 11, 39 and 80.
Section 40(2) applies to the names. The cost limit is £600 (24 hours at £25). ISBN 0 11 702345 8.
The Information Commissioner: Wycliffe House, Water Lane, Wilmslow SK9 5AF, telephone 0303 123 1113,
casework@example.org.

Yours faithfully,
Governance officer
"""

CARRIERS = (
    carrying("text.beside-the-table", "beside.csv", TABLE + "2015/16,91,counted,Mary Smith\r\n"),
    carrying("text.after-blank-lines", "below.csv", TABLE + "\r\n" * 40 + "what nobody scrolls to\r\n"),
    carrying("text.after-blank-lines", "below.txt", LETTER + "\n" * 200 + "what nobody scrolls to\n"),
    carrying("text.second-block", "second.csv", TABLE + "\r\nAnother,table\r\n1,2\r\n"),
    carrying("text.far-right", "right.txt", LETTER + "Done." + " " * 200 + "what nobody sees\n"),
    carrying(
        "text.free-text-column",
        "sentences.csv",
        "Ref,Notes\r\n1,The laptop was left in a taxi by the head of the unit\r\n"
        "2,A letter about her illness went to a former address of the tenant\r\n",
    ),
    carrying("text.formula", "formula.csv", TABLE + '=HYPERLINK("http://example.org"),1,x\r\n'),
    carrying("text.formula", "command.csv", TABLE + "@SUM(A1),1,x\r\n"),
    carrying("text.formula", "exchange.csv", TABLE + "-2+3+cmd|' /C calc'!A0,1,x\r\n"),
    carrying("text.nul", "nul.txt", "seen\0not seen by some\n"),
    carrying("text.encoding", "wide.csv", TABLE.encode("utf-16")),
    carrying("text.encoding", "windows.csv", TABLE.replace("counted", "caf\u00e9").encode("cp1252")),
    carrying("text.invisible-text", "tags.txt", "Nothing" + "".join(chr(0xE0000 + ord(c)) for c in "secret") + "\n"),
    carrying("text.invisible-signs", "turned.txt", "safe\u202etxt.exe\n"),
    carrying("words.internal-address", "address.txt", "See http://intranet/registers/breach for the list.\n"),
    carrying("words.internal-address", "share.txt", "It lies in \\\\fileserver\\governance\\register.xlsx\n"),
    carrying("words.internal-address", "folder.txt", "From C:\\Users\\msmith\\Desktop\\letter.docx\n"),
    carrying("words.internal-address", "number.txt", "Ask http://10.1.20.3:8080/api\n"),
    carrying("words.marking-above-official", "secret.txt", "SECRET\n\nThe plan\n"),
    carrying("words.marking-above-official", "top.txt", "The plan\n\nTOP SECRET - UK EYES ONLY\n"),
    carrying("words.marking", "sensitive.txt", "OFFICIAL-SENSITIVE\n\nThe plan\n"),
    carrying("words.marking", "old.txt", "CONFIDENTIAL\n\nThe plan\n"),
    clean("letter.txt", LETTER),
    clean("table.csv", TABLE),
    clean("table.tsv", TABLE.replace(",", "\t")),
    clean("table-bom.csv", b"\xef\xbb\xbf" + TABLE.encode()),
    clean("semicolons.csv", TABLE.replace(",", ";")),
    clean("negative.csv", "Change,From,To\r\n-5,10,5\r\n+3,5,8\r\n- not known,,\r\n"),
    clean("secretary.txt", "The Secretary of State\nSECRETARIAT\nA secret is told in confidence\n"),
    clean(
        "offices.csv",
        "Office,Postcode,Telephone\r\n"
        + "".join(f"Office {n},SW1A {n % 9 + 1}AA,020 7946 0{n:03}\r\n" for n in range(40)),
    ),
)
