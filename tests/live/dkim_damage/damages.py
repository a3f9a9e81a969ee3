"""The message, and what is done to it after it was signed: the table of damages."""
import collections
import dataclasses

MESSAGE = """\
From: "Ann Example" <ann@example.com>
To: Bob Example <bob@example.net>, carol@example.net
Cc: dan@example.net
Subject: Plans for the spring fair, and who brings the tables
 this year
Date: Sat, 21 Nov 2026 07:00:00 +0000
Message-ID: <20261121.1@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"; format=flowed
Content-Transfer-Encoding: 8bit

Hello all,
the fair is on the 20th of March.

.htaccess is a file
From what I hear it will be sunny \n\
or at least\tdry.

Café = tea.

-- \n\
Ann
""".replace("\n", "\r\n").encode()

Expected = collections.namedtuple("Expected", "part field at what")


def header(field, what, at=None):
    """`at`: text of the damaged message in whose line the change must be."""
    return Expected("header", field, at if at is not None else b"\r\n" + field.encode() + b":",
                    what)


def body(what, at=None):
    return Expected("body", "", at, what)


@dataclasses.dataclass
class Damage:
    name: str
    changes: tuple = ()  # (old, new), each once
    expected: tuple = ()
    header: str = ""  # only this canonicalisation notices it
    body: str = ""

    def applies(self, header_canon, body_canon):
        return self.header in ("", header_canon) and self.body in ("", body_canon)

    def apply(self, message):
        for old, new in self.changes:
            if message.count(old) != 1:
                raise ValueError(f"{self.name}: {old} is there {message.count(old)} times")
            message = message.replace(old, new)
        return message


END_OF_BODY = b"\r\nAnn\r\n"
TOP_OF_BODY = b"\r\n\r\nHello all"


def footer(text):
    return END_OF_BODY, END_OF_BODY + text


