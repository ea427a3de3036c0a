"""Deliveries to postfix's smtp-sink, against a bare loop over libcurl that sends the same bytes, and against msmtp."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

import generate
from measure import Failed, Run, median, run, say

SINK = "/usr/sbin/smtp-sink"
CONTENT = """<!DOCTYPE html><html><body style="font-family: sans-serif">
<h1>Dear {{firstName}} {{lastName}}</h1>
<p>This is what happens in {{#city}}{{city}}{{/city}}{{^city}}your town{{/city}} this week.</p>
""" + "\n".join(f"<p>Part {number}: we meet on Sunday at ten, and you are welcome.</p>" for number in range(20)) + """
<p>You are in {{#tags}}{{.}}, {{/tags}}and in our prayers.</p>
<p><a href="https://grace.example/news">More</a> · <a href="{{unsubscribeUrl}}">Unsubscribe</a></p>
</body></html>
"""


class Sink:
    """A running smtp-sink on a port of its own."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        user = ["-u", "nobody"] if os.getuid() == 0 else []
        self.process = subprocess.Popen([SINK, *user, f"127.0.0.1:{self.port}", "64"])
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.01)
        raise Failed("smtp-sink did not start")

    def stop(self):
        self.process.kill()
        self.process.wait()


class Delivery:
    """One message to many people, sent in several ways."""

    def __init__(self, bench, count, folder):
        self.bench, self.count, self.folder = bench, count, folder
        self.database = bench.path("send.db")
        self.config = bench.path("send.json")

    def prepare(self):
        """Makes the people and the message, queued, and keeps that state."""
        bench = self.bench
        people = bench.path("send.csv")
        generate.write(self.count * 13 // 10, people)
        bench.initialize("send.db")
        bench.ours(self.database, "member", "import", people, "--quiet")
        emails = "SELECT id FROM members WHERE email IS NOT NULL AND member_status <> 'archived' LIMIT -1 OFFSET "
        subprocess.run(
            [bench.sqlite, self.database,
             f"UPDATE members SET member_status = 'archived' WHERE id IN ({emails}{self.count})"], check=True)
        content = pathlib.Path(bench.path("news.html"))
        content.write_text(CONTENT)
        bench.ours(
            self.database, "message", "add", "--title", "News", "--subject", "News for {{firstName}}", "--content-file",
            str(content), "--body-format", "html", "--to-where", "email is not empty and status != archived", "--quiet")
        bench.ours(self.database, "message", "send", "News", "--queue", "--yes", "--quiet", "--config", self.maildir())
        self.keep("send.db", "queued.db")

    def keep(self, source, target):
        for suffix in ("", "-wal"):
            pathlib.Path(self.bench.path(target) + suffix).unlink(missing_ok=True)
            if os.path.exists(self.bench.path(source) + suffix):
                shutil.copy(self.bench.path(source) + suffix, self.bench.path(target) + suffix)

    def configure(self, text):
        pathlib.Path(self.config).write_text(text)
        return self.config

    def maildir(self):
        return self.configure(
            f'{{ email: {{ from: "Grace <office@grace.example>", maildir: {{ path: "{self.folder}" }} }} }}')

    def smtp(self, port, connections):
        return self.configure(
            f'{{ email: {{ from: "Grace <office@grace.example>", transport: "smtp", smtp: {{ '
            f'url: "smtp://127.0.0.1:{port}", tls: "none", connections: {connections} }} }} }}')

    def deliver(self, config):
        self.keep("queued.db", "send.db")
        took = self.bench.ours(self.database, "message", "deliver", "--quiet", "--config", config)
        sent = subprocess.run(
            [self.bench.sqlite, "-readonly", self.database,
             "SELECT count(*) FROM message_recipients WHERE status = 'sent'"],
            capture_output=True, text=True, check=True).stdout.strip()
        if sent != str(self.count):
            raise Failed(f"{sent} of {self.count} mails were sent")
        return took

    def sample(self):
        """Writes all mails once to a Maildir, and lists them: a recipient, a tab, a path."""
        self.deliver(self.maildir())
        lines = []
        for path in sorted(pathlib.Path(self.folder, "new").iterdir()):
            for line in path.read_bytes().splitlines():
                if line.lower().startswith(b"x-caresphere-recipient:"):
                    lines.append((line.split(b":")[1].strip().decode(), str(path)))
                    break
        query = "SELECT id || char(9) || recipient_email FROM message_recipients"
        found = subprocess.run(
            [self.bench.sqlite, "-readonly", self.database, query], capture_output=True, text=True, check=True)
        emails = dict(line.split("\t") for line in found.stdout.splitlines())
        # SMTP has CRLF, a Maildir has not.
        for _, path in lines:
            content = pathlib.Path(path).read_bytes()
            pathlib.Path(path).write_bytes(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        listing = self.bench.path("mails")
        pathlib.Path(listing).write_text("".join(f"{emails[id]}\t{path}\n" for id, path in lines))
        return listing, lines[0][1]

    def loop(self, sink, listing):
        """The same bytes by the bare loop."""
        program = self.bench.path("send_loop")
        if not os.path.exists(program):
            source = str(pathlib.Path(__file__).parent / "send_loop.c")
            subprocess.run(["cc", "-O2", "-o", program, source, "-l:libcurl.so.4"], check=True)
        command = [program, f"smtp://127.0.0.1:{sink.port}", "office@grace.example", listing]
        run(command, self.bench.environment, self.bench.path("loop.out"))
        return Run(float(pathlib.Path(self.bench.path("loop.out")).read_text()), 0)

    def msmtp(self, sink, mail, times=100):
        """One process a mail, so many mails; the time of all of them is extrapolated."""
        command = [
            "/usr/bin/msmtp", "--host=127.0.0.1", f"--port={sink.port}", "--from=office@grace.example", "--tls=off",
            "--auth=off", "ada@example.org"]
        started = time.perf_counter()
        for _ in range(times):
            run(command, self.bench.environment, self.bench.path("msmtp.out"), stdin=mail)
        return Run((time.perf_counter() - started) / times * self.count, 0)


def measure(bench, count, times=3):
    """Adds the rows of deliveries to the bench."""
    # A Maildir waits for the disk with every mail; these are only written to be read by the peers.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="care-bench-", dir=memory) as folder:
        compare(bench, Delivery(bench, count, folder + "/outbox"), count, times)


def compare(bench, delivery, count, times):
    say(f"queueing {count:,} mails")
    delivery.prepare()
    listing, mail = delivery.sample()
    sink = Sink()
    try:
        ours, loops, two = [], [], []
        for _ in range(times):
            ours.append(delivery.deliver(delivery.smtp(sink.port, 1)))
            loops.append(delivery.loop(sink, listing))
            two.append(delivery.deliver(delivery.smtp(sink.port, 2)))
        one, loop, both = median(ours), median(loops), median(two)
        what = f"`message deliver`, {count:,} HTML mails to smtp-sink"
        bench.compare(f"{what}, speed", "bare libcurl loop, same bytes", one, loop, 0.5, at_least=True)
        bench.compare(
            f"{what}, times faster", "one `msmtp` process a mail, extrapolated", one, delivery.msmtp(sink, mail), 50,
            at_least=True)
        # With two processors the server and one connection keep both busy.
        bench.compare(
            f"{what}, 2 connections, speed", "1 connection", both, one, 1.5 if (os.cpu_count() or 1) >= 4 else 0.9,
            at_least=True)
    finally:
        sink.stop()
