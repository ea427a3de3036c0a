"""Harms the built program in every way that a machine can, and looks at what is left.

    faults.py --binary PROGRAM [--only kills,errors,…] [--verb WORDS] [--seed N] [--long]

Ends with 0 where everything held, else with 1 and one line for each kind of problem. Lengths are variables of the
environment, as CONTRIBUTING tells."""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time

import clocks
import damage
import erasure
import errors
import kills
import limits
import nonsense
import parish
import soak
import underfoot
import verbs
from trial import Problems, Trials
from world import World

# Of each harm what runs it, the variable that says how much of it, and how much that is in the short and long form.
HARMS = {
    "kills": (kills.run, "CARESPHERE_TEST_FAULTS", 1, 40),
    "errors": (errors.run, "CARESPHERE_TEST_FAULTS", 1, 60),
    "limits": (limits.run, "CARESPHERE_TEST_FAULTS", 1, 12),
    "clocks": (clocks.run, "CARESPHERE_TEST_FAULTS", 1, 4),
    "underfoot": (underfoot.run, "CARESPHERE_TEST_FAULTS", 1, 12),
    "damage": (damage.run, "CARESPHERE_TEST_DAMAGES", 10, 400),
    "nonsense": (nonsense.run, "CARESPHERE_TEST_DAMAGES", 10, 400),
    "erasure": (erasure.run, "CARESPHERE_TEST_FAULTS", 1, 5),
    "soak": (soak.run, "CARESPHERE_TEST_SOAK", 15, 300),
}


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--only", default=",".join(HARMS), help="these harms, of: " + ", ".join(HARMS))
    parser.add_argument("--verb", default="", help="only commands with these words")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("CARESPHERE_TEST_SEED", "1")))
    parser.add_argument("--long", action="store_true", help="as before a release")
    return parser.parse_args()


def compiler():
    name = next((name for name in ["cc", "gcc", "clang"] if shutil.which(name)), None)
    if name is None:
        sys.exit("no C compiler to build the shim with")
    return name


def folder():
    """Where there is room and syncing costs nothing: the memory, if the machine lets us."""
    memory = "/dev/shm"
    return tempfile.mkdtemp(prefix="care-faults-", dir=memory if os.access(memory, os.W_OK | os.X_OK) else None)


def harm(name, chosen, root, problems):
    """Does one harm, to a world of its own."""
    begun = time.monotonic()
    world = World(chosen.binary, root)
    world.build_shim(compiler())
    known = verbs.known(world)
    cases = verbs.cases(parish.build(world), known)
    for verb in verbs.missing(cases, known):
        problems.found[f"no case for the verb {' '.join(verb)}: add one to Tests/Faults/verbs.py"] = [""]
    run, variable, short, long = HARMS[name]
    run(Trials(world, problems), [case for case in cases if chosen.verb in case.name],
        random.Random(f"{name} {chosen.seed}"), int(os.environ.get(variable, long if chosen.long else short)))
    print(f"{name}: {time.monotonic() - begun:.0f} s, {len(problems)} kinds of problems so far", file=sys.stderr, flush=True)


def main():
    chosen = options()
    root = folder()
    problems = Problems()
    try:
        for name in chosen.only.split(","):
            harm(name, chosen, root, problems)
    finally:
        if not os.environ.get("CARESPHERE_TEST_KEEP"):
            shutil.rmtree(root, ignore_errors=True)
    print(problems.report())
    sys.exit(1 if len(problems) else 0)


if __name__ == "__main__":
    main()
