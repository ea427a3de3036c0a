"""The rows of analytics: each command on a large community, against the same figures by hand-written SQL."""

import datetime
import os
import pathlib

from measure import alternate, median, say
from report import Row, seconds

DASHBOARD_MS = 150
COMMAND_S = 1.0
REPORT_S = 3.0
REPORT_KB = 500
CHECK = 3
SOUND = "PRAGMA integrity_check; PRAGMA foreign_key_check;"

# `r` is the range: its first moment, and the one after its last. The zone is UTC, so that days are texts.
RANGE = "WITH r(since, until) AS (VALUES ('{since}', '{until}')) "

# Each statement of a command as one would write it; of some there are several forms, and the fastest counts.
MEMBERS = [
    # One statement a figure.
    """
    SELECT substr(coalesce(join_date, created_at), 1, 7), count(*), sum(member_status = 'active') FROM members GROUP BY 1;
    SELECT substr(max(c.at), 1, 7) AS month, count(*) FROM members AS m JOIN member_status_changes AS c
      ON c.member_id = m.id AND c.after = 'archived' WHERE m.member_status = 'archived' GROUP BY m.id;
    SELECT substr(at, 1, 7), count(*) FROM member_departures GROUP BY 1;
    SELECT member_status, count(*) FROM members GROUP BY 1;
    SELECT CASE WHEN date_of_birth IS NULL OR date_of_birth < '0' THEN 'unknown'
      ELSE (CAST(strftime('%Y%m%d', 'now') AS INTEGER) - CAST(replace(date_of_birth, '-', '') AS INTEGER)) / 10000 END,
      count(*) FROM members GROUP BY 1;
    SELECT gender, count(*) FROM members GROUP BY 1;
    SELECT city, count(*) FROM members GROUP BY 1 ORDER BY 2 DESC;
    SELECT membership_type, count(*) FROM members GROUP BY 1;
    SELECT g.name, g.member_count FROM member_groups AS g;
    SELECT count(*) FROM members WHERE member_status = 'active' AND instr(tags, '"volunteer"');
    SELECT count(*) FROM members WHERE join_date >= date('now', '-90 days') AND member_status <> 'archived';
    SELECT t.value, sum(c) FROM (SELECT tags, count(*) AS c FROM members WHERE tags <> '[]' GROUP BY tags), json_each(tags) AS t
      GROUP BY 1;
    """,
    # One pass, and what is small grouped again.
    """
    CREATE TEMP TABLE p AS SELECT substr(coalesce(join_date, created_at), 1, 7) AS month, member_status,
      substr(date_of_birth, 1, 4) AS born, gender, city, membership_type, tags, count(*) AS c
      FROM members GROUP BY 1, 2, 3, 4, 5, 6, 7;
    SELECT month, sum(c), sum(c * (member_status = 'active')) FROM p GROUP BY 1;
    SELECT substr(max(c.at), 1, 7) AS month, count(*) FROM members AS m JOIN member_status_changes AS c
      ON c.member_id = m.id AND c.after = 'archived' WHERE m.member_status = 'archived' GROUP BY m.id;
    SELECT member_status, sum(c) FROM p GROUP BY 1; SELECT born, sum(c) FROM p GROUP BY 1;
    SELECT gender, sum(c) FROM p GROUP BY 1; SELECT city, sum(c) FROM p GROUP BY 1;
    SELECT membership_type, sum(c) FROM p GROUP BY 1; SELECT tags, sum(c) FROM p GROUP BY 1;
    SELECT g.name, g.member_count FROM member_groups AS g;
    SELECT count(*) FROM members WHERE join_date >= date('now', '-90 days') AND member_status <> 'archived';
    """,
]
MESSAGES = [
    RANGE + """
    SELECT substr(coalesce(sent_at, created_at), 1, 7), message_type, status, count(*), sum(sent_count),
      sum(delivered_count), sum(opened_count), sum(clicked_count), sum(failed_count), sum(estimated_cost), currency
      FROM messages, r WHERE coalesce(sent_at, created_at) BETWEEN since AND until GROUP BY 1, 2, 3;
    """ + RANGE + """
    SELECT template_id, count(*), sum(sent_count), sum(opened_count), sum(clicked_count) FROM messages, r
      WHERE sent_at BETWEEN since AND until GROUP BY 1 ORDER BY 4 DESC;
    """ + RANGE + """
    SELECT e.event, count(DISTINCT e.recipient_id) FROM messages AS g, r JOIN message_events AS e ON e.message_id = g.id
      AND e.event IN ('hard_bounced', 'complained', 'unsubscribed') WHERE g.sent_at BETWEEN since AND until GROUP BY 1;
    """ + RANGE + """
    SELECT e.event, substr(e.at, 1, 13), count(*) FROM messages AS g, r JOIN message_events AS e
      ON e.message_id = g.id AND e.event IN ('opened', 'clicked') WHERE g.sent_at BETWEEN since AND until GROUP BY 1, 2;
    """ + RANGE + """
    SELECT e.url, count(*), count(DISTINCT e.recipient_id) FROM messages AS g, r JOIN message_events AS e
      ON e.message_id = g.id AND e.event = 'clicked' WHERE g.sent_at BETWEEN since AND until GROUP BY 1 ORDER BY 2 DESC;
    """,
]
DEEDS = """
    SELECT member_id, at FROM message_events WHERE event IN ('opened', 'clicked')
    UNION ALL SELECT member_id, created_at FROM member_activities
    WHERE activity_type NOT IN ('message_sent', 'message_failed')
"""
ENGAGEMENT = [
    # Everybody's days in a table, of which months and scores are counted.
    RANGE.replace("WITH", "CREATE TEMP TABLE d AS WITH") + f"""
    SELECT member_id, substr(at, 1, 10) AS day, max(at) AS last FROM ({DEEDS}), r WHERE at < until GROUP BY 1, 2;
    SELECT month, count(*) FROM (SELECT DISTINCT member_id, substr(day, 1, 7) AS month FROM d) GROUP BY 1;
    CREATE TEMP TABLE s AS SELECT member_id, count(*) AS score, max(last) AS last FROM d GROUP BY 1;
    SELECT s.* FROM s JOIN members AS m ON m.id = s.member_id WHERE m.member_status <> 'archived'
      ORDER BY score DESC, last DESC LIMIT 10;
    SELECT m.id, coalesce(score, 0) FROM members AS m LEFT JOIN s ON s.member_id = m.id WHERE m.member_status <> 'archived'
      ORDER BY 2, last LIMIT 10;
    SELECT count(*) FROM s JOIN members AS m ON m.id = s.member_id
      WHERE m.member_status <> 'archived' AND last <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-90 days');
    """ + """
    SELECT rule_id, status, count(*) FROM automation_logs GROUP BY 1, 2;
    SELECT substr(coalesce(join_date, created_at), 1, 7), count(*) FROM members GROUP BY 1;
    """,
    # The same without tables, each figure from the deeds.
    f"""
    SELECT month, count(*) FROM (SELECT DISTINCT member_id, substr(at, 1, 7) AS month FROM ({DEEDS})) GROUP BY 1;
    SELECT member_id, count(DISTINCT substr(at, 1, 10)) AS score, max(at) FROM ({DEEDS}) GROUP BY 1
      ORDER BY 2 DESC, 3 DESC LIMIT 10;
    SELECT count(*) FROM (SELECT member_id, max(at) AS last FROM ({DEEDS}) GROUP BY 1)
      WHERE last <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-90 days');
    SELECT rule_id, status, count(*) FROM automation_logs GROUP BY 1, 2;
    SELECT substr(coalesce(join_date, created_at), 1, 7), count(*) FROM members GROUP BY 1;
    """,
]


