"""Power fails, or somebody loses patience: kill -9 at any moment of any command that changes something."""

from trial import CHANGING


def run(trials, cases, rng, count):
    """Kills each command at `count` places: before calls spread over all that it makes, in the middle of a write, and
    at moments of its time."""
    for case in trials.working(case for case in cases if case.makes or not case.reads):
        _, _, calls, _, seconds = trials.final(case)
        for number in range(count):
            if number % 6 == 4:
                trials.kill(case, do="torn", calls="write", at=rng.randint(1, max(1, calls // 3)))
            elif number % 6 == 5:
                trials.kill(case, after=rng.uniform(0, seconds * 1.1))
            else:
                trials.kill(case, do="kill", calls=CHANGING, at=rng.randint(1, calls))
