"""Makes many people and recipients out of a smaller community, much as `demo` would, in a fraction of its time.

Rows are added at the ends of tables, with ids that ascend; indexes, the search index and the counters are made anew
afterwards. `caresphere check` must find nothing wrong.
"""

import sqlite3

from measure import say

SEED = 100_000
# The tables that are filled. Their indexes, but those that keep ids unique, are taken away meanwhile.
FILLED = (
    "members", "member_consents", "member_group_assignments", "member_status_changes", "member_activities",
    "message_recipients", "message_events")
COUNTERS = {
    "recipient_count": "status <> 'skipped'", "skipped_count": "status = 'skipped'",
    "pending_count": "status = 'pending'", "held_count": "status = 'held'", "sent_count": "sent_at IS NOT NULL",
    "delivered_count": "delivered_at IS NOT NULL", "opened_count": "opened_at IS NOT NULL",
    "clicked_count": "clicked_at IS NOT NULL", "failed_count": "status = 'failed'"}


def columns(connection, table, replaced):
    """The columns of a table, and what goes into those of a copy."""
    names = [r[1] for r in connection.execute(f"PRAGMA table_info({table})") if r[1] not in replaced or replaced[r[1]]]
    return ", ".join(names), ", ".join(replaced.get(name, f"s.{name}") for name in names)


def copy_people(connection, copies):
    """Adds each person `copies` times, with what belongs to them but notes and messages."""
    last = connection.execute("SELECT max(row_id) FROM members").fetchone()[0]
    person = "(SELECT printf('01a2%04x-0000-7000-8000-%012x', ?1, row_id) FROM members WHERE id = s.member_id)"
    new = {
        "row_id": f"s.row_id + ?1 * {last}", "id": "printf('01a2%04x-0000-7000-8000-%012x', ?1, s.row_id)",
        "email": "'p' || ?1 || '.' || s.email", "phone": "s.phone || printf('%02d', ?1)",
        "external_id": "s.external_id || '-' || ?1", "import_batch_id": "NULL"}
    people = columns(connection, "members", new)
    belongings = [
        (table, columns(connection, table, {"row_id": "", "member_id": person, **more})) for table, more in (
            ("member_consents", {}), ("member_status_changes", {}),
            ("member_group_assignments", {
                "id": "printf('01a2%04x-0001-7000-8000-%012x', ?1, s.rowid)", "import_batch_id": "NULL"}),
            ("member_activities", {"id": "printf('01a2%04x-0002-7000-8000-%012x', ?1, s.rowid)"}))]
    limits = {table: connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0]
              for table, _ in belongings if table != "member_consents"}
    consents = connection.execute("SELECT member_id FROM member_consents").fetchall()
    connection.execute("CREATE TEMP TABLE had (member_id TEXT PRIMARY KEY)")
    connection.executemany("INSERT OR IGNORE INTO had VALUES (?)", consents)
    for copy in range(1, copies + 1):
        connection.execute(
            f"INSERT INTO members ({people[0]}) SELECT {people[1]} FROM members AS s WHERE s.row_id <= {last}", (copy,))
        for table, (names, values) in belongings:
            limit = f"s.rowid <= {limits[table]}" if table in limits else "s.member_id IN (SELECT member_id FROM had)"
            # What is sent to people is told by the messages.
            limit += " AND activity_type <> 'message_sent'" if table == "member_activities" else ""
            connection.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS s WHERE {limit}", (copy,))
    say(f"  {last * (copies + 1):,} people")
    return last


