#!/usr/bin/env python3
"""Measures caresphere against the tools that do the same work, and writes the table of ratios.

    bench.py --binary BINARY [--rows 100000,1000000] [--mails 20000] [--only version,show,…] [--output FILE]
"""

import argparse
import filecmp
import os
import pathlib
import shutil
import sys
import tempfile

import analytics
import delivery
import generate
import peers
import rendering
import rules
from measure import Failed, alternate, median, run, say
from report import Row, machine, render, seconds

PASSWORD = "Correct-Horse-42"


class Bench:
    """A temporary home, the programs, and the rows measured so far."""

    def __init__(self, binary, home):
        self.binary = os.path.abspath(binary)
        self.sqlite = shutil.which("sqlite3")
        self.sqlite_utils = str(pathlib.Path(sys.executable).parent / "sqlite-utils")
        self.home = home
        self.environment = {"HOME": home, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
        self.rows = []
        self.notes = []
        self.peaks = {}

    def path(self, name):
        return os.path.join(self.home, name)

    def ours(self, database, *arguments, output=None):
        command = [self.binary, *arguments, "--db", database]
        return run(command, self.environment, output or self.path("ours.out"))

    def shell(self, *arguments, output=None):
        return run([self.sqlite, *arguments], self.environment, output or self.path("peer.out"))

    def shell_value(self, database, sql):
        self.shell("-readonly", database, sql, output=self.path("value.out"))
        return pathlib.Path(self.path("value.out")).read_text().strip()

    def initialize(self, name):
        """Makes an empty database and logs in to it."""
        database = self.path(name)
        self.remove(database)
        password = self.path("password")
        pathlib.Path(password).write_text(PASSWORD + "\n")
        command = [self.binary, "init", "--admin", "admin@grace.example", "--full-name", "Ada Obi"]
        run(command + ["--password-stdin", "--db", database], self.environment,
            self.path("init.out"), stdin=password)
        return database

    @staticmethod
    def remove(database):
        for suffix in ("", "-wal", "-shm", ".lock"):
            pathlib.Path(database + suffix).unlink(missing_ok=True)

    def compare(self, what, against, ours, peer, bound, at_least=False):
        ratio = peer.seconds / ours.seconds if at_least else ours.seconds / peer.seconds
        row = Row(what, seconds(ours.seconds), seconds(peer.seconds), against, ratio, bound, at_least=at_least)
        self.rows.append(row)
        say(f"  {what}: {row.ours} against {row.peer}: {ratio:.2f}{'' if row.holds else '  does NOT hold'}")

    # One method a line of the table.

    def version(self):
        database = self.path("none.db")
        ours, peer = alternate(
            lambda: self.ours(database, "--version"), lambda: self.shell("--version"), 301
        )
        self.compare("`--version`", "`sqlite3 --version`", ours, peer, 1.5)

    def imports(self, count, file, times):
        """First import, the same again, the shell's import, sqlite-utils'.

        Returns the database that our import made.
        """
        label = f"{count:,} rows"

        def first():
            database = self.initialize("import.db")
            return self.ours(database, "member", "import", file, output=self.path("import.out"))

        def shell(cache=peers.CACHE_KIBIBYTES):
            database = self.initialize("peer.db")
            return self.shell(*peers.import_commands(database, file, cache))

        ours, peer = alternate(first, shell, times)
        self.compare(f"`member import`, {label}", "`sqlite3` shell, same cache", ours, peer, 1.0)
        small = median([shell(2000) for _ in range(1 if times < 3 else 3)])
        self.notes.append(
            f"{label}: with its default page cache of 2,000 KiB the shell's import took {seconds(small.seconds)}."
        )
        self.peaks.setdefault("import", {})[count] = ours.mebibytes
        self.check_same_members(label)

        database = self.path("import.db")
        again = median([self.ours(database, "member", "import", file) for _ in range(times)])
        self.compare(f"the same import again, {label}", "its first run", again, ours, 0.5)

        def sqlite_utils():
            database = self.path("utils.db")
            self.remove(database)
            command = [self.sqlite_utils, "insert", database, "members", file, "--csv"]
            return run(command, self.environment, self.path("utils.out"))

        self.compare(
            f"`member import`, {label}, times faster", "`sqlite-utils insert --csv`", ours,
            median([sqlite_utils() for _ in range(1 if times < 3 else 3)]), 7, at_least=True)
        self.remove(self.path("utils.db"))
        self.remove(self.path("peer.db"))
        return database

    def check_same_members(self, label):
        """What is compared must have done the same: all but what is made up on the way."""
        made_up = ("id", "import_batch_id", "created_by", "created_at", "updated_at", "name_key")
        columns = ", ".join(c for c in peers.COLUMNS if c not in made_up)
        # On files, for what this process ever held is counted in its children's peak memory.
        for name in ("import.db", "peer.db"):
            sql = f"SELECT {columns} FROM members ORDER BY row_id"
            self.shell("-readonly", self.path(name), sql, output=self.path(name + ".rows"))
        if not filecmp.cmp(self.path("import.db.rows"), self.path("peer.db.rows"), shallow=False):
            raise Failed(f"{label}: the two imports stored different members")

    def show(self, database, count):
        # Someone in the middle who has an e-mail address.
        line = next(
            cells for number, cells in enumerate(generate.people(count, 1))
            if number >= count // 2 and cells[2]
        )
        ours, peer = alternate(
            lambda: self.ours(database, "member", "show", line[2], "--format", "json"),
            lambda: self.shell("-readonly", "-json", database, peers.show(line[2])),
            201,
        )
        self.compare(f"`member show EMAIL`, of {count:,}", "same row by indexed query", ours, peer, 2.0)

    def exports(self, database, count, times):
        for form, flags in (("csv", ["-csv", "-header"]), ("json", ["-json"]), ("jsonl", ["-json"])):
            ours, peer = alternate(
                lambda: self.ours(database, "member", "export", "--format", form),
                lambda: self.shell("-readonly", *flags, database, peers.EXPORT),
                times,
            )
            self.peaks.setdefault(f"export {form}", {})[count] = ours.mebibytes
            against = f"`sqlite3 {flags[0]}`, same columns"
            self.compare(f"`member export --format {form}`, {count:,} rows", against, ours, peer, 1.2)

    def search(self, database, count):
        for words in ("okafor chid", "lindq zo", "member0000777"):
            ours, peer = alternate(
                lambda: self.ours(database, "member", "search", words, "--format", "ids"),
                lambda: self.shell("-readonly", database, peers.search(words)),
                31,
            )
            found = pathlib.Path(self.path("ours.out")).read_text().count("\n")
            what = f"`member search '{words}'`, {found:,} of {count:,} found"
            self.compare(what, "same FTS table", ours, peer, 2.0)

    def filter(self, database, count):
        expression = "status = active and age >= 18 and tag = volunteer"
        forms = peers.count()
        for form in forms:
            self.shell("-readonly", database, form)
        best = min(forms, key=lambda sql: median(
            [self.shell("-readonly", database, sql) for _ in range(5)]).seconds)
        ours, peer = alternate(
            lambda: self.ours(database, "member", "list", "--where", expression, "--format", "count"),
            lambda: self.shell("-readonly", database, best),
            15,
        )
        counts = [pathlib.Path(self.path(name)).read_text().strip() for name in ("ours.out", "peer.out")]
        if counts[0] != counts[1]:
            raise Failed(f"the filter counts {counts[0]}, the shell {counts[1]}")
        what = f"`member list --where '{expression}' --format count`, {count:,} rows"
        self.compare(what, "fastest of three hand-written statements", ours, peer, 1.5)

    def queueing(self, database, count, times):
        """`message send --queue` to everybody, against the same rows copied by the shell."""
        saved, copy = self.path("people.db"), self.path("copy.db")
        self.shell(database, "PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(database, saved)

        def ours():
            # Back under the same name, for which the login holds.
            self.remove(database)
            shutil.copyfile(saved, database)
            self.ours(database, "message", "add", "--title", "News", "--content", "Hello {{firstName}}",
                      "--to-all", "--format", "ids")
            message = pathlib.Path(self.path("ours.out")).read_text().strip()
            return self.ours(database, "message", "send", message, "--queue", "--yes", "--quiet")

        def shell():
            self.remove(copy)
            shutil.copyfile(saved, copy)
            return self.shell(*peers.queueing_commands(copy, database))

        ours()
        own, peer = alternate(ours, shell, times)
        self.peaks.setdefault("queueing", {})[count] = own.mebibytes
        what = f"`message send --queue`, {count:,} members"
        self.compare(what, "the same rows by `INSERT … SELECT` in the `sqlite3` shell", own, peer, 2.0)
        for name in (database, copy):
            self.shell("-readonly", name, peers.RECIPIENTS, output=name + ".rows")
        if not filecmp.cmp(database + ".rows", copy + ".rows", shallow=False):
            raise Failed(f"{count:,} members: the two wrote different recipients")
        self.remove(copy)
        self.remove(database)
        os.rename(saved, database)

    def memory(self):
        """Peak memory: under a bound, and the same for ten times the rows."""
        for what, peaks in self.peaks.items():
            small, large = min(peaks), max(peaks)
            self.rows.append(Row(f"peak memory of {what}, {large:,} rows", f"{peaks[large]:.0f} MiB", "",
                                 "", peaks[large], 256, " MiB"))
            if small != large:
                self.rows.append(Row(
                    f"peak memory of {what}, {large:,} against {small:,} rows", f"{peaks[large]:.0f} MiB",
                    f"{peaks[small]:.0f} MiB", "itself", peaks[large] / peaks[small], 1.25))

    def measure(self, sizes, mails, only):
        def wanted(name):
            return not only or name in only

        if wanted("version"):
            self.version()
        for count in sizes:
            if not any(map(wanted, ("import", "show", "export", "search", "filter", "queueing", "rules"))):
                break
            times = 5 if count <= 100_000 else 3
            file = self.path("people.csv")
            say(f"writing {count:,} members")
            generate.write(count, file)
            if wanted("import"):
                database = self.imports(count, file, times)
            else:
                database = self.initialize("import.db")
                self.ours(database, "member", "import", file)
            if wanted("export"):
                self.exports(database, count, times)
            if wanted("queueing"):
                self.queueing(database, count, times)
            if count == max(sizes):
                for name in ("show", "search", "filter"):
                    if wanted(name):
                        getattr(self, name)(database, count)
            if wanted("rules"):
                rules.measure(self, database, count)
        if wanted("analytics"):
            analytics.measure(self, max(sizes))
        if wanted("rendering"):
            rendering.measure(self)
        if wanted("send"):
            delivery.measure(self, mails)
        self.memory()


def main():
    parser = argparse.ArgumentParser(description="Measures caresphere against its peers.")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rows", default="100000,1000000", help="numbers of members, joined by commas")
    parser.add_argument("--mails", type=int, default=20_000, help="number of mails that are delivered")
    parser.add_argument("--only", default="", help="of version import export show search filter queueing rendering send rules analytics")
    parser.add_argument("--output", help="where the table goes; standard output otherwise")
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.rows.split(","))
    only = [name for name in options.only.split(",") if name]

    with tempfile.TemporaryDirectory(prefix="care-bench-") as home:
        bench = Bench(options.binary, home)
        try:
            bench.measure(sizes, options.mails, only)
        except Failed as failure:
            sys.exit(f"bench: {failure}")
        text = render(bench.rows, machine(bench.binary, bench.sqlite, bench.sqlite_utils), bench.notes)
    if options.output and not only:
        pathlib.Path(options.output).write_text(text)
    print(text)
    missed = sum(not row.holds for row in bench.rows)
    sys.exit(f"bench: {missed} of {len(bench.rows)} bounds are missed" if missed else 0)


if __name__ == "__main__":
    main()
