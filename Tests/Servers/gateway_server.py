"""A web service shaped like Twilio's API that does as it is told: gateway_server.py FOLDER OPTIONS.

OPTIONS is JSON: `account` and `token` (checked where given), `rules` as server.Rules has them, at REQUEST (before it
is in the journal) or TAKEN, matched against the body. What to do: `status`, `headers` and `body` of the response, or
`do` (close, hang, garbage, wait for `seconds`)."""

import base64
import json
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from server import Journal, Rules, announce, end_with_parent, options

FOLDER, OPTIONS = options()
JOURNAL, RULES = Journal(FOLDER), Rules(OPTIONS.get("rules", []))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    taken = 0

    def log_message(self, *arguments):
        pass

    def answer(self, status, body, headers=None):
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def follow(self, at, text):
        """Whether a rule has answered."""
        rule = RULES.find(at, text, Handler.taken)
        if rule is None:
            return False
        what = rule.get("do")
        if what == "hang":
            time.sleep(3600)
        elif what == "wait":
            time.sleep(rule["seconds"])
            return False
        elif what == "close":
            self.close_connection = True
            self.connection.close()
        elif what == "garbage":
            self.wfile.write(b"\x00\xff this is no response\r\n\r\n")
            self.close_connection = True
        else:
            self.answer(rule.get("status", 500), rule.get("body", ""), rule.get("headers"))
        return True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        text = body.decode("latin-1")
        decoded = urllib.parse.unquote_plus(body.decode("utf-8", "replace"))
        if "token" in OPTIONS:
            login = base64.b64encode(f"{OPTIONS['account']}:{OPTIONS['token']}".encode()).decode()
            if self.headers.get("Authorization") != "Basic " + login:
                self.answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
                return
        if self.follow("REQUEST", decoded):
            return
        Handler.taken += 1
        JOURNAL.add(
            "request", path=self.path, headers={name.lower(): value for name, value in self.headers.items()},
            form=dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), body=text)
        if not self.follow("TAKEN", decoded):
            self.answer(201, {"sid": f"SM{Handler.taken:032d}", "status": "queued", "error_code": None})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
announce(server.server_address[1])
end_with_parent()
server.serve_forever()
