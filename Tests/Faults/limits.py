"""The system grants less than usual: files may not grow, the disk is small, everything belongs to somebody else."""

import os
import shutil
import subprocess
import sys

from trial import some
from world import remove

NOBODY = 65534


def run(trials, cases, rng, count):
    """Lets each command meet files that may not grow, and some of them a small disk and another user's files."""
    for case in trials.working(some(cases, rng, count)):
        for _ in range(count):
            file_size(trials, case, rng)
    parish = [case for case in cases if case.start == "parish"]
    few = rng.sample(parish, min(count * 4, len(parish)))
    if can("unshare", "-m", "true"):
        for case in trials.working(few):
            small_disk(trials, case, rng)
    else:
        print("limits: no disk can be mounted here, so that none is full", file=sys.stderr)
    if os.geteuid() == 0 and can(*AS_NOBODY, "true"):
        for case in few:
            for belongings in BELONGINGS:
                somebody_else(trials, case, belongings)
    else:
        print("limits: only root can become somebody else, so that is left out", file=sys.stderr)


def can(*command):
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


# Files that may not grow

def file_size(trials, case, rng):
    """Beyond a size a write gets SIGXFSZ and EFBIG (setrlimit(2))."""
    world = trials.world
    trials.final(case)
    world.restore(case.start)
    sizes = [0, 4096, 60_000]
    if os.path.exists(world.database):
        sizes += [os.path.getsize(world.database) + extra for extra in (-8192, 4096, 100_000)]
    blocks = max(0, rng.choice(sizes) + rng.randrange(8192)) // 1024
    # In the shell's units, of 1024 bytes.
    result = world.run(*case.arguments, stdin=case.stdin, around=("bash", "-c", f'ulimit -f {blocks} && exec "$0" "$@"'))
    place = f"[files of {blocks} KiB at most]"
    trials.judge_failure(case, result, place)
    trials.finish(case, place)


# A disk that is full

def small_disk(trials, case, rng):
    """Everything is on a disk with little room left."""
    world = trials.world
    trials.final(case)
    world.restore(case.start)
    used = sum(os.path.getsize(os.path.join(folder, name)) // 4096 + 2
               for folder, _, names in os.walk(world.live) for name in names) * 4
    size = used + rng.choice([8, 40, 100, 300])
    kept, left = os.path.join(world.kept, case.start), os.path.join(world.root, "left")
    shutil.rmtree(left, ignore_errors=True)
    script = (f'mount -t tmpfs -o size={size}k,mode=700 none "$LIVE" && cp -a "$KEPT/." "$LIVE" && cd "$LIVE/work" || exit 99\n'
              '"$0" "$@"; status=$?; cp -a "$LIVE" "$LEFT" || exit 99; exit $status')
    result = world.run(
        *case.arguments, stdin=case.stdin, around=("unshare", "-m", "bash", "-c", script),
        environment={"LIVE": world.live, "KEPT": kept, "LEFT": left})
    place = f"[a disk of {size} KiB, {used} of them used]"
    if result.status == 99:
        return
    for entry in os.listdir(world.live):
        remove(os.path.join(world.live, entry))
    shutil.copytree(left, world.live, symlinks=True, dirs_exist_ok=True)
    trials.judge_failure(case, result, place)
    trials.finish(case, place)


# Another user's

AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
# What belongs to the one who runs the program; the rest can be read.
BELONGINGS = ["nothing", "the files", "all but the database"]


def somebody_else(trials, case, belongings):
    """Runs as somebody to whom not everything belongs that is needed."""
    world = trials.world
    world.restore("parish")
    folder = os.path.dirname(world.database)
    os.chmod(world.root, 0o711)
    for place, names, files in os.walk(world.live):
        for name in files:
            path = os.path.join(place, name)
            os.chmod(path, 0o644)
            if belongings != "nothing" and not (belongings == "all but the database" and path == world.database):
                os.chown(path, NOBODY, NOBODY)
        os.chmod(place, 0o755)
        if belongings == "all but the database":
            os.chown(place, NOBODY, NOBODY)
    if belongings == "the files":
        for path in os.listdir(folder):
            os.chmod(os.path.join(folder, path), 0o755 if os.path.isdir(os.path.join(folder, path)) else 0o600)
    result = world.run(*case.arguments, stdin=case.stdin, around=AS_NOBODY)
    place = f"[{belongings} belong to who runs it]"
    if result.signal or result.status in (1, 2, 126, 127) or "INTERNAL_ERROR" in result.err:
        trials.problems.add("broke down", case, place, str(result))
    elif result.status not in {case.status, 4, 7, 9, 10, 11, 13, 75}:
        trials.problems.add(f"ended with {result.status}", case, place, str(result))
    elif result.status and "caresphere: " not in result.err:
        trials.problems.add("says nothing", case, place, str(result))
    if not trials.is_untouched(case) and belongings != "the files":
        trials.problems.add("changed what belongs to somebody else", case, place, str(result))