DAMAGES = (
    Damage("nothing"),
    # The body.
    Damage("list footer",
           (footer(b"_______________\r\nfair mailing list\r\nhttps://lists.example/fair\r\n"),),
           (body("the last 3 lines of the body", b"_____"),)),
    Damage("footer of an antivirus",
           (footer(b"\r\n\r\nThis mail was checked.\r\n"),),
           (body("the last line of the body", b"This mail was"),)),
    Damage("banner on top",
           ((TOP_OF_BODY, b"\r\n\r\nCAUTION: from outside.\r\n\r\nHello all"),),
           (body("of the body", b"CAUTION"),)),
    Damage("banner and footer",
           ((TOP_OF_BODY, b"\r\n\r\nCAUTION: from outside.\r\n\r\nHello all"),
            footer(b"____\r\nlist\r\n")),
           (body("added", b"CAUTION"), body("the last 2 lines", b"____"))),
    Damage("lines inside",
           ((b"20th of March.\r\n", b"20th of March.\r\nBuy now!\r\nCheap!\r\n"),),
           (body("inside the body were added", b"Buy now"),)),
    Damage("wrapped by a list",
           ((b'Content-Type: text/plain; charset="utf-8"; format=flowed',
             b'Content-Type: multipart/mixed; boundary="bb"'),
            (b"Content-Transfer-Encoding: 8bit\r\n", b""),
            (TOP_OF_BODY, b'\r\n\r\n--bb\r\nContent-Type: text/plain; charset="utf-8"; '
                          b"format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHello all"),
            footer(b"\r\n--bb\r\nContent-Type: text/plain\r\n\r\nfair list\r\n--bb--\r\n")),
           (body("wrapped in a multipart", b"--bb\r\nContent-Type: text/plain; charset"),
            header("Content-Type", "wrapped", b'\r\nContent-Type: multipart'),
            Expected("header", "Content-Transfer-Encoding", None, "removed"))),
    Damage("dot-stuffing not undone",
           ((b"\r\n.htaccess", b"\r\n..htaccess"),),
           (body("dot", b"..htaccess"),)),
    Damage("From quoted",
           ((b"\r\nFrom what", b"\r\n>From what"),),
           (body('">" was put in front', b">From what"),)),
    Damage("8bit made quoted-printable",
           (("Café = tea".encode(), b"Caf=C3=A9 =3D tea"),
            (b"Encoding: 8bit", b"Encoding: quoted-printable")),
           (body("encoded anew"),
            header("Content-Transfer-Encoding", 'from "8bit" to "quoted-printable"'))),
    Damage("body converted to ISO-8859-1",
           (("Café".encode(), "Café".encode("latin-1")),),
           (body("converted from UTF-8 to ISO-8859-1", b"\r\nCaf"),)),
    Damage("blank of the signature line stripped",
           ((b"\r\n-- \r\n", b"\r\n--\r\n"),),
           (body("stripped", b"--\r\nAnn"),), body="simple"),
    Damage("blank of one line stripped",
           ((b"sunny \r\n", b"sunny\r\n"),),
           (body("lost a blank", b"From what"),), body="simple"),
    Damage("tab made blanks",
           ((b"at least\tdry", b"at least     dry"),), (), body="relaxed"),
    Damage("one CR too many",
           ((b"March.\r\n", b"March.\r\r\n"),),
           (body("CR", b"the fair is"),)),
    Damage("empty lines at the end", (footer(b"\r\n\r\n"),), ()),
    # The header.
    Damage("tag of a list",
           ((b"Subject: ", b"Subject: [fair] "),),
           (header("Subject", "the tag of a mailing list"),)),
    Damage("mark of a spam filter",
           ((b"Subject: ", b"Subject: ***SPAM*** "),),
           (header("Subject", "the mark of a spam filter"),)),
    Damage("Re: and tag",
           ((b"Subject: ", b"Subject: Re: [fair] "),),
           (header("Subject", "in front of the Subject"),)),
    Damage("mark at the end of the subject",
           ((b"this year", b"this year [EXTERNAL]"),),
           (header("Subject", "at the end of the Subject"),)),
    Damage("subject encoded",
           ((b"Subject: Plans for the spring fair, and who brings the tables\r\n this year",
             b"Subject: =?utf-8?q?Plans_for_the_spring_fair=2C_and_who_brings?=\r\n"
             b" =?utf-8?q?_the_tables_this_year?="),),
           (header("Subject", "encoded anew"),), header="relaxed"),
    Damage("subject unfolded",
           ((b"tables\r\n this", b"tables this"),),
           (header("Subject", "folded otherwise"),), header="simple"),
    Damage("subject folded with a tab",
           ((b"tables\r\n this", b"tables\r\n\tthis"),),
           (header("Subject", "folded otherwise"),), header="simple"),
    Damage("subject unfolded, relaxed", ((b"tables\r\n this", b"tables this"),), (),
           header="relaxed"),
    Damage("blank after a colon taken",
           ((b"Subject: ", b"Subject:"),),
           (header("Subject", "blanks around its value"),), header="simple"),
    Damage("name in other capitals",
           ((b"Message-ID: ", b"Message-Id: "),),
           (header("Message-ID", "capital letters", b"\r\nMessage-Id:"),), header="simple"),
    Damage("From rewritten, author in Reply-To",
           ((b'\r\nFrom: "Ann Example" <ann@example.com>',
             b"\r\nFrom: Ann Example via fair <fair@lists.example>\r\n"
             b"X-Original-From: Ann Example <ann@example.com>\r\n"
             b'Reply-To: "Ann Example" <ann@example.com>'),),
           (header("From", "From was rewritten after signing"),)),
    Damage("From rewritten, author hidden in it",
           ((b'"Ann Example" <ann@example.com>',
             b'"Ann Example via fair" <ann=40example.com@dmarc.lists.example>'),),
           (header("From", "a mailing list put itself in its place"),)),
    Damage("addresses written anew",
           ((b"Bob Example <bob@example.net>, carol", b'"Bob Example" <bob@example.net>,carol'),),
           (header("To", "written anew"),)),
    Damage("recipient added",
           ((b"Cc: dan@example.net", b"Cc: dan@example.net, eve@example.net"),),
           (header("Cc", "was added to Cc"),)),
    Damage("date written anew",
           ((b"07:00:00 +0000\r\nM", b"07:00:00 GMT\r\nM"),),
           (header("Date", "written anew"),)),
    Damage("quotes of the charset taken",
           ((b'charset="utf-8"', b"charset=utf-8"),),
           (header("Content-Type", "parameters of Content-Type"),)),
    Damage("parameter added",
           ((b"format=flowed", b"format=flowed; delsp=yes"),),
           (header("Content-Type", '"delsp=yes" was added'),)),
    Damage("charset changed",
           ((b'charset="utf-8"', b'charset="us-ascii"'),),
           (header("Content-Type", "from utf-8 to"),)),
    Damage("brackets of the Message-ID taken",
           ((b"<20261121.1@example.com>", b"20261121.1@example.com"),),
           (header("Message-ID", "brackets"),)),
    Damage("MIME-Version removed",
           ((b"MIME-Version: 1.0\r\n", b""),),
           (Expected("header", "MIME-Version", None, "removed"),)),
    Damage("MIME-Version with a comment",
           ((b"MIME-Version: 1.0", b"MIME-Version: 1.0 (MTA)"),),
           (header("MIME-Version", 'from "1.0"'),)),
    Damage("second subject",
           ((b"\r\nMIME-Version:", b"\r\nSubject: another\r\nMIME-Version:"),),
           (header("Subject", "one of the 2 Subject fields was added",
                   b"\r\nSubject: another"),)),
    # Several.
    Damage("tag and footer",
           ((b"Subject: ", b"Subject: [fair] "), footer(b"____\r\nlist\r\n")),
           (header("Subject", "the tag of a mailing list"),
            body("the last 2 lines of the body", b"____"))),
    Damage("tag and rewritten From",
           ((b"Subject: ", b"Subject: [fair] "),
            (b'"Ann Example" <ann@example.com>',
             b'"Ann Example via fair" <ann=40example.com@dmarc.lists.example>')),
           (header("Subject", "the tag of a mailing list"),
            header("From", "a mailing list put itself in its place"))),
    Damage("tag, and MIME-Version removed",
           ((b"Subject: ", b"Subject: [fair] "), (b"MIME-Version: 1.0\r\n", b"")),
           (header("Subject", "the tag of a mailing list"),
            Expected("header", "MIME-Version", None, "removed"))),
)
