"""One command, cut short or made to fail at one place, and what has to hold afterwards."""

import os
import re
import subprocess
import sys

from dump import Dump, difference, soundness

DATABASE = "home/.local/share/caresphere/caresphere.db"
# What a process that was killed may leave: files that say by their names that they are none yet.
UNFINISHED = re.compile(
    r"/\.caresphere-[^/]+$|\.new-\d+(-\w+)*(\.lock)?$|^tmp/etilqs_\w+$|/session-\w+\.json\.[0-9a-f]+$"
    r"|/outbox/tmp/[^/]+$")
# What a command may say that is given again after all or part of it was done.
AGAIN = {0, 3, 4, 6, 7, 11}
# How a command may end where the system fails it: what the contract has for databases, files, parts, servers, and what
# tells a mail server to try again.
TOLD = {9, 10, 11, 13, 75}


class Problems:
    """What was found wrong, each kind of it once."""

    def __init__(self):
        self.found = {}

    def add(self, kind, case, place, text=""):
        name = f"{kind}: caresphere {case.name}"
        # A long run tells at once what it finds; all of it stands at its end.
        if name not in self.found:
            print(f"{name}: {place} {text}", file=sys.stderr, flush=True)
        self.found.setdefault(name, []).append(f"{place} {text}".strip())

    def __len__(self):
        return len(self.found)

    def report(self):
        return "\n".join(f"{kind} ({len(all)} times, first: {all[0]})" for kind, all in self.found.items())