def fill(bench, count):
    """A database with a community of that size, made by `demo`."""
    database = bench.initialize("analytics.db")
    run = bench.ours(database, "demo", "--members", str(count), "--quiet")
    size = os.path.getsize(database) / 2**20
    value = bench.shell_value
    rows = {name: int(value(database, f"SELECT count(*) FROM {table}")) for name, table in (
        ("recipients", "message_recipients"), ("events", "message_events"), ("activities", "member_activities"))}
    bench.notes.append(
        f"`demo --members {count}` took {seconds(run.seconds)}, {run.mebibytes:.0f} MiB of memory at most, and made "
        f"{rows['recipients']:,} recipients, {rows['events']:,} events and {rows['activities']:,} activities in a file "
        f"of {size:,.0f} MiB.")
    say("  " + bench.notes[-1])
    return database


def within(bench, what, run, bound):
    bench.rows.append(Row(what, seconds(run.seconds), "", "", run.seconds * 1000, bound * 1000, " ms"))
    say(f"  {what}: {seconds(run.seconds)}")


def measure(bench, count, times=7):
    database = fill(bench, count)
    label = f"{count:,} members"

    def command(verb, *flags):
        return bench.ours(database, "analytics", verb, "--format", "json", *flags)

    dashboard = median([command("dashboard") for _ in range(times)])
    within(bench, f"`analytics dashboard`, {label}", dashboard, DASHBOARD_MS / 1000)
    today = datetime.datetime.now(datetime.timezone.utc)
    first = (today.replace(day=1) - datetime.timedelta(days=330)).replace(day=1)
    span = {"since": first.strftime("%Y-%m-%dT00:00:00Z"), "until": today.strftime("%Y-%m-%dT%H:%M:%SZ")}
    for verb, forms in (("members", MEMBERS), ("messages", MESSAGES), ("engagement", ENGAGEMENT)):
        forms = [form.format(**span) for form in forms]
        best = min(forms, key=lambda sql: median([bench.shell("-batch", database, sql) for _ in range(2)]).seconds)
        ours, peer = alternate(lambda v=verb: command(v), lambda s=best: bench.shell("-batch", database, s), times)
        within(bench, f"`analytics {verb}`, {label}", ours, COMMAND_S)
        bench.compare(f"`analytics {verb}`, {label}", "the best of hand-written SQL", ours, peer, 1.5)
    page = bench.path("report.html")

    def report():
        pathlib.Path(page).unlink(missing_ok=True)
        return bench.ours(database, "analytics", "report", "--output", page)

    within(bench, f"`analytics report`, {label}", median([report() for _ in range(3)]), REPORT_S)
    kilobytes = os.path.getsize(page) / 1000
    bench.rows.append(Row(f"its file, {label}", f"{kilobytes:.0f} KB", "", "", kilobytes, REPORT_KB, " KB"))
    # It fails where anything is wrong.
    ours, peer = alternate(
        lambda: bench.ours(database, "check", "--quiet"), lambda: bench.shell("-readonly", database, SOUND), 3)
    bench.compare(f"`check`, {label}", "SQLite's own two checks in the `sqlite3` shell", ours, peer, CHECK)
    bench.remove(database)
