"""Reports that mail servers send about a mail of ours."""

from textwrap import dedent


def returned(mail, *, message_key=None, to=None, action="failed", status="5.1.1", kind="delivery-status"):
    """As a server writes it when it could not deliver (RFC 3464)."""
    key = mail.message_key if message_key is None else message_key
    return (
        dedent(f"""\
        From: MAILER-DAEMON@mx.example.org
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type={kind}; boundary="b"

        --b
        Content-Type: text/plain

        I'm sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {to or mail.address}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{key}@localhost>
        Subject: Hej

        --b--
        """)
        .replace("\n", "\r\n")
        .encode()
    )


def complaint(mail):
    """As a provider writes it when somebody pressed "spam" (RFC 5965); it may leave the address out."""
    return (
        dedent(f"""\
        From: feedback@provider.example.org
        Subject: Complaint
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        A complaint.
        --b
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: Provider/1.0
        Version: 1

        --b
        Content-Type: message/rfc822

        Message-ID: <{mail.message_key}@localhost>
        Subject: Hej

        Hej
        --b--
        """)
        .replace("\n", "\r\n")
        .encode()
    )
