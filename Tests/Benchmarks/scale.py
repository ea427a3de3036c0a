#!/usr/bin/env python3
"""Measures how far one file goes: what docs/scale.md says of many people and many recipients.

    scale.py --binary BINARY --home FOLDER [--members 5000000] [--recipients 50000000] [--only show,export,…]

The database is made in FOLDER by `demo`, and by copying messages with their recipients until there are as many as
wanted; one that is there is taken as it is. It takes hours at the full size, and 60 GB of disk. A table goes to
standard output: wall time, CPU time, and the highest memory.
"""

import argparse
import os
import pathlib
import sqlite3
import sys

import generate
from measure import Failed, run, say

PASSWORD = "Correct-Horse-42"
RECIPIENT = (
    "member_id, recipient_email, recipient_phone, status, sent_at, delivered_at, opened_at, clicked_at, error_message, "
    "attempts, first_attempt_at"
)


class Scale:
    """A database, the program, and the lines of the table so far."""

    def __init__(self, binary, home):
        self.binary = os.path.abspath(binary)
        self.home = os.path.abspath(home)
        self.database = self.path("scale.db")
        self.environment = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}

    def path(self, name):
        return os.path.join(self.home, name)

    def ours(self, *arguments, output=None, stdin=os.devnull):
        command = [self.binary, *arguments, "--db", self.database]
        return run(command, self.environment, output or self.path("out"), stdin=stdin)

    def measure(self, what, *arguments, times=1, output=None):
        """Runs a command and writes the line of the quickest of some runs."""
        try:
            best = min((self.ours(*arguments, output=output) for _ in range(times)), key=lambda r: r.seconds)
        except Failed as problem:
            print(f"| {what} | failed: {problem} |", flush=True)
            return
        print(f"| {what} | {best.seconds:.3f} s | {best.processor:.3f} s | {best.mebibytes:.0f} MiB |", flush=True)

    def make(self, members):
        password = self.path("password")
        pathlib.Path(password).write_text(PASSWORD + "\n")
        admin = ["--admin", "admin@grace.example", "--full-name", "Ada Obi"]
        self.ours("init", *admin, "--password-stdin", stdin=password)
        self.measure(f"`demo --members {members}`", "demo", "--members", str(members), "--quiet")

    def copy_recipients(self, wanted):
        """Copies messages that were sent to many, with their recipients and without their events, in ascending order
        of ids, as messages come; the indexes are made anew at the end."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        connection.executescript("PRAGMA cache_size = -1000000; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        count = connection.execute("SELECT count(*) FROM message_recipients").fetchone()[0]
        if count >= wanted:
            return
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'message_recipients' AND type = 'index'"
            " AND sql IS NOT NULL").fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        sources = connection.execute(
            "SELECT id FROM messages WHERE status = 'sent' AND is_automatic = 0 ORDER BY recipient_count DESC LIMIT 10"
        ).fetchall()
        columns = [r[1] for r in connection.execute("PRAGMA table_info(messages)")]
        replaced = {"id": "?1", "title": "title || ' ' || ?3", "template_id": "NULL", "rule_id": "NULL"}
        row = ", ".join(replaced.get(c, c) for c in columns)
        copies = 0
        while count < wanted:
            copies += 1
            source = sources[copies % len(sources)][0]
            prefix = f"01a2{copies:04x}-0000"
            message = f"{prefix}-7000-8000-000000000000"
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                f"INSERT INTO messages ({', '.join(columns)}) SELECT {row} FROM messages WHERE id = ?2",
                (message, source, copies))
            count += connection.execute(
                f"""INSERT INTO message_recipients (id, message_id, {RECIPIENT})
                SELECT printf('%s-7000-8000-%012x', ?1, row_id), ?2, {RECIPIENT} FROM message_recipients
                WHERE message_id = ?3 AND status <> 'pending' ORDER BY member_id""", (prefix, message, source)).rowcount
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            say(f"  {count:,} recipients")
        for name, sql in indexes:
            connection.execute(sql)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            say(f"  {name}")
        connection.close()

    def rows(self):
        """What is measured: its name, the arguments, how often."""
        found = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True).execute(
            "SELECT email FROM members AS m WHERE row_id > (SELECT max(row_id) / 2 FROM members) AND email IS NOT NULL"
            " AND (SELECT count(*) FROM members AS o WHERE o.email = m.email COLLATE NOCASE) = 1 LIMIT 1").fetchone()[0]
        news = self.path("news.csv")
        generate.write(10_000, news, seed=2)
        filtered = "status = active and age >= 18 and tag = volunteer"
        return [
            ("version", "`--version`", ["--version"], 5),
            ("status", "`status`", ["status"], 3),
            ("show", "`member show EMAIL`", ["member", "show", found], 5),
            ("search", "`member search`", ["member", "search", "okafor chid", "--format", "count"], 5),
            ("search", "`member search`, its first 20", ["member", "search", "okafor", "--limit", "20"], 3),
            ("list", f"`member list --where '{filtered}' --format count`",
             ["member", "list", "--where", filtered, "--format", "count"], 3),
            ("list", "`member list --limit 20`", ["member", "list", "--limit", "20"], 3),
            ("import", "`member import` of 10,000 new people", ["member", "import", news], 1),
            ("import", "the same file once more", ["member", "import", news], 1),
            ("export", "`member export`", ["member", "export", "--output", self.path("export.csv"), "--force"], 1),
            ("rules", "`rule run`", ["rule", "run", "--no-deliver"], 2),
            ("send", "`message add`", ["message", "add", "--title", "Scale", "--subject", "Scale", "--content",
                                       "Dear {{firstName}}", "--to-all"], 1),
            ("send", "`message send --dry-run`", ["message", "send", "Scale", "--dry-run"], 1),
            ("send", "`message send --queue`", ["message", "send", "Scale", "--queue", "--yes"], 1),
            ("send", "`message recipients`, its first 20", ["message", "recipients", "Scale", "--limit", "20"], 3),
            ("send", "`message list`", ["message", "list"], 3),
            ("send", "`message cancel`", ["message", "cancel", "Scale"], 1),
            *(("analytics", f"`analytics {verb}`", ["analytics", verb, "--json"], 2)
              for verb in ("dashboard", "members", "messages", "engagement")),
            ("analytics", "`analytics report`",
             ["analytics", "report", "--output", self.path("report.html"), "--force"], 1),
            ("backup", "`backup`", ["backup", self.path("backup.db"), "--force"], 1),
            ("check", "`check`", ["check"], 1),
        ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--home", required=True)
    parser.add_argument("--members", type=int, default=5_000_000)
    parser.add_argument("--recipients", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    os.umask(0o077)
    scale = Scale(options.binary, options.home)
    print("| what | wall | CPU | memory |\n|---|---|---|---|")
    if not os.path.exists(scale.database):
        scale.make(options.members)
    # In a process of its own, for what this one ever held is counted in the memory of those that it starts.
    child = os.fork()
    if child == 0:
        scale.copy_recipients(options.recipients)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        raise Failed("the recipients cannot be copied")
    only = set(filter(None, options.only.split(",")))
    for key, what, arguments, times in scale.rows():
        if not only or key in only:
            scale.measure(what, *arguments, times=times)
    print(f"| size of the file | {os.path.getsize(scale.database) / 1e9:.2f} GB |")


if __name__ == "__main__":
    sys.exit(main())