class Trials:
    """Runs commands under harm. `finals` are the states that they lead to when nothing is the matter."""

    def __init__(self, world, problems):
        self.world, self.problems = world, problems
        self.starts, self.finals = {}, {}
        self.can_check = world.run("help", "check").status == 0

    # The states before and after

    def start(self, name):
        if name not in self.starts:
            path = os.path.join(self.world.kept, name, DATABASE)
            dump = Dump(path) if os.path.exists(path) else None
            self.world.restore(name)
            self.starts[name] = (dump.text() if dump else None, dump.words() if dump else set(), self.world.files())
        return self.starts[name]

    def state(self, case, attempts=True):
        """The database as it is now, without what differs from run to run; None where there is none."""
        if not os.path.exists(self.world.database):
            return None
        return Dump(self.world.database).text(self.start(case.start)[1], attempts)

    def is_untouched(self, case):
        before = self.start(case.start)[0]
        exists = os.path.exists(self.world.database)
        return Dump(self.world.database).text() == before if before is not None and exists else not exists

    def final(self, case):
        """What the command leads to: the state, the state after the commands of `finish`, without what attempts change,
        how many calls it makes that change files, how many it makes at all, and how long it takes."""
        if case not in self.finals:
            self.start(case.start)
            self.world.restore(case.start)
            result, every = self.world.faulty(*case.arguments, stdin=case.stdin)
            if result.status != case.status:
                raise AssertionError(f"without any fault, not {case.status}: {result}")
            state = self.state(case)
            for command in case.finish:
                self.world.run(*command, stdin=case.stdin)
            states = state, self.state(case, attempts=False)
            self.world.restore(case.start)
            _, changing = self.world.faulty(*case.arguments, stdin=case.stdin, calls=CHANGING)
            self.finals[case] = (*states, changing, every, result.seconds)
        return self.finals[case]

    def working(self, cases):
        """The cases that end as they should when nothing is the matter; the others are a problem by themselves."""
        for case in cases:
            try:
                self.final(case)
            except AssertionError as error:
                self.problems.add("fails without any fault", case, "", str(error))
            else:
                yield case

    # Killed

    def kill(self, case, **faults):
        """Ends the command at a call, or after `after` seconds, and looks at what it leaves."""
        self.final(case)
        self.world.restore(case.start)
        after = faults.pop("after", None)
        if after is None:
            result, _ = self.world.faulty(*case.arguments, stdin=case.stdin, **faults)
        else:
            result = self._kill_after(case, after)
        place = f"[{faults or f'{after:.4f} s'}]"
        if result.signal != 9:
            if result.status != case.status:
                self.problems.add("ended otherwise before it was killed", case, place, str(result))
            return
        self.judge_rest(case, place)
        self.finish(case, place)

    def _kill_after(self, case, seconds):
        process = self.world.start(*case.arguments)
        try:
            process.stdin.write(case.stdin)
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdin = None
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return self.world.finish(process, case.arguments, None)

    def judge_rest(self, case, place, did_without=False):
        """What has to hold whenever a command was cut short.

        did_without: whether it has said that the state is another one than it usually leads to."""
        if os.path.exists(self.world.database):
            for problem in soundness(self.world.database):
                self.problems.add("unsound", case, place, problem)
        if not (self.is_untouched(case) or case.gradual or did_without):
            final, state = self.final(case)[0], self.state(case)
            if state != final:
                self.problems.add("half done", case, place, difference(final or "", state or ""))
        for path in self.world.files() - self.start(case.start)[2]:
            if not (UNFINISHED.search(path) or path.endswith((".db", ".json")) or "/outbox/new/" in path
                    or any(name in path for name in case.makes)):
                self.problems.add("left a file", case, place, path)
        for command in [("check",)] if self.can_check and os.path.exists(self.world.database) else []:
            result = self.world.run(*command)
            if result.status != 0:
                self.problems.add("check finds something", case, place, str(result))
        if case.login:
            result = self.world.run("user", "whoami")
            if result.status != 0:
                self.problems.add("nobody is logged in", case, place, str(result))

    def finish(self, case, place):
        """Goes on where the command was cut short: it must lead to where it would have led."""
        was_untouched = self.is_untouched(case)
        for command in case.finish or (case.arguments,):
            result = self.world.run(*command, stdin=case.stdin)
            is_first = was_untouched and not (case.finish or case.makes)
            if result.status not in ({case.status} if is_first else AGAIN):
                self.problems.add("does not go on", case, place, str(result))
        # What was made in spite of a failure is not made again.
        if case.finish or (was_untouched and not (case.makes and result.status == 7)):
            wanted, state = self.final(case)[1], self.state(case, attempts=False)
            if state != wanted and case.start == "parish" and not case.reads:
                self.problems.add("goes on to something else", case, place, difference(wanted, state))
        for problem in soundness(self.world.database) if os.path.exists(self.world.database) else []:
            self.problems.add("unsound after it went on", case, place, problem)

    # Failing

    def fail(self, case, harmless=False, **faults):
        """Lets a call fail. Where that is `harmless`, such as an interrupted one, all must be as if it had not."""
        self.final(case)
        self.world.restore(case.start)
        locks = faults.get("calls") == "lock"
        # Where there are no locks another process may have them, and is waited for.
        patience = ("--lock-timeout", "1s") if locks else ()
        result, _ = self.world.faulty(*case.arguments, *patience, stdin=case.stdin, **faults)
        self.judge_failure(case, result, f"[{faults}]", harmless, TOLD | {8} if locks else TOLD)
        for path in self.world.files() - self.start(case.start)[2]:
            if UNFINISHED.search(path) and "unlink" not in faults.get("calls", ""):
                self.problems.add("left an unfinished file", case, f"[{faults}]", path)
        self.finish(case, f"[{faults}]")

    def judge_failure(self, case, result, place, harmless=False, told=None):
        """Looks at how a command ended to which something was refused, and at what it has left."""
        did_without = any(words in result.err for words in case.without)
        if result.signal or result.status == 1 or "INTERNAL_ERROR" in result.err or "Fatal" in result.err:
            self.problems.add("broke down", case, place, str(result))
        elif result.status != case.status:
            if harmless or result.status not in (told or TOLD):
                self.problems.add(f"ended with {result.status}", case, place, str(result))
            elif "caresphere: " not in result.err:
                self.problems.add("says nothing", case, place, str(result))
        elif not (case.reads or case.gradual or did_without) and self.state(case) != self.final(case)[0]:
            self.problems.add("claims to have done it", case, place, str(result))
        self.judge_rest(case, place, did_without)
        for path in self.world.files() - self.start(case.start)[2]:
            if result.status in (9, 10) and case.reads and path.endswith(case.makes) and "outbox" not in path:
                self.problems.add("left what it says it could not make", case, place, path)

    def judge_clock(self, case, place):
        """Looks at a state that a wrong clock has made: other moments, but nothing broken."""
        for problem in soundness(self.world.database) if os.path.exists(self.world.database) else []:
            self.problems.add("unsound", case, place, problem)
        for command in [("status",), ("member", "list"), ("audit",)]:
            result = self.world.run(*command)
            # What a clock behind the time has made due has waited for long, and that is to be said.
            told = (0, 4, 5, 9, 11) if command == ("status",) else (0, 4, 5, 9)
            if result.signal or result.status not in told or (result.status == 9 and case.start == "parish"):
                self.problems.add("nothing works any more", case, place, str(result))


def survive(trials, case, place, result):
    """Looks at how a command ended that met data nobody can have written: not by a signal, not by our own defect."""
    if result.signal:
        trials.problems.add(f"signal {result.signal}", case, place, str(result))
    elif result.status == 1 or "INTERNAL_ERROR" in result.err:
        trials.problems.add("a defect of ours", case, place, str(result))
    elif result.status not in (0, 75) and "caresphere: " not in result.err:
        trials.problems.add("says nothing", case, place, str(result))


def some(cases, rng, count):
    """The cases; in the short form a third of them, others with another seed."""
    return cases if count > 1 else rng.sample(cases, (len(cases) + 2) // 3)


CHANGING = "open,write,sync,truncate,rename,link,unlink,close,mkdir"
