/// Mails as mail servers and mailbox providers send them back. RECIPIENT stands for the id of a recipient.
enum BounceMails {
  static let recipient = "019a7c66-9d1c-7aaa-8bbb-0123456789ab"

  /// A mail with our id in its place.
  static func bytes(_ mail: String, recipient: String = recipient) -> [UInt8] {
    Array(mail.replacing("RECIPIENT", with: recipient).utf8)
  }

  static let postfix = """
    From MAILER-DAEMON  Thu Nov 13 09:15:00 2025
    Return-Path: <>
    Received: by mail.grace.example (Postfix)
    \tid 4D1B2C0042; Thu, 13 Nov 2025 10:15:00 +0100 (CET)
    Date: Thu, 13 Nov 2025 10:15:00 +0100 (CET)
    From: MAILER-DAEMON@mail.grace.example (Mail Delivery System)
    Subject: Undelivered Mail Returned to Sender
    To: bounces@grace.example
    Auto-Submitted: auto-replied
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="4D1B2C0042.1763025300/mail.grace.example"
    Message-Id: <20251113091500.5E6F7@mail.grace.example>

    This is a MIME-encapsulated message.

    --4D1B2C0042.1763025300/mail.grace.example
    Content-Description: Notification
    Content-Type: text/plain; charset=us-ascii

    This is the mail system at host mail.grace.example.

    <ana@example.org>: host mx.example.org[192.0.2.1] said: 550 5.1.1
        <ana@example.org>: Recipient address rejected (in reply to RCPT TO command)

    --4D1B2C0042.1763025300/mail.grace.example
    Content-Description: Delivery report
    Content-Type: message/delivery-status

    Reporting-MTA: dns; mail.grace.example
    X-Postfix-Queue-ID: 4D1B2C0042
    X-Postfix-Sender: rfc822; bounces@grace.example
    Arrival-Date: Thu, 13 Nov 2025 10:14:59 +0100 (CET)

    Final-Recipient: rfc822; ana@example.org
    Original-Recipient: rfc822;Ana@Example.org
    Action: failed
    Status: 5.1.1
    Remote-MTA: dns; mx.example.org
    Diagnostic-Code: smtp; 550 5.1.1 <ana@example.org>: Recipient address rejected:
        User unknown

    --4D1B2C0042.1763025300/mail.grace.example
    Content-Description: Undelivered Message Headers
    Content-Type: text/rfc822-headers

    Return-Path: <bounces@grace.example>
    From: Grace Church <office@grace.example>
    Subject: News
    Message-ID: <RECIPIENT@grace.example>
    X-CareSphere-Recipient: RECIPIENT

    --4D1B2C0042.1763025300/mail.grace.example--

    """

  /// The mailbox is full, and the copy of the mail is whole.
  static let exim = """
    Return-path: <>
    From: Mail Delivery System <Mailer-Daemon@host.example>
    To: bounces@grace.example
    References: <RECIPIENT@grace.example>
    Content-Type: multipart/report; report-type=delivery-status; boundary=1763025300-eximdsn-42
    MIME-Version: 1.0
    Subject: Mail delivery failed: returning message to sender
    Message-Id: <E1vJX2Y-0001Ab-2C@host.example>
    X-Failed-Recipients: ana@example.org
    Auto-Submitted: auto-replied
    Date: Thu, 13 Nov 2025 09:15:00 +0000

    --1763025300-eximdsn-42
    Content-type: text/plain; charset=us-ascii

    This message was created automatically by mail delivery software.

    --1763025300-eximdsn-42
    Content-type: message/delivery-status

    Reporting-MTA: dns; host.example

    Action: failed
    Final-Recipient: rfc822;ana@example.org
    Status: 5.0.0
    Remote-MTA: dns; mx.example.org
    Diagnostic-Code: smtp; 552 5.2.2 Mailbox over quota

    --1763025300-eximdsn-42
    Content-type: message/rfc822

    Return-path: <bounces@grace.example>
    Message-ID: <RECIPIENT@grace.example>
    Subject: News
    Content-Type: multipart/alternative; boundary="=_inner"

    --=_inner
    Content-Type: text/plain

    Hello

    --=_inner--

    --1763025300-eximdsn-42--
    """

  static let exchange = """
    From: <postmaster@contoso.example>
    To: <bounces@grace.example>
    Date: Thu, 13 Nov 2025 09:15:00 +0000
    Content-Type: multipart/report; report-type=delivery-status;
    \tboundary="8d8c6e0a-6f0d-4f0a-9c7e-2f0f7c3f6a11"
    X-MS-Exchange-Message-Is-Ndr:
    Content-Language: en-US
    Message-ID: <2b4a1d9e-7f3c-4c66-b9e5-4f0f3a9d7f21@AM0PR01.prod.outlook.example>
    In-Reply-To: <RECIPIENT@grace.example>
    Subject: Undeliverable: News
    Auto-Submitted: auto-replied
    MIME-Version: 1.0

    --8d8c6e0a-6f0d-4f0a-9c7e-2f0f7c3f6a11
    Content-Type: multipart/alternative; differences=Content-Type;
    \tboundary="inner-1"

    --inner-1
    Content-Type: text/plain; charset="us-ascii"
    Content-Transfer-Encoding: quoted-printable

    Your message to ana@example.org couldn't be delivered=2E

    --inner-1
    Content-Type: text/html; charset="us-ascii"
    Content-Transfer-Encoding: base64

    PHA+WW91ciBtZXNzYWdlPC9wPg==

    --inner-1--

    --8d8c6e0a-6f0d-4f0a-9c7e-2f0f7c3f6a11
    Content-Type: message/delivery-status

    Reporting-MTA: dns;AM0PR01.prod.outlook.example
    Received-From-MTA: dns;mail.grace.example
    Arrival-Date: Thu, 13 Nov 2025 09:14:58 +0000

    Final-Recipient: rfc822;ana@example.org
    Action: failed
    Status: 5.1.10
    Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

    --8d8c6e0a-6f0d-4f0a-9c7e-2f0f7c3f6a11
    Content-Type: message/rfc822

    Received: from mail.grace.example (192.0.2.9)
    From: Grace Church <office@grace.example>
    Message-ID: <RECIPIENT@grace.example>
    X-CareSphere-Recipient: RECIPIENT
    Subject: News

    --8d8c6e0a-6f0d-4f0a-9c7e-2f0f7c3f6a11--
    """

