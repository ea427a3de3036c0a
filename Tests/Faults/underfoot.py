"""What the program stands on is taken away or exchanged, before it starts or while it is at work."""

import os
import shutil
import signal
import subprocess
import time

from dump import soundness
from trial import AGAIN, survive
from verbs import Case
from world import remove

LOCKS = [".lock", ".deliver.lock", ".rules.lock"]


def run(trials, cases, rng, count):
    """Exchanges things for other ones, and lets `count` commands and what cron runs meet each."""
    world = trials.world
    trials.start("parish")
    cases = [case for case in cases if case.start == "parish"]
    # In the short form some of them.
    all_exchanges, all_thefts = sorted(exchanges(world).items()), sorted(thefts(world).items())
    for name, harm in rng.sample(all_exchanges, min(len(all_exchanges), count * 15)):
        for case in chosen(cases, rng, count):
            world.restore("parish")
            harm()
            meet(trials, case, f"[{name}]")
    for case in chosen(cases, rng, count):
        read_only(trials, case)
    for name, harm in rng.sample(all_thefts, min(len(all_thefts), count * 4)):
        for verb in ["import", "deliver"]:
            during(trials, verb, name, harm, rng)


def chosen(cases, rng, count):
    always = [case for case in cases if case.name in ("message deliver", "member export -o out.csv")]
    return always + rng.sample(cases, min(count * 3, len(cases)))


def exchanges(world):
    """What may be in the place of something else before a command starts, by name."""
    folder, session = os.path.dirname(world.database), os.path.join(world.live, "home/.local/state/caresphere")
    places = {
        "log": world.database + "-wal", "index of the log": world.database + "-shm", "outbox": folder + "/outbox",
        "folder of the outbox": folder + "/outbox/new", "session": session + "/" + os.listdir(session)[0],
        "folder of sessions": session, "configuration": world.live + "/home/.config/caresphere/config.json",
        "output": world.work + "/out.csv", "file to read": world.work + "/more.csv", "database": world.database}
    places |= {f"lock {suffix}": world.database + suffix for suffix in LOCKS}
    return {f"{name}: {what}": lambda place=place, how=how: how(place)
            for name, place in places.items() for what, how in REPLACEMENTS.items()
            # Who names a pipe waits for what comes out of it, as everywhere.
            if not (what == "a pipe" and name in ("configuration", "output", "file to read"))}


def emptied(place):
    if os.path.exists(place):
        remove(place)


def folder_there(place):
    emptied(place)
    os.makedirs(place)


def linked(place):
    emptied(place)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    os.symlink("/etc/passwd", place)


def linked_nowhere(place):
    emptied(place)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    os.symlink(place + ".nowhere", place)


def garbage(place):
    emptied(place)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        file.write(b"\xff\x00 neither this nor that {" * 400)
    os.chmod(place, 0o600)


def pipe(place):
    emptied(place)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    os.mkfifo(place, 0o600)


REPLACEMENTS = {
    "gone": emptied, "a folder": folder_there, "a link to a file": linked, "a link to nothing": linked_nowhere,
    "garbage": garbage, "a pipe": pipe}


def meet(trials, case, place):
    """Runs a command over the exchange: it says what is the matter, and leaves alone what it stands on."""
    with open("/etc/passwd", "rb") as file:
        foreign = file.read()
    result = trials.world.run(*case.arguments, stdin=case.stdin, timeout=15)
    survive(trials, case, place, result)
    if result.status not in TOLD | {case.status}:
        trials.problems.add(f"ended with {result.status}", case, place, str(result))
    with open("/etc/passwd", "rb") as file:
        if file.read() != foreign:
            trials.problems.add("wrote through a link", case, place)
    if os.path.isfile(trials.world.database) and not os.path.islink(trials.world.database) and "database:" not in place \
            and "log:" not in place:
        for problem in soundness(trials.world.database):
            trials.problems.add("unsound", case, place, problem)


# Besides how it always ends: not logged in, a configuration or a file that cannot be read, a file that exists, nobody
# there, and what the contract has for databases, files, parts and servers, or tells a mail server to try again.
TOLD = AGAIN | {9, 10, 13, 75}


def read_only(trials, case):
    """The disk is mounted read-only."""
    world = trials.world
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        return
    world.restore("parish")
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd work && exec "$@"'
    process = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, world.live, world.binary, *case.arguments], input=case.stdin,
        capture_output=True, env=world.environment, cwd=world.live, timeout=60, check=False)
    text = process.stderr.decode(errors="replace")
    allowed = {9, 10, 75, case.status} if case.reads else {9, 10, 75}
    if process.returncode not in allowed or "INTERNAL" in text or "caresphere: " not in text and process.returncode:
        trials.problems.add(f"ended with {process.returncode} on a read-only disk", case, "", text[-600:])
    if not trials.is_untouched(case):
        trials.problems.add("changed a read-only disk", case, "", text[-600:])


# While a command is at work

def thefts(world):
    folder = os.path.dirname(world.database)

    def replaced():
        shutil.copy(os.path.join(world.kept, "fresh", os.path.relpath(world.database, world.live)), world.database + ".x")
        os.rename(world.database + ".x", world.database)

    harms = {
        "database gone": lambda: os.unlink(world.database), "another database": replaced,
        "log gone": lambda: os.unlink(world.database + "-wal"), "index gone": lambda: os.unlink(world.database + "-shm"),
        "lock gone": lambda: os.unlink(world.database + ".lock"),
        "database cut off": lambda: os.truncate(world.database, 8192),
        "log cut off": lambda: os.truncate(world.database + "-wal", 0),
        "session gone": lambda: shutil.rmtree(os.path.join(world.live, "home/.local/state")),
        "everything gone": lambda: shutil.rmtree(folder), "outbox gone": lambda: shutil.rmtree(folder + "/outbox"),
        "outbox a file": lambda: (shutil.rmtree(folder + "/outbox"), garbage(folder + "/outbox")),
        "work gone": lambda: shutil.rmtree(world.work)}
    return harms


def during(trials, verb, name, harm, rng):
    """Stops a long command in its midst, does the harm, and lets it go on."""
    world = trials.world
    world.restore("parish")
    if verb == "import":
        people = "".join(f"P{number},Person,p{number}@many.example\n" for number in range(20_000))
        with open(os.path.join(world.work, "many.csv"), "w", encoding="utf-8") as file:
            file.write("firstName,lastName,email\n" + people)
        arguments = ("member", "import", "many.csv", "--skip-invalid", "--rejects", "rejected.csv")
    else:
        arguments = ("message", "deliver")
    process = world.start(*arguments)
    time.sleep(rng.uniform(0.01, 0.25) if verb == "import" else rng.uniform(0.004, 0.03))
    process.send_signal(signal.SIGSTOP)
    case = Case(arguments)
    try:
        harm()
    except FileNotFoundError:
        pass
    process.send_signal(signal.SIGCONT)
    result = world.finish(process, arguments, b"", 30)
    place = f"[{name}, while it was at work]"
    survive(trials, case, place, result)
    if name == "another database":
        for problem in soundness(world.database):
            trials.problems.add("spoiled the other database", case, place, problem)
    for command in [("status",), ("member", "list")]:
        os.makedirs(world.work, exist_ok=True)
        survive(trials, case, f"{place}, afterwards", world.run(*command, timeout=20))
