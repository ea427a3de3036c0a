"""What `caresphere` exports of a database, as CSV, for a recount.

Three things have no export for all people at once, and are read with the `sqlite3` shell instead: events of messages
(`message_events`), changes of statuses (`member_status_changes`) and who was deleted (`member_departures`).
"""

import csv
import io
import json
import subprocess

NOT_EXPORTED = {
    "events": "SELECT recipient_id, message_id, event, at, url FROM message_events",
    "statuses": "SELECT member_id, at, before, after FROM member_status_changes ORDER BY row_id",
    "departures": "SELECT join_date, created_at, status, archived_at, at FROM member_departures",
}


class Program:
    """The program, with the database and the zone of the environment."""

    def __init__(self, binary, database):
        self.binary, self.database = binary, database

    def text(self, *arguments):
        run = subprocess.run([self.binary, *arguments], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise SystemExit(f"{' '.join(arguments)} ended with {run.returncode}: {run.stderr}")
        return run.stdout

    def rows(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.text(*arguments, "--format", "csv", "--raw"))))

    def data(self, *arguments):
        return json.loads(self.text(*arguments, "--json"))["data"]

    def ids(self, *arguments):
        return set(self.text(*arguments, "--format", "ids").split())

    def shell(self, sql):
        run = subprocess.run(["sqlite3", "-readonly", "-csv", "-header", self.database, sql], capture_output=True,
                             text=True, check=True)
        return list(csv.DictReader(io.StringIO(run.stdout)))


class Export:
    """Everything that figures are made of."""

    def __init__(self, program):
        self.members = program.rows("member", "export")
        self.messages = program.rows("message", "list")
        self.recipients = [
            {**row, "messageId": message["id"]}
            for message in self.messages for row in program.rows("message", "recipients", message["id"])
        ]
        self.activities = [
            {**row, "memberId": member["id"]}
            for member in self.members for row in program.rows("member", "activities", member["id"])
        ]
        self.templates = program.rows("template", "list")
        self.groups = program.rows("group", "list")
        self.rules = program.rows("rule", "list")
        self.logs = program.rows("rule", "logs")
        self.events, self.statuses, self.departures = (program.shell(sql) for sql in NOT_EXPORTED.values())
