"""The rows of rules: a run with nothing due, a day's birthdays, and what members cost who are not concerned."""

import datetime
import re
import subprocess

from measure import Failed, alternate, median
from report import Row

RULES = 50


def add(bench, database, *arguments):
    bench.ours(database, "rule", "add", *arguments, "--quiet")


def fill(bench, database):
    """Fifty rules of all kinds, none of which has anything to do in the middle of the day but by what happens."""
    note = ["--action", "add_note", "--action-config", '{"note":"{{firstName}}"}']
    for number in range(20):
        add(bench, database, f"Birthday {number}", "--trigger", "birthday", "--offset-days", str(number - 10),
            "--at", "03:00", "--where", f'city = "Nowhere {number}"', *note)
    for number in range(10):
        add(bench, database, f"Years {number}", "--trigger", "anniversary", "--offset-days", str(number), "--at", "03:00",
            "--where", f'city = "Nowhere {number}"', *note)
    for number in range(14):
        add(bench, database, f"Tag {number}", "--trigger", "tag_added", "--trigger-tag", f"tag {number}", *note)
    for number in range(4):
        add(bench, database, f"Hour {number}", "--trigger", "schedule", "--cron", f"0 {number} * * *",
            "--where", f'city = "Nowhere {number}"', *note)
    add(bench, database, "Quiet", "--trigger", "inactivity", "--trigger-config", '{"days":365}', *note)
    add(bench, database, "Greeting", "--trigger", "birthday", "--at", "04:00", "--action", "send_message",
        "--action-config", '{"subject":"Happy birthday","content":"Dear {{firstName}}, all the best!"}')


def taken_up(bench, database, *arguments):
    """How many milliseconds a run takes to find whose day has come, as it says itself."""
    command = [bench.binary, "rule", "run", "--verbose", *arguments, "--db", database]
    result = subprocess.run(command, env=bench.environment, capture_output=True, text=True, check=False)
    found = re.search(r"day has come in (\d+) ms", result.stderr)
    if result.returncode != 0 or not found:
        raise Failed(f"rule run ended with {result.returncode}: {result.stderr[-500:]}")
    return int(found.group(1))


def measure(bench, database, count):
    fill(bench, database)
    # What is due between the making of the rules and now is done before.
    bench.ours(database, "rule", "run", "--no-deliver", "--quiet")
    idle, version = alternate(
        lambda: bench.ours(database, "rule", "run", "--quiet"), lambda: bench.ours(database, "--version"), 101)
    bench.compare(f"`rule run`, nothing due, {RULES} rules, {count:,} members", "`caresphere --version`", idle,
                  version, 3.0)
    tomorrow = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).strftime("%Y-%m-%d 12:00")
    flags = ["--rule", "Greeting", "--as-of", tomorrow]
    found = sorted(taken_up(bench, database, *flags, "--dry-run", "--no-deliver") for _ in range(5))[2]
    due = int(bench.shell_value(
        database, "SELECT count(*) FROM members WHERE substr(date_of_birth, -5) = strftime('%m-%d', 'now', '+1 day')"
        " AND member_status <> 'archived'"))
    run = bench.ours(database, "rule", "run", *flags, "--no-deliver", "--quiet")
    rate = due / (run.seconds - idle.seconds)
    label = f"of {count:,} members with {due:,} birthdays"
    bench.rows.append(Row(f"finding them, {label}", f"{found} ms", "", "", found, 20, " ms"))
    bench.rows.append(Row(f"queueing a message to each, a second, {label}", f"{rate:,.0f}", "", "", rate, 5000,
                          "", at_least=True))
