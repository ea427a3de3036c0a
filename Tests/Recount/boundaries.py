#!/usr/bin/env python3
"""Writes the SQL of a community whose times lie where a count goes wrong: around midnights of a zone, ends of months and
years, and changes of the clock. The same for the same seed.

    boundaries.py ZONE SEED | sqlite3 DATABASE
"""

import datetime
import json
import random
import sys

from calendar_periods import Range, moment

AS_OF = "2025-11-13T10:30:00Z"
CITIES = ["Lagos", "lagos", "New York", "Pokhara", "Ürümqi", ""] + [f"Town {number}" for number in range(24)]


class Writer:
    def __init__(self, zone, seed):
        self.random = random.Random(seed)
        self.when = Range(zone, moment(AS_OF))
        self.number = 0

    def id(self):
        self.number += 1
        return f"0198{self.number:04x}-0000-7000-8000-{self.number:012x}"

    def time(self, earliest=None):
        """Around the beginning of a day, at times of a month or a year, at most two years ago."""
        day = self.when.today - datetime.timedelta(days=self.random.randrange(700))
        day = self.random.choice([day, day, day.replace(day=1), day.replace(month=1, day=1),
                                  datetime.date(2025, 3, 9), datetime.date(2024, 11, 3)])
        start = self.when.start_of(min(day, self.when.today))
        shift = self.random.choice([-1, 0, 1, -3600, 3599, 3600, self.random.randrange(86400)])
        text = (start + datetime.timedelta(seconds=shift)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return max(text, earliest) if earliest else text

    def insert(self, table, **values):
        def sql(value):
            if value is None or isinstance(value, int):
                return "NULL" if value is None else str(value)
            return "'" + value.replace("'", "''") + "'"

        print(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(map(sql, values.values()))});")

    def day(self, text):
        return self.when.day(moment(text)).isoformat()

    # What there is

    def member(self, number):
        pick, chance = self.random.choice, self.random.random
        created = self.time()
        status = pick(["active"] * 6 + ["inactive", "pending", "archived", "archived"])
        member = self.id()
        born = pick([None, "--02-29", f"{2025 - pick([12, 13, 17, 18, 24, 25, 64, 65])}-11-{pick([12, 13, 14])}",
                     f"{pick(range(1930, 2025))}-0{pick(range(1, 10))}-1{pick(range(10))}"])
        self.insert(
            "members", id=member, first_name=f"F{number}", last_name=f"L{number}", name_key=f"l{number}\1f{number}",
            member_status="active", created_at=created, updated_at=created, date_of_birth=born,
            gender=pick([None, "male", "female", "other"]), city=pick(CITIES) or None,
            membership_type=pick([None, "full", "guest"]), tags=json.dumps(pick([[], ["a"], ["a", "b c"]])).replace(", ", ","),
            join_date=self.day(self.time()) if chance() < 0.5 else None)
        before, at = "active", created
        for after in [pick(["inactive", "archived"]), "active", status] if chance() < 0.4 else [status]:
            if after != before:
                at = self.time(at)
                # Who was archived before anybody wrote down when, is archived since the record was made.
                print(f"UPDATE members SET member_status = '{after}', updated_at = '{at}' WHERE id = '{member}';")
                before = after
        return member, created

    def departure(self):
        created = self.time()
        at = self.time(created)
        archived = self.time(created) if self.random.random() < 0.4 else None
        archived = archived and min(archived, at)
        self.insert("member_departures", join_date=self.day(created) if self.random.random() < 0.5 else None,
                    created_at=created, status="archived" if archived else self.random.choice(["active", "inactive"]),
                    archived_at=archived, at=at)

    def message(self, number, members, template, rule):
        pick, chance = self.random.choice, self.random.random
        message, begun = self.id(), self.time()
        kind = pick(["email", "email", "sms", "in_app"])
        is_sent = chance() < 0.85
        self.insert(
            "messages", id=message, title=f"M{number}", content="x", message_type=kind,
            status=pick(["sent", "sent", "sent", "failed"]) if is_sent else "draft", sent_at=begun if is_sent else None,
            created_at=begun, updated_at=begun, template_id=template, rule_id=rule if is_sent else None,
            estimated_cost=pick([None, 70_000, 120_000]) if kind == "sms" and is_sent else None,
            currency="USD" if kind == "sms" else None)
        for member, _ in self.random.sample(members, 12) if is_sent else []:
            self.recipient(message, member, begun, rule)

    def recipient(self, message, member, begun, rule):
        pick, chance = self.random.choice, self.random.random
        recipient, status = self.id(), pick(["sent", "delivered", "opened", "clicked", "failed", "skipped", "held"])
        sent = begun if status in ("sent", "delivered", "opened", "clicked") or status == "failed" and chance() < 0.5 else None
        opened = self.time(begun) if status in ("opened", "clicked") else None
        clicked = self.time(opened) if status == "clicked" else None
        self.insert(
            "message_recipients", id=recipient, message_id=message, member_id=member, status=status, sent_at=sent,
            delivered_at=begun if sent and chance() < 0.8 else None, opened_at=opened, clicked_at=clicked, attempts=1)
        if rule and status != "skipped":
            self.insert(
                "automation_logs", id=self.id(), rule_id=rule, member_id=member, occurrence=begun, status="success",
                action_result=json.dumps({"messageId": message}).replace(": ", ":"), executed_at=begun)

        def told(event, at, url=None):
            self.insert("message_events", recipient_id=recipient, message_id=message, member_id=member, event=event,
                        at=at, url=url, event_id=self.id())

        for _ in range(self.random.randrange(1, 3) if opened else 0):
            told("opened", self.time(opened))
        for _ in range(self.random.randrange(1, 3) if clicked else 0):
            told("clicked", self.time(clicked), pick(["https://a.example/", "https://b.example/x?y=1&z"]))
        if status == "failed" and sent:
            told("hard_bounced", begun)
        if opened and chance() < 0.1:
            told(pick(["unsubscribed", "complained"]), opened)

    def write(self):
        print("BEGIN;")
        members = [self.member(number) for number in range(60)]
        for _ in range(8):
            self.departure()
        group, rule, template = self.id(), self.id(), self.id()
        self.insert("member_groups", id=group, name="Youth", name_key="youth", created_at=AS_OF, updated_at=AS_OF)
        for member, created in self.random.sample(members, 20):
            self.insert("member_group_assignments", id=self.id(), member_id=member, group_id=group, assigned_at=created)
        self.insert("templates", id=template, name="T", name_key="t", content="x", created_at=AS_OF, updated_at=AS_OF)
        self.insert(
            "automation_rules", id=rule, name="R", name_key="r", trigger_type="birthday", action_type="add_tag",
            action_config='{"tag":"x"}', judged_until=AS_OF, created_at="2025-10-31T23:30:00Z", updated_at=AS_OF)
        for number in range(40):
            self.message(number, members, self.random.choice([None, template]), rule if number % 5 == 0 else None)
        for _ in range(150):
            member, created = self.random.choice(members)
            self.insert("member_activities", id=self.id(), member_id=member, created_at=self.time(created),
                        activity_type=self.random.choice(["attendance", "visit", "message_sent", "message_failed"]))
        for _ in range(10):
            self.insert("automation_logs", id=self.id(), rule_id=rule, occurrence=self.id(), executed_at=self.time(),
                        member_id=self.random.choice(members)[0], status=self.random.choice(["failure", "skipped"]))
        print("""
            UPDATE messages SET (recipient_count, skipped_count, held_count, sent_count, delivered_count, opened_count,
              clicked_count, failed_count) = (SELECT total(status <> 'skipped'), total(status = 'skipped'),
              total(status = 'held'), count(sent_at), count(delivered_at), count(opened_at), count(clicked_at),
              total(status = 'failed') FROM message_recipients WHERE message_id = messages.id);
            COMMIT;""")


if __name__ == "__main__":
    Writer(sys.argv[1], int(sys.argv[2])).write()
