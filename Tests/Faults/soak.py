"""Many people and programs at work on one file at once, for minutes; then every total is exact."""

import collections
import itertools
import json
import os
import threading
import time

from dump import connect, soundness
from sink import Sink
from verbs import Case, listed

CASE = Case(("several at once",))
BATCH = 60


class Soak:
    """What was done, and by it what has to be there in the end."""

    def __init__(self, trials, seconds, sink):
        self.trials, self.world, self.sink = trials, trials.world, sink
        self.end = time.monotonic() + seconds
        # Who delivers goes on for as long as others queue, which may be all the time that there is.
        self.patience = 300 + 2 * seconds
        self.begun = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.numbers, self.lock = itertools.count(), threading.Lock()
        self.done, self.imports, self.has_backup = collections.Counter(), {}, self.can("backup")
        self.analytics = set(listed(self.world, "analytics")) - {"report"}

    def can(self, *words):
        return self.world.run("help", *words).status == 0

    def go(self):
        workers = [self.import_good, self.import_bad, self.send_now, self.queue, self.deliver, self.rules, self.read,
                   self.keep_safe]
        threads = [threading.Thread(target=self.again, args=(worker,)) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def again(self, worker):
        try:
            while time.monotonic() < self.end:
                worker(next(self.numbers))
        except Exception as error:  # A worker that ends early must not be taken for one that found nothing.
            self.trials.problems.add("the soak itself broke down", CASE, worker.__name__, repr(error))

    def run(self, *arguments, stdin=b"", allowed=(0,)):
        result = self.world.run(*arguments, stdin=stdin, timeout=self.patience)
        with self.lock:
            self.done[" ".join(word for word in arguments[:2] if "/" not in word)] += 1
        if result.status not in allowed:
            self.trials.problems.add(f"ended with {result.status}", Case(arguments[:2]), "", str(result))
        return result

    # What each does

    def import_good(self, number):
        self.imports[number] = self.importing(number, "").status == 0

    def import_bad(self, number):
        self.importing(number, ",,,no address\n", allowed=(3,))
        self.imports[number] = False

    def importing(self, number, last, allowed=(0,)):
        lines = "".join(f"s{number}-{row},S{number},Person{row},s{number}-{row}@soak.example\n" for row in range(BATCH))
        text = "externalId,firstName,lastName,email\n" + lines + last
        return self.run("member", "import", "-", "--trigger-rules", stdin=text.encode(), allowed=allowed)

    def add_message(self, number, *flags):
        self.run("message", "add", "--title", f"M{number}", "--subject", f"M{number}", "--content", "Dear {{firstName}}",
                 "--to-group", "Choir", "--to-member", "ext:4", *flags)
        return f"M{number}"

    def send_now(self, number):
        self.run("message", "send", self.add_message(number), "--yes")

    def queue(self, number):
        self.run("message", "send", self.add_message(number), "--queue", "--yes")

    def deliver(self, _):
        self.run("message", "deliver")

    def rules(self, _):
        self.run("rule", "run", "--no-deliver")

    def read(self, number):
        rows = self.run("member", "export").out.count("@soak.example")
        if rows % BATCH:
            self.trials.problems.add("an export shows half an import", CASE, str(rows))
        commands = [("status",), ("member", "list", "--search", "person1"), ("message", "list"), ("rule", "logs")]
        commands += [("analytics", verb) for verb in sorted(self.analytics)]
        self.run(*commands[number % len(commands)])

    def keep_safe(self, number):
        folder = self.world.work + "/backups"
        os.makedirs(folder, exist_ok=True)
        if not self.has_backup:
            time.sleep(0.2)
            return
        path = f"{folder}/{number}.db"
        if self.run("backup", path).status == 0:
            problems = soundness(path)
            if problems:
                self.trials.problems.add("an unsound backup", CASE, path, str(problems[:3]))
            os.unlink(path)

    # What has to be there in the end

    def settle(self):
        for _ in range(3):
            self.run("rule", "run", "--no-deliver")
            self.run("message", "deliver")
        for problem in soundness(self.world.database):
            self.trials.problems.add("unsound", CASE, problem)
        if self.can("check"):
            self.run("check")
        connection = connect(self.world.database)
        self.count_imports(connection)
        self.count_mails(connection)
        self.count_rules(connection)
        connection.close()

    def expect(self, what, found, wanted):
        if found != wanted:
            self.trials.problems.add(f"{what}: {found} in place of {wanted}", CASE, "")

    def count_imports(self, connection):
        rows = dict(connection.execute(
            "SELECT first_name, count(*) FROM members WHERE email LIKE '%@soak.example' GROUP BY first_name"))
        for number, was_done in self.imports.items():
            self.expect(f"rows of import {number}", rows.get(f"S{number}", 0), BATCH if was_done else 0)

    def count_mails(self, connection):
        sent = connection.execute(
            "SELECT count(*) FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id "
            "WHERE r.sent_at IS NOT NULL AND m.title GLOB 'M[0-9]*'").fetchone()[0]
        waiting = connection.execute("SELECT count(*) FROM message_recipients WHERE status = 'pending'").fetchone()[0]
        self.expect("recipients who still wait", waiting, 0)
        self.expect("mails that came twice", len(self.sink.mails) - len(set(self.sink.mails)), 0)
        everybody = connection.execute(
            "SELECT count(*) FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id "
            "WHERE r.sent_at >= ? AND m.message_type = 'email'", (self.begun,)).fetchone()[0]
        self.expect("mails that the server took", len(self.sink.mails), everybody)
        if sent == 0:
            self.trials.problems.add("nothing was sent", CASE, "")

    def count_rules(self, connection):
        notes = dict(connection.execute(
            "SELECT m.first_name, count(*) FROM member_notes AS n JOIN members AS m ON m.id = n.member_id "
            "WHERE n.note LIKE 'Say hello to S%' GROUP BY m.first_name"))
        for number, was_done in self.imports.items():
            self.expect(f"notes that a rule wrote for import {number}", notes.get(f"S{number}", 0), BATCH if was_done else 0)


def run(trials, _cases, _rng, seconds):
    """Lets eight be at work for so many seconds."""
    world = trials.world
    trials.start("parish")
    world.restore("parish")
    # What waits from before goes first, so that the server's mails are those of the soak.
    world.must("message", "deliver")
    world.must("rule", "run")
    # The rule that mails everybody who is new would take all the time that there is.
    world.must("rule", "disable", "Welcome")
    with Sink() as sink:
        folder = world.live + "/home/.config/caresphere"
        os.makedirs(folder)
        with open(folder + "/config.json", "w", encoding="utf-8") as file:
            json.dump({"email": {"from": "office@grace.example", "transport": "smtp", "smtp": {
                "url": f"smtp://127.0.0.1:{sink.port}", "tls": "none", "connections": 2}}}, file)
        time.sleep(1.1)
        # A machine that is busy with all this is slow, and a server that is slow is not what is tried here: a mail that
        # it has taken without being heard would come twice.
        world.environment["CARESPHERE_SERVER_TIMEOUT"] = "120s"
        soak = Soak(trials, seconds, sink)
        soak.go()
        soak.settle()
        print(dict(soak.done), len(sink.mails), "mails")
