"""The table of results."""

import os
import platform
import subprocess
from dataclasses import dataclass


@dataclass
class Row:
    """One line of the table; `ratio` must be at most `bound`, or at least, where `at_least`."""

    what: str
    ours: str
    peer: str
    against: str
    ratio: float
    bound: float
    unit: str = "×"
    at_least: bool = False

    @property
    def holds(self):
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound


def seconds(value):
    """A time as people read it."""
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]


def machine(binary, sqlite, sqlite_utils):
    """What the figures were measured on, without a name that tells whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    return [
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.machine()}",
        f"{release}, Linux {platform.release().split('-')[0]}",
        first_line([binary, "--version"]),
        "sqlite3 shell " + " ".join(first_line([sqlite, "--version"]).split()[:2]),
        first_line([sqlite_utils, "--version"]),
    ]


def render(rows, facts, notes):
    lines = ["# Benchmarks", ""]
    lines += ["Written by `make bench`; every ratio is of two programs in one run of it.", ""]
    lines += [f"- {fact}" for fact in facts]
    lines += ["", "| what | ours | peer | against | ratio | bound | holds |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        limit = f"{'≥' if row.at_least else '≤'} {row.bound:g}{row.unit}"
        figure = f"{row.ratio:.2f}{row.unit}" if row.unit == "×" else f"{row.ratio:.0f}{row.unit}"
        holds = "yes" if row.holds else "**no**"
        lines.append(
            f"| {row.what} | {row.ours} | {row.peer} | {row.against} | {figure} | {limit} | {holds} |"
        )
    lines += [""] + [f"- {note}" for note in notes]
    return "\n".join(lines) + "\n"
