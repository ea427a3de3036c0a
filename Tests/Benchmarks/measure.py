"""Runs processes and tells how long they took and how much memory they had at most."""

import os
import statistics
import sys
import time
from dataclasses import dataclass


@dataclass
class Run:
    """One run of a process: wall time in seconds, peak resident memory in MiB, time of processors in seconds."""

    seconds: float
    mebibytes: float
    processor: float = 0


class Failed(Exception):
    """A measured process did not end with 0."""


def run(command, environment, output=os.devnull, errors=None, stdin=os.devnull):
    """Runs `command` with its output in a file and waits for it.

    The peak memory is what the kernel counted for this process alone. It counts from the moment before
    the program replaces ours, so a figure below this script's own few MiB can't be seen.
    """
    errors = errors or output + ".err" if output != os.devnull else os.devnull
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, write, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, errors, write, 0o600),
    ]
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        said = "" if errors == os.devnull else open(errors, errors="replace").read()[-2000:]
        raise Failed(f"exit {code}: {' '.join(command)[:300]}\n{said}")
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def median(runs):
    """The median time of several runs, with the highest memory of any."""
    return Run(statistics.median(r.seconds for r in runs), max(r.mebibytes for r in runs))


def alternate(first, second, times):
    """Calls two functions that each do a run in turn, `times` times, so that what else the machine does
    falls on both.

    Returns the medians of both.
    """
    runs = ([], [])
    for turn in range(times):
        # Whoever goes second finds warmer caches: take turns at that, too.
        for index in ((0, 1), (1, 0))[turn % 2]:
            runs[index].append((first, second)[index]())
    return median(runs[0]), median(runs[1])


def say(text):
    """Tells who waits how far it is."""
    print(text, file=sys.stderr, flush=True)
