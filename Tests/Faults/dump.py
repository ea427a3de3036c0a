"""What a database says, so that two of them can be compared: exactly, or but for what differs from run to run."""

import json
import re
import sqlite3
import time

IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z| \d\d:\d\d)|\b\d{8}T\d{6}Z")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
PASSWORD = re.compile(r"\$argon2id\$[^\s\"]+")
# Seconds since 1970, how long something took, which rows a table happens to number so.
PASSING = {
    "login_attempts": {"last_at", "blocked_until"}, "automation_logs": {"row_id", "execution_time_ms"},
    "service_tokens": {"last_used_at"}, "message_recipients": {"provider_id"}}
# Counted or numbered anew by an attempt that is made again.
OF_ATTEMPTS = {
    "message_recipients": {"attempts", "claimed_at", "first_attempt_at"},
    "rule_occurrences": {"row_id", "attempts"}, "rule_events": {"row_id"}}


def connect(path):
    """A connection that can look, and leaves no trace but the log's index."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.text_factory = lambda data: data.decode(errors="surrogateescape")
    return connection


def tables(connection):
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
        "AND name NOT GLOB 'member_search*' ORDER BY name")
    return [row[0] for row in rows]


class Dump:
    """All rows of all tables."""

    def __init__(self, path):
        connection = connect(path)
        try:
            self.rows = {}
            for table in tables(connection):
                cursor = connection.execute(f'SELECT * FROM "{table}"')
                names = [column[0] for column in cursor.description]
                self.rows[table] = [dict(zip(names, row)) for row in cursor]
        finally:
            connection.close()

    def words(self):
        """All ids, moments, digests in it: what two states share is the same thing in both. Of moments only those that
        are not of these days, for two runs can fall into one second or not."""
        text = json.dumps(self.rows)
        words = {word for pattern in [IDENTIFIER, MOMENT, DIGEST, PASSWORD] for word in pattern.findall(text)}
        days = {time.strftime("%Y-%m-%d", time.gmtime(time.time() + day * 86400)) for day in (-1, 0, 1)}
        return {word for word in words if word[:10] not in days}

    def text(self, known=None, attempts=True):
        """One line a row, sorted.

        known: ids, moments and digests that stand for themselves; all others are left out. None: everything stands.
        attempts: whether what an attempt that is made again changes is part of it."""
        return "\n".join(sorted(
            f"{table} {self._line(table, row, known, attempts)}" for table, rows in self.rows.items() for row in rows))

    @staticmethod
    def _line(table, row, known, attempts):
        if known is None:
            return json.dumps(row)
        passing = PASSING.get(table, set()) | (set() if attempts else OF_ATTEMPTS.get(table, set()))
        text = json.dumps({name: value for name, value in row.items() if name not in passing})
        for pattern in [IDENTIFIER, MOMENT, DIGEST, PASSWORD]:
            text = pattern.sub(lambda match: match[0] if match[0] in known else "…", text)
        return text


def difference(one, other, limit=8):
    """The lines that only one of two texts has."""
    one, other = one.split("\n"), other.split("\n")
    lines = [f"  - {line[:400]}" for line in sorted(set(one) - set(other))]
    lines += [f"  + {line[:400]}" for line in sorted(set(other) - set(one))]
    return "\n".join(lines[:limit])


def soundness(path):
    """What SQLite itself and the numbers that follow from others say is wrong; an empty list where nothing is."""
    connection = connect(path)
    try:
        problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        for name, query in INVARIANTS.items():
            problems += [f"{name}: {row}" for row in connection.execute(query).fetchall()[:3]]
        return problems
    finally:
        connection.close()


# What holds in every state that is committed. Each gives the rows that break it.
INVARIANTS = {
    "counters of messages": """
        SELECT m.title, m.recipient_count, m.skipped_count, m.pending_count, m.held_count, m.sent_count,
          m.failed_count, r.* FROM messages AS m
        JOIN (SELECT message_id, sum(status <> 'skipped') AS a, sum(status = 'skipped') AS b,
          sum(status = 'pending') AS c, sum(status = 'held') AS d, count(sent_at) AS e, sum(status = 'failed') AS f,
          count(delivered_at) AS g, count(opened_at) AS h, count(clicked_at) AS i
          FROM message_recipients GROUP BY message_id) AS r ON r.message_id = m.id
        WHERE (m.recipient_count, m.skipped_count, m.pending_count, m.held_count, m.sent_count, m.failed_count,
          m.delivered_count, m.opened_count, m.clicked_count) IS NOT (r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h, r.i)""",
    "counters of groups": """
        SELECT name, member_count FROM member_groups AS g WHERE query IS NULL AND member_count <>
          (SELECT count(*) FROM member_group_assignments WHERE group_id = g.id)""",
    "a claim on what does not wait": """
        SELECT id, status FROM message_recipients WHERE claimed_at IS NOT NULL AND status <> 'pending'""",
    "an activity for each mail that was sent": """
        SELECT r.id FROM message_recipients AS r JOIN messages AS m ON m.id = r.message_id
        WHERE r.sent_at IS NOT NULL AND m.message_type <> 'in_app' AND (SELECT count(*) FROM member_activities AS a
          WHERE a.member_id = r.member_id AND a.activity_type = 'message_sent'
            AND json_extract(a.metadata, '$.messageId') = r.message_id) <> 1""",
    "nobody waits for a message that is over": """
        SELECT m.title, m.status FROM messages AS m WHERE m.status IN ('sent', 'failed')
          AND EXISTS (SELECT 1 FROM message_recipients WHERE message_id = m.id AND status = 'pending')""",
    "counts of rules": """
        SELECT name, success_count, failure_count FROM automation_rules AS r
        WHERE (success_count, failure_count) <> (SELECT coalesce(sum(status = 'success'), 0),
          coalesce(sum(status = 'failure'), 0) FROM automation_logs WHERE rule_id = r.id)""",
    "one success for each rule, person and occurrence": """
        SELECT rule_id, member_id, occurrence, count(*) FROM automation_logs
        WHERE status = 'success' AND occurrence IS NOT NULL AND occurrence NOT LIKE 'manual%'
        GROUP BY rule_id, member_id, occurrence HAVING count(*) > 1""",
    "everybody in the search index, and nobody else": """
        SELECT count(*) FROM members HAVING count(*) <> (SELECT count(*) FROM member_search)""",
}
