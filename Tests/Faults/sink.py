"""A mail server that takes everything and remembers it, for as long as its `with` block lasts."""

import socketserver
import threading


class Sink:
    """`mails` has, of each mail that was taken, its Message-ID and to whom it went."""

    def __init__(self):
        self.mails, self.lock = [], threading.Lock()
        sink = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    sink.talk(self.rfile, self.wfile)
                except (ConnectionResetError, BrokenPipeError):
                    pass  # Who was talking has been killed.

        socketserver.ThreadingTCPServer.daemon_threads = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self.port = self.server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def talk(self, lines, answers):
        """One connection (RFC 5321), without anything that is optional."""
        def say(text):
            answers.write(text.encode() + b"\r\n")

        to = []
        say("220 sink")
        for line in lines:
            verb = line[:4].upper()
            if verb == b"QUIT":
                say("221 bye")
                return
            if verb == b"MAIL":
                to = []
            elif verb == b"RCPT":
                to.append(line.split(b"<", 1)[1].split(b">")[0].decode())
            elif verb == b"DATA":
                say("354 go on")
                self.take(lines, to)
            say("250 ok")

    def take(self, lines, to):
        name = None
        for line in lines:
            if line == b".\r\n":
                break
            if name is None and line.lower().startswith(b"message-id:"):
                name = line.split(b":", 1)[1].strip().decode()
        with self.lock:
            self.mails += [(name, address) for address in to]
