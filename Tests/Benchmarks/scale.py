#!/usr/bin/env python3
"""Measures how far one file goes: what docs/scale.md says of many people and many recipients.

    scale.py --binary BINARY --home FOLDER [--members 5000000] [--recipients 50000000] [--only show,export,…]

The database is made in FOLDER by `demo` and multiplied (see multiply.py); one that is there is taken as it is. At the
full size that takes a quarter of an hour and more, and 60 GB of disk with the copies. A table goes to standard output:
wall time, CPU time, and the highest memory.
"""

import argparse
import os
import pathlib
import sqlite3
import sys

import generate
import multiply
from measure import Failed, run, say

PASSWORD = "Correct-Horse-42"


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
        scale.make(min(options.members, multiply.SEED))
        # In a process of its own, for what this one ever held is counted in the memory of those that it starts.
        child = os.fork()
        if child == 0:
            multiply.multiply(scale.database, options.members, options.recipients)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            raise Failed("the people cannot be multiplied")
    only = set(filter(None, options.only.split(",")))
    for key, what, arguments, times in scale.rows():
        if not only or key in only:
            scale.measure(what, *arguments, times=times)
    print(f"| size of the file | {os.path.getsize(scale.database) / 1e9:.2f} GB |")


if __name__ == "__main__":
    sys.exit(main())
