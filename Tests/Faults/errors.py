"""The system refuses a call: the disk is full or breaks, a file cannot be opened, a call is interrupted or does half."""

import errno

from trial import CHANGING, some

# What happens, to which calls, whether from then on for good, and whether the command must take no notice.
REFUSALS = [
    ("full disk", errno.ENOSPC, "open,write,mkdir,link,rename", True, False),
    ("full for a moment", errno.ENOSPC, "write", False, False),
    ("quota", errno.EDQUOT, "open,write,mkdir", True, False),
    ("broken disk", errno.EIO, "write,sync,truncate,rename,link,close", True, False),
    ("one broken write", errno.EIO, "write,sync,truncate,rename,link,unlink,mkdir", False, False),
    ("unreadable", errno.EIO, "read", True, False),
    ("one broken read", errno.EIO, "read", False, False),
    ("forbidden", errno.EACCES, "open,rename,link,unlink,mkdir", False, False),
    ("read-only", errno.EROFS, CHANGING.replace("close,", ""), True, False),
    ("out of descriptors", errno.EMFILE, "open", True, False),
    ("no locks", errno.ENOLCK, "lock", True, False),
    ("no lock for once", errno.ENOLCK, "lock", False, False),
    ("interrupted", errno.EINTR, "read,write,truncate", False, True),
    # SQLite does not try a sync again, so that it is an error like any other. Linux interrupts none of local disks.
    ("interrupted sync", errno.EINTR, "sync", False, False),
    ("half a read", "short", "read", False, True),
    ("half a write", "short", "write", False, True),
]


def run(trials, cases, rng, count):
    """Lets each command meet `count` refusals, each kind of them in turn, at any of its calls."""
    turn = rng.randrange(len(REFUSALS))
    for case in trials.working(some(cases, rng, count)):
        numbers = {}
        for _ in range(count):
            turn = (turn + 1) % len(REFUSALS)
            name, what, calls, stays, harmless = REFUSALS[turn]
            if name not in numbers:
                trials.start(case.start)
                trials.world.restore(case.start)
                _, numbers[name] = trials.world.faulty(*case.arguments, stdin=case.stdin, calls=calls)
            if numbers[name]:
                at = rng.randint(1, numbers[name])
                trials.fail(case, harmless, calls=calls, at=at, do=what, stays=1 if stays else None)
