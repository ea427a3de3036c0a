"""Values that no version of the program writes, in any column of any table, past all checks: as another program, or a
damaged disk, may leave them."""

import re
import sqlite3

from trial import survive

# Values by what they are; a text column may get a number and the other way round.
VALUES = {
    "largest integer": 2**63 - 1, "smallest integer": -2**63, "minus one": -1, "billions": 10**12, "NULL": None,
    "nothing": "", "word": "nonsense", "zero byte": "a\0b", "real": 1.5e300, "infinite": float("inf"),
    "blob": b"\xff\xfe\x00", "invalid UTF-8": b"\xc3\x28\xa0\xff", "long": "x" * 10_000_000, "no object": "[1,2",
    "deep": "[" * 100_000, "list": '["a",{"b":[null,1e999]},-0]', "object": '{"a":{"b":"c"},"members":[1],"note":7}',
    "no date": "2026-13-45T99:99:99Z", "early date": "0000-00-00", "late date": "9999-12-31T23:59:59Z",
    "far date": "99999-01-01T00:00:00Z", "Persian digits": "۲۰۲۶-۰۱-۰۱T۰۰:۰۰:۰۰Z", "escape": "\x1b[2J\u202e",
    "unclosed": "{{#a}}{{b", "partial of itself": "{{> Birthday}}", "expression": "((status = active",
    "cron": '{"cron":"99 99 99 99 99","at":"25:61","days":-9223372036854775808,"offsetDays":9223372036854775807}',
}
ALWAYS = ["status", "member list", "member export", "message list", "message recipients", "rule run", "message deliver"]
OTHERS = 20


def run(trials, cases, rng, count):
    """Puts nonsense into `count` columns, each in its turn, and lets commands work on it."""
    trials.start("parish")
    cases = [case for case in cases if case.start == "parish"]
    always = [case for case in cases if any(case.name.startswith(name) for name in ALWAYS)]
    places = columns(trials.world)
    rng.shuffle(places)
    for number in range(count):
        table, column = places[number % len(places)]
        kind = rng.choice(sorted(VALUES))
        trials.world.restore("parish")
        spoil(trials.world.database, table, column, VALUES[kind])
        place = f"[{table}.{column} = {kind}]"
        for case in always + rng.sample(cases, min(OTHERS, len(cases))):
            result = trials.world.run(*case.arguments, stdin=case.stdin, timeout=240)
            survive(trials, case, place, result)


def columns(world):
    world.restore("parish")
    connection = sqlite3.connect(world.database)
    names = [row[0] for row in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name")]
    found = [(table, row[1]) for table in names for row in connection.execute(f"PRAGMA table_info({table})")]
    connection.close()
    # The last number of a table of its own kind is the row's name, and can be nothing but a number.
    return [place for place in found if place[1] != "row_id"]


def spoil(path, table, column, value):
    """Sets the column in every second row, or in all where it need not be unique, past types and checks."""
    with_checks = schema(path)
    without = {table: re.sub(r"\bSTRICT\b,?", "", re.sub(r"\bNOT NULL\b", "", with_checks[table]))}
    rewrite(path, without)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    triggers = [row for row in connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")]
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    is_text = isinstance(value, bytes) and value.startswith(b"\xc3")
    try:
        connection.execute(f'UPDATE OR IGNORE "{table}" SET "{column}" = {"CAST(? AS TEXT)" if is_text else "?"}', (value,))
    except sqlite3.Error:
        pass  # Not even SQLite takes it there.
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()
    rewrite(path, {table: with_checks[table]})


def schema(path):
    connection = sqlite3.connect(path)
    rows = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"))
    connection.close()
    return rows


def rewrite(path, tables):
    """Puts other words into the schema, as they are."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    for name, sql in tables.items():
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (sql, name))
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.close()