def copy_recipients(connection, copies, last):
    """Lets each message go to the copies of those whom it went to, with what they did with it."""
    member = "printf('01a2%04x-0000-7000-8000-%012x', ?1, m.row_id)"
    recipient = "printf('01a2%04x-%04x-7000-8000-%012x', ?2, ?1, m.row_id)"
    rows = columns(connection, "message_recipients", {
        "row_id": "", "id": recipient, "member_id": member, "recipient_email": "'p' || ?1 || '.' || s.recipient_email",
        "recipient_phone": "s.recipient_phone || printf('%02d', ?1)", "provider_id": ""})
    events = columns(connection, "message_events", {
        "row_id": "", "recipient_id": recipient, "member_id": member, "event_id": "s.event_id || '-' || ?1"})
    source = f"JOIN members AS m ON m.id = s.member_id AND m.row_id <= {last} WHERE s.message_id = ?3"
    limit = connection.execute("SELECT max(row_id) FROM message_events").fetchone()[0]
    messages = [r[0] for r in connection.execute("SELECT id FROM messages WHERE recipient_count + skipped_count > 0")]
    for table, (names, values), more in (
        ("message_recipients", rows, "ORDER BY s.member_id"),
        ("message_events", events, f"AND s.row_id <= {limit}"),
    ):
        # Of the message's events as they are, for those that are added are of others.
        connection.execute(f"CREATE TEMP TABLE source AS SELECT * FROM {table}")
        connection.execute("CREATE INDEX temp.source_message ON source (message_id, member_id)")
        for number, message in enumerate(messages):
            for copy in range(1, copies + 1):
                connection.execute(
                    f"INSERT INTO {table} ({names}) SELECT {values} FROM temp.source AS s {source} {more}",
                    (copy, number, message))
        connection.execute("DROP TABLE temp.source")
        say(f"  {table}")


def copy_messages(connection, wanted):
    """Sends the largest messages again, and again, until there are as many recipients; nothing is told of them."""
    count = connection.execute("SELECT count(*) FROM message_recipients").fetchone()[0]
    sources = [r[0] for r in connection.execute(
        "SELECT id FROM messages WHERE status = 'sent' AND is_automatic = 0 ORDER BY recipient_count DESC LIMIT 10")]
    message = columns(connection, "messages", {
        "id": "?1", "title": "s.title || ' ' || ?3", "template_id": "NULL", "rule_id": "NULL"})
    rows = columns(connection, "message_recipients", {
        "row_id": "", "id": "printf('01a3%04x-0000-7000-8000-%012x', ?3, s.row_id)", "message_id": "?1",
        "provider_id": ""})
    number = 0
    while count < wanted:
        number += 1
        arguments = (f"01a3{number:04x}-0000-7000-8000-000000000000", sources[number % len(sources)], number)
        connection.execute(
            f"INSERT INTO messages ({message[0]}) SELECT {message[1]} FROM messages AS s WHERE s.id = ?2", arguments)
        count += connection.execute(
            f"INSERT INTO message_recipients ({rows[0]}) SELECT {rows[1]} FROM message_recipients AS s"
            " WHERE s.message_id = ?2 ORDER BY s.member_id", arguments).rowcount
    say(f"  {count:,} recipients")


def multiply(database, members, recipients):
    """Fills a database that `demo` has made until it has as many people and recipients."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA foreign_keys = OFF;")
    connection.execute("BEGIN EXCLUSIVE")
    marks = ", ".join("?" * len(FILLED))
    made = connection.execute(
        f"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ({marks}) AND sql IS NOT NULL"
        " AND type IN ('index', 'trigger') ORDER BY rowid", FILLED).fetchall()
    for kind, name, _ in made:
        connection.execute(f"DROP {kind} {name}")
    copies = -(-members // connection.execute("SELECT count(*) FROM members").fetchone()[0]) - 1
    last = copy_people(connection, copies)
    copy_recipients(connection, copies, last)
    sums = ", ".join(f"sum({condition})" for condition in COUNTERS.values())
    connection.execute(
        f"UPDATE messages SET ({', '.join(COUNTERS)}) = (SELECT {sums} FROM message_recipients AS r"
        " WHERE r.message_id = messages.id) WHERE recipient_count + skipped_count > 0")
    copy_messages(connection, recipients)
    connection.execute(
        "UPDATE member_groups SET member_count = coalesce((SELECT n FROM (SELECT group_id, count(*) AS n"
        " FROM member_group_assignments GROUP BY group_id) WHERE group_id = member_groups.id), 0)")
    connection.execute("INSERT INTO member_search (member_search) VALUES ('rebuild')")
    say("  the search index")
    for _, name, sql in made:
        connection.execute(sql)
        say(f"  {name}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
