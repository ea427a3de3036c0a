"""The file itself is damaged: bits flip, blocks are lost, the end is missing, of the database or of its log."""

import hashlib
import os
import sqlite3

from trial import survive

# What is run on a damaged file, besides as many others.
ALWAYS = [("status",), ("member", "export"), ("message", "list"), ("rule", "logs"), ("audit",)]
OTHERS = 7
PAGE = 4096


def run(trials, cases, rng, count):
    """Damages a sound state in `count` ways, and lets commands work on what is left."""
    trials.start("parish")
    checkpointed(trials.world)
    cases = [case for case in cases if case.start == "parish"]
    for number in range(count):
        is_log = number % 3 == 2
        trials.world.restore("parish" if is_log else "checkpointed")
        path = trials.world.database + ("-wal" if is_log else "")
        place = f"[{'log' if is_log else 'file'}: {harm(path, rng)}, seed number {number}]"
        others = rng.sample(cases, min(OTHERS, len(cases)))
        for case in [*(case for case in cases if case.arguments in ALWAYS), *others]:
            use(trials, case, place)


def checkpointed(world):
    """Keeps the same state with an empty log, so that what is damaged in the file counts."""
    world.restore("parish")
    connection = sqlite3.connect(world.database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    world.keep("checkpointed")


def harm(path, rng):
    """Damages a file.

    Returns how, in words."""
    size = os.path.getsize(path)
    with open(path, "r+b") as file:
        kind = rng.choice(["bit", "bit", "bytes", "bytes", "bytes", "header", "page", "zero", "cut", "swap"])
        if kind == "bit":
            at = rng.randrange(size)
            change(file, at, lambda old: bytes([old[0] ^ 1 << rng.randrange(8)]))
            return f"a bit of byte {at}"
        if kind == "bytes":
            places = [rng.randrange(size) for _ in range(rng.choice([3, 30, 300]))]
            for at in places:
                change(file, at, lambda _: rng.randbytes(1))
            return f"{len(places)} bytes from {min(places)} to {max(places)}"
        if kind == "header":
            # Where a page says how much is on it and where.
            at = rng.randrange(size // PAGE) * PAGE + rng.randrange(12)
            change(file, at, lambda _: rng.randbytes(1))
            return f"byte {at}, of a page's head"
        if kind == "cut":
            end = rng.randrange(size)
            file.truncate(end)
            return f"cut off at {end}"
        one, other = (rng.randrange(size // PAGE) * PAGE for _ in range(2))
        if kind == "swap":
            pages = [read(file, at) for at in (one, other)]
            write(file, one, pages[1])
            write(file, other, pages[0])
            return f"pages at {one} and {other} swapped"
        write(file, one, bytes(PAGE) if kind == "zero" else rng.randbytes(PAGE))
        return f"page at {one}: {kind}"


def read(file, at, length=PAGE):
    file.seek(at)
    return file.read(length)


def write(file, at, data):
    file.seek(at)
    file.write(data)


def change(file, at, how):
    write(file, at, how(read(file, at, 1)))


def digest(path):
    """Of the file and its log, but for an empty one."""
    total = hashlib.sha256()
    for suffix in ["", "-wal"]:
        if os.path.exists(path + suffix):
            with open(path + suffix, "rb") as file:
                total.update(file.read())
    return total.digest()


def use(trials, case, place):
    """Runs a command on a damaged file: data or a clear error, and once damage was seen, not a byte is written."""
    before = digest(trials.world.database)
    result = trials.world.run(*case.arguments, stdin=case.stdin, timeout=30)
    survive(trials, case, place, result)
    # What works in several transactions may have written before it saw.
    if result.status == 9 and not case.gradual and digest(trials.world.database) != before:
        trials.problems.add("wrote after it saw the damage", case, place, str(result))

