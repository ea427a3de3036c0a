"""The clock is wrong: ten years ahead, two years behind, or it jumps while a command is at work. Nothing is sent twice,
nothing breaks down, and everything is well once the clock is right again."""

import os
import re

from dump import connect, soundness
from trial import some

YEAR = 365 * 86400
CLOCKS = [10 * YEAR, -2 * YEAR, 3600, -3600, 86400 * 45]
# What cron runs, again and again.
CRON = [("message", "deliver"), ("rule", "run")]
# What no right clock puts so far ahead.
SOON = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+3 days')"
STUCK = {
    "rules": f"SELECT count(*) FROM automation_rules WHERE is_active = 1 AND judged_until > {SOON}",
    "recipients": "SELECT count(*) FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id"
                  f" WHERE m.status = 'sending' AND r.status = 'pending' AND r.next_attempt_at > {SOON}"}


def run(trials, cases, rng, count):
    """Gives every command a wrong clock, `count` times, and then lets cron live through one."""
    world = trials.world
    for case in some(cases, rng, count):
        for _ in range(count):
            trials.start(case.start)
            world.restore(case.start)
            clock = f"{rng.choice(CLOCKS)}:{rng.choice([0, 1, 2, 3, 5, 8, 13])}"
            result, _ = world.faulty(*case.arguments, stdin=case.stdin, clock=clock)
            place = f"[clock {clock}]"
            # Ten years on nobody is logged in any more, and that is what has to be said.
            if result.status not in (case.status, 4) and not (result.status in (3, 7, 11) and "caresphere: " in result.err):
                trials.problems.add(f"ended with {result.status}", case, place, str(result))
            trials.judge_clock(case, place)
    for clock in CLOCKS if count > 1 else rng.sample(CLOCKS, 2):
        live_through(trials, cases[0], clock)


def live_through(trials, case, clock):
    """Cron runs with a wrong clock, then with a right one, then with the wrong one again."""
    world = trials.world
    world.restore("parish")
    token = os.path.join(world.work, "cron.token")
    world.must("user", "token", "always", "--role", "moderator", "--expires-in", "7300d", "--fields", "token", "-o", token)
    for turn in [clock, 0, clock, 0]:
        for command in CRON:
            result, _ = world.faulty(*command, "--token-file", token, clock=turn)
            # Behind the time the token was made at it is not valid; what is long due may have failed or been given up.
            if result.status not in (0, 4, 11):
                trials.problems.add("cron fails", case, f"[clock {turn}]", str(result))
    for problem in soundness(world.database):
        trials.problems.add("unsound after cron", case, f"[clock {clock}]", problem)
    # Whatever the clock has said meanwhile, rules and retries go on.
    connection = connect(world.database)
    for what, sql in STUCK.items():
        count = connection.execute(sql).fetchone()[0]
        if count:
            trials.problems.add("waits for a time that was wrong", case, f"[clock {clock}]", f"{what}: {count}")
    connection.close()
    mails = [mail_of(os.path.join(world.live, path)) for path in world.files() if "/outbox/new/" in path]
    for mail in sorted({mail for mail in mails if mail[0] and mails.count(mail) > 1}):
        trials.problems.add("a mail was sent twice", case, f"[clock {clock}]", str(mail))
    connection = connect(world.database)
    for table in ["members", "audit_log", "automation_logs", "message_recipients"]:
        row = connection.execute(
            f"SELECT count(*), count(DISTINCT id) FROM {table}").fetchone()
        if row[0] != row[1]:
            trials.problems.add("an id is there twice", case, f"[clock {clock}]", table)
    connection.close()


def mail_of(path):
    """To whom a mail is and what it is about."""
    with open(path, encoding="utf-8", errors="replace") as file:
        head = file.read().split("\n\n", 1)[0]
    to, subject = (re.search(rf"^{name}: (.*)$", head, re.MULTILINE) for name in ("To", "Subject"))
    return (to and to[1], subject and subject[1])