  /// In the order of fields and with the blank lines that Gmail has.
  static let gmail = """
    Return-Path: <>
    From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
    To: bounces@grace.example
    Auto-Submitted: auto-replied
    Subject: Delivery Status Notification (Delay)
    References: <RECIPIENT@grace.example>
    In-Reply-To: <RECIPIENT@grace.example>
    X-Failed-Recipients: ana@example.org
    Message-ID: <6915a1c4.050a0220.1.GMR@mx.google.example>
    Date: Thu, 13 Nov 2025 01:15:00 -0800 (PST)
    MIME-Version: 1.0
    Content-Type: multipart/report; boundary="000000000000abcdef"; report-type=delivery-status

    --000000000000abcdef
    Content-Type: multipart/related; boundary="000000000000fedcba"

    --000000000000fedcba
    Content-Type: text/plain; charset="UTF-8"

    ** Delivery incomplete **
    --000000000000fedcba--

    --000000000000abcdef
    Content-Type: message/delivery-status

    Reporting-MTA: dns; googlemail.example
    Arrival-Date: Wed, 12 Nov 2025 01:15:00 -0800 (PST)
    X-Original-Message-ID: <RECIPIENT@grace.example>

    Final-Recipient: rfc822; ana@example.org
    Action: delayed
    Status: 4.4.1
    Diagnostic-Code: smtp; The recipient server did not accept our requests to connect.
    Last-Attempt-Date: Thu, 13 Nov 2025 01:15:00 -0800 (PST)
    Will-Retry-Until: Sat, 15 Nov 2025 01:15:00 -0800 (PST)

    --000000000000abcdef
    Content-Type: message/rfc822

    X-CareSphere-Recipient: RECIPIENT
    Message-ID: <RECIPIENT@grace.example>
    Subject: News

    Hello
    --000000000000abcdef--
    """

  static let qmail = """
    Return-Path: <>
    Date: 13 Nov 2025 09:15:00 -0000
    From: MAILER-DAEMON@host.example
    To: bounces@grace.example
    Subject: failure notice

    Hi. This is the qmail-send program at host.example.
    I'm afraid I wasn't able to deliver your message to the following addresses.
    This is a permanent error; I've given up. Sorry it didn't work out.

    <ana@example.org>:
    Sorry, no mailbox here by that name. (#5.1.1)

    --- Below this line is a copy of the message.

    Return-Path: <bounces@grace.example>
    Received: (qmail 42 invoked from network); 13 Nov 2025 09:14:59 -0000
    Message-ID: <RECIPIENT@grace.example>
    Subject: News
    X-CareSphere-Recipient: RECIPIENT

    Hello
    """

  static let complaint = """
    From: <abuse-reports@example.org>
    Date: Thu, 13 Nov 2025 09:20:00 +0000
    Subject: FW: News
    To: <abuse@grace.example>
    Message-ID: <arf-1@example.org>
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary="part1_13d.2e68ed54"

    --part1_13d.2e68ed54
    Content-Type: text/plain; charset="US-ASCII"
    Content-Transfer-Encoding: 7bit

    This is an email abuse report for an email message received.

    --part1_13d.2e68ed54
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    User-Agent: SomeGenerator/1.0
    Version: 1
    Original-Mail-From: <bounces@grace.example>
    Original-Rcpt-To: <ana@example.org>
    Arrival-Date: Thu, 13 Nov 2025 09:15:00 +0000
    Reporting-MTA: dns; mail.example.org
    Source-IP: 192.0.2.1

    --part1_13d.2e68ed54
    Content-Type: message/rfc822
    Content-Disposition: inline

    From: <office@grace.example>
    Message-ID: <RECIPIENT@grace.example>
    Subject: News

    Hello
    --part1_13d.2e68ed54--
    """

  static let unsubscription = """
    From: Ana <ana@example.org>
    To: office@grace.example
    Date: Thu, 13 Nov 2025 09:15:00 +0000
    Subject: unsubscribe RECIPIENT

    """

  static let vacation = """
    From: Ana <ana@example.org>
    To: office@grace.example
    Date: Thu, 13 Nov 2025 09:15:00 +0000
    Subject: Out of office: News
    Auto-Submitted: auto-replied (vacation)
    In-Reply-To: <RECIPIENT@grace.example>
    References: <RECIPIENT@grace.example>

    I am away until 5.1.1.

    > Message-ID: <RECIPIENT@grace.example>
    """

  static let all = [
    postfix, exim, exchange, gmail, qmail, complaint, unsubscription, vacation,
  ]
}
