"""A mail server that does as it is told: mail_server.py FOLDER OPTIONS.

OPTIONS is JSON: `tls` (none, starttls, implicit), `requireTLS`, `logins` (user to password), `requireLogin`,
`smtputf8`, `certificateFor` (a name), `rules` as server.Rules has them. Moments: CONNECT, EHLO, MAIL, RCPT, DATA
(before the mail is taken), TAKEN (after it is in the journal), QUIT. What to do: `reply` (a line), then `do` (close,
hang, garbage, wait for `seconds`)."""

import asyncio
import datetime
import os
import ssl

import trustme
from aiosmtpd.smtp import SMTP, AuthResult

from server import Journal, Rules, announce, end_with_parent, options

FOLDER, OPTIONS = options()
JOURNAL, RULES = Journal(FOLDER), Rules(OPTIONS.get("rules", []))
LOGINS = OPTIONS.get("logins", {})


def certificates():
    """A server's certificate and its authority, which is left in the folder as ca.pem."""
    authority = trustme.CA()
    name = OPTIONS.get("certificateFor", "localhost")
    names = [name] if "certificateFor" in OPTIONS else ["localhost", "127.0.0.1"]
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=-1 if OPTIONS.get("expired") else 1)
    certificate = authority.issue_cert(*names, not_after=end)
    authority.cert_pem.write_to_path(os.path.join(FOLDER, "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


class Server(SMTP):
    """aiosmtpd's server, with a number for each connection and a rule for the greeting."""

    connections = 0

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        Server.connections += 1
        self.number, self.taken = Server.connections, 0

    async def _handle_client(self):
        JOURNAL.add("connect", connection=self.number)
        if await act(self, "CONNECT", "") is None:
            await super()._handle_client()

    async def smtp_HELP(self, argument):
        await self.push("250 no help")


async def act(server, at, text):
    """Follows the rule for this moment, if there is one.

    Returns what to reply; None where nothing is the matter."""
    rule = RULES.find(at, text, server.taken)
    if rule is None:
        return None
    reply, what = rule.get("reply"), rule.get("do")
    if what == "hang":
        await asyncio.sleep(3600)
    elif what == "wait":
        await asyncio.sleep(rule["seconds"])
        return reply
    elif what == "garbage":
        server.transport.write(b"\x00\xff this is no reply\r\n\r\n" * 3)
        server.transport.close()
    elif what == "close":
        if reply:
            await server.push(reply)
        server.transport.close()
    elif reply and at == "CONNECT":
        await server.push(reply)
        server.transport.close()
    return reply or "451 4.3.0 as told"


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        reply = await act(server, "EHLO", hostname)
        return [reply] if reply else responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        reply = await act(server, "MAIL", address)
        if reply:
            return reply
        if OPTIONS.get("requireLogin") and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        reply = await act(server, "RCPT", address)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        content = envelope.original_content
        text = "".join(envelope.rcpt_tos) + content.decode("latin-1")
        reply = await act(server, "DATA", text)
        if reply:
            return reply
        server.taken += 1
        JOURNAL.add(
            "mail", connection=server.number, tls=session.ssl is not None or OPTIONS.get("tls") == "implicit", helo=session.host_name,
            user=None if session.auth_data is None else session.auth_data.login.decode(),
            sender=envelope.mail_from, recipients=envelope.rcpt_tos, options=envelope.mail_options,
            content=content.decode("latin-1"))
        return await act(server, "TAKEN", text) or f"250 2.0.0 Ok: queued as Q{server.number}N{server.taken}"

    async def handle_QUIT(self, server, session, envelope):
        JOURNAL.add("quit", connection=server.number)
        return await act(server, "QUIT", "") or "221 2.0.0 Bye"


def authenticate(server, session, envelope, mechanism, data):
    JOURNAL.add("login", connection=server.number, mechanism=mechanism, user=data.login.decode())
    is_right = LOGINS.get(data.login.decode()) == data.password.decode()
    return AuthResult(success=is_right, handled=False, auth_data=data)


async def main():
    tls = OPTIONS.get("tls", "none")
    context = certificates() if tls != "none" else None
    starttls = context if tls == "starttls" else None
    handler = Handler()

    def make():
        return Server(
            handler, hostname="mail.test", enable_SMTPUTF8=OPTIONS.get("smtputf8", True), tls_context=starttls,
            require_starttls=OPTIONS.get("requireTLS", False), authenticator=authenticate if LOGINS else None,
            auth_require_tls=tls == "starttls", timeout=3600, data_size_limit=OPTIONS.get("size", 1 << 25))

    loop = asyncio.get_running_loop()
    listener = await loop.create_server(make, "127.0.0.1", 0, ssl=context if tls == "implicit" else None)
    announce(listener.sockets[0].getsockname()[1])
    end_with_parent()
    await asyncio.sleep(86400)


asyncio.run(main())
