"""The figures of `caresphere analytics`, counted anew from an export, by what they are said to be."""

import collections
import datetime
import math

from calendar_periods import moment

AGE_GROUPS = [(0, 12, "0-12"), (13, 17, "13-17"), (18, 24, "18-24"), (25, 34, "25-34"), (35, 44, "35-44"),
              (45, 54, "45-54"), (55, 64, "55-64"), (65, 10**6, "65+")]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NO_DEED = {"message_sent", "message_failed"}


def rounded(number):
    """To a whole number, halves away from zero."""
    return math.copysign(math.floor(abs(number) + 0.5), number)


def rate(count, total):
    """In percent to one decimal; None of nothing."""
    return rounded(count / total * 1000) / 10 if total else None


class Count:
    """The figures of a range, of all people or of those whose ids are given."""

    def __init__(self, export, when, chosen=None, dynamic=None):
        """`dynamic` has the ids of the members of each group whose filter says who they are."""
        self.export, self.when, self.chosen, self.dynamic = export, when, chosen, dynamic or {}
        self.members = [m for m in export.members if self.counts(m["id"])]
        self.departures = [] if chosen is not None else export.departures
        self.changes = collections.defaultdict(list)
        for change in export.statuses:
            self.changes[change["member_id"]].append(change)
        self.recipients = collections.defaultdict(list)
        self.recipient = {}
        for row in export.recipients:
            if self.counts(row["memberId"]):
                self.recipients[row["messageId"]].append(row)
                self.recipient[row["id"]] = row
        self.events = [e for e in export.events if e["recipient_id"] in self.recipient]

    def counts(self, member):
        return self.chosen is None or member in self.chosen

    def within(self, text):
        return bool(text) and self.when.since <= moment(text) < self.when.until

    def sent_to_anybody(self, message):
        return self.chosen is None or any(r["status"] != "skipped" for r in self.recipients[message["id"]])

    # People

    def joined_on(self, join_date, created):
        return datetime.date.fromisoformat(join_date) if join_date else self.when.day(moment(created))

    def left_on(self, member):
        if member["memberStatus"] != "archived":
            return None
        archived = [c["at"] for c in self.changes[member["id"]] if c["after"] == "archived"]
        return self.when.day(moment(max(archived) if archived else member["createdAt"]))

    def status_at(self, member, when):
        for change in sorted(self.changes[member["id"]], key=lambda c: c["at"]):
            if moment(change["at"]) >= when:
                return change["before"]
        return member["memberStatus"]

    def people(self):
        """Of each, the deleted included, the days of joining and leaving, and whether they are active."""
        for member in self.members:
            joined = self.joined_on(member["joinDate"], member["createdAt"])
            left = self.left_on(member)
            yield joined, left and max(left, joined), member["memberStatus"] == "active"
        for gone in self.departures:
            joined = self.joined_on(gone["join_date"], gone["created_at"])
            left = self.when.day(moment(gone["archived_at"] or gone["at"]))
            yield joined, max(left, joined), False

    def totals(self):
        """How many people there were at the end of each period."""
        people = list(self.people())
        return [sum(1 for joined, left, _ in people if joined <= last and (left is None or left > last))
                for _, _, last, _, _ in self.when.periods]

    # Dashboard

    def glance(self, at):
        """The numbers of the dashboard at the end of a range, and of the month of its last day."""
        first, after = at.today.replace(day=1), at.start_of(at.today + datetime.timedelta(days=1))
        there = [m for m in self.members if moment(m["createdAt"]) < at.until]
        gone = [d for d in self.departures if moment(d["at"]) >= at.until]
        gone_then = [d for d in gone if moment(d["created_at"]) < at.until]
        joined = [self.joined_on(m["joinDate"], m["createdAt"]) for m in self.members]
        joined += [self.joined_on(d["join_date"], d["created_at"]) for d in gone]
        month = [g for g in self.export.messages if g["sentAt"] and g["status"] != "failed"
                 and at.start_of(first) <= moment(g["sentAt"]) < after and self.sent_to_anybody(g)]
        in_range = {g["id"] for g in self.export.messages if g["sentAt"] and at.since <= moment(g["sentAt"]) < at.until}
        reached = [r for r in self.recipient.values() if r["messageId"] in in_range and r["sentAt"]]
        return {
            "totalMembers": len(there) + len(gone_then),
            "activeMembers": sum(self.status_at(m, at.until) == "active" for m in there)
            + sum(d["status"] == "active" or bool(d["archived_at"]) and moment(d["archived_at"]) >= at.until
                  for d in gone_then),
            "newMembersThisMonth": sum(first <= day <= at.today for day in joined),
            "messagesSentThisMonth": len(month),
            "averageOpenRate": rate(sum(bool(r["openedAt"]) for r in reached), len(reached)),
            "averageClickRate": rate(sum(bool(r["clickedAt"]) for r in reached), len(reached)),
            "automationRulesActive": sum(
                r["isActive"] == "true" and moment(r["createdAt"]) < at.until for r in self.export.rules),
        }

    def dashboard(self):
        now, before = self.glance(self.when), self.glance(self.when.month_earlier())
        recent = [a for a in self.export.activities
                  if self.counts(a["memberId"]) and moment(a["createdAt"]) < self.when.until]
        recent.sort(key=lambda a: (a["createdAt"], a["id"]), reverse=True)
        return {**now, "trends": {key: self.trend(now[key], before[key]) for key in now},
                "recentActivities": [(a["id"], a["createdAt"]) for a in recent[:10]]}

    @staticmethod
    def trend(value, previous):
        change = rounded((value - previous) / previous * 1000) / 10 if previous and value is not None else None
        same = value is None or previous is None or value == previous
        return {"value": value, "previous": previous, "change": change,
                "changeType": "none" if same else "increase" if value > previous else "decrease"}

    # Members

    def growth(self):
        people, totals = list(self.people()), self.totals()
        for (name, first, last, _, _), total in zip(self.when.periods, totals):
            joined = sum(first <= day <= last for day, _, _ in people)
            left = sum(day is not None and first <= day <= last for _, day, _ in people)
            yield {"period": name, "joined": joined, "left": left, "net": joined - left, "total": total}

    def retention(self):
        people = list(self.people())
        for name, first, last, _, _ in self.when.periods:
            cohort = [active for joined, _, active in people if first <= joined <= last]
            yield {"cohort": name, "joined": len(cohort), "stillActive": sum(cohort),
                   "rate": rate(sum(cohort), len(cohort))}

    def age_group(self, birthday):
        if not birthday or birthday.startswith("--"):
            return "unknown"
        born, today = datetime.date.fromisoformat(birthday), self.when.today
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return next((name for low, high, name in AGE_GROUPS if low <= age <= high), "unknown")

    def cities(self):
        spellings = collections.defaultdict(collections.Counter)
        for member in self.members:
            if member["city"]:
                spellings[member["city"].casefold()][member["city"]] += 1
        sizes = sorted((sum(names.values()) for names in spellings.values()), reverse=True)
        unknown = sum(not m["city"] for m in self.members)
        return spellings, sizes, unknown

    def many(self, field):
        return dict(collections.Counter(
            name for m in self.members for name in m[field].split(";") if name))

    def groups(self):
        """An export names the groups that people were put into."""
        ours = {m["id"] for m in self.members}
        found = {name: len(ids & ours) for name, ids in self.dynamic.items()}
        return {**self.many("groups"), **{name: count for name, count in found.items() if count}}

    def members_figures(self):
        count = collections.Counter
        return {
            "growthTrend": list(self.growth()),
            "statusDistribution": dict(count(m["memberStatus"] for m in self.members)),
            "ageGroups": dict(count(self.age_group(m["dateOfBirth"]) for m in self.members)),
            "genderDistribution": dict(count(m["gender"] or "unknown" for m in self.members)),
            "membershipTypes": dict(count(m["membershipType"] or "unknown" for m in self.members)),
            "groups": self.groups(), "tags": self.many("tags"), "retention": list(self.retention()),
        }

    # Messages

    def messages(self):
        sent = [g for g in self.export.messages if self.within(g["sentAt"]) and self.sent_to_anybody(g)]
        ids = {g["id"] for g in sent}
        rows = [r for r in self.recipient.values() if r["messageId"] in ids]
        total = sum(bool(r["sentAt"]) for r in rows)

        def told(event):
            return len({e["recipient_id"] for e in self.events if e["event"] == event and e["message_id"] in ids})

        totals = {
            "totalMessages": len(sent), "totalSent": total, "totalDelivered": sum(bool(r["deliveredAt"]) for r in rows),
            "totalOpened": sum(bool(r["openedAt"]) for r in rows),
            "totalClicked": sum(bool(r["clickedAt"]) for r in rows),
            "totalFailed": sum(r["status"] == "failed" for r in rows), "totalBounced": told("hard_bounced"),
            "totalComplained": told("complained"), "totalUnsubscribed": told("unsubscribed"),
        }
        rates = {"openRate": "totalOpened", "clickRate": "totalClicked", "deliveryRate": "totalDelivered",
                 "bounceRate": "totalBounced", "unsubscribeRate": "totalUnsubscribed",
                 "complaintRate": "totalComplained"}
        return {**totals, **{name: rate(totals[key], total) for name, key in rates.items()},
                "volume": self.volume(), "periods": [period[0] for period in self.when.periods], **self.hours(ids), "topTemplates": self.templates(sent),
                "topLinks": self.links(ids), "smsCost": self.cost(sent)}

    def volume(self):
        counted = collections.Counter()
        for message in self.export.messages:
            begun = message["sentAt"] or message["createdAt"]
            if self.within(begun) and self.sent_to_anybody(message):
                period = next(p[0] for p in self.when.periods if p[3] <= moment(begun) < p[4])
                counted[period, message["messageType"], message["status"]] += 1
        return dict(counted)

    def hours(self, ids):
        hours = [[0, 0] for _ in range(24)]
        days = [[0, 0] for _ in range(7)]
        for event in self.events:
            if event["message_id"] in ids and event["event"] in ("opened", "clicked"):
                local = moment(event["at"]).astimezone(self.when.zone)
                place = 0 if event["event"] == "opened" else 1
                hours[local.hour][place] += 1
                days[local.weekday()][place] += 1

        def best(counts):
            top = max(range(len(counts)), key=lambda index: (counts[index], -index))
            return top if any(counts[top]) else None

        day = best(days)
        return {"byHour": hours, "byWeekday": days, "bestHour": best(hours),
                "bestWeekday": None if day is None else WEEKDAYS[day]}

    def templates(self, sent):
        uses = collections.defaultdict(lambda: [0, 0, 0, 0])
        for message in sent:
            if message["templateId"]:
                use = uses[message["templateId"]]
                rows = self.recipients[message["id"]]
                use[0] += 1
                use[1] += sum(bool(r["sentAt"]) for r in rows)
                use[2] += sum(bool(r["openedAt"]) for r in rows)
                use[3] += sum(bool(r["clickedAt"]) for r in rows)
        return dict(uses)

    def links(self, ids):
        clicks, people = collections.Counter(), collections.defaultdict(set)
        for event in self.events:
            if event["event"] == "clicked" and event["url"] and event["message_id"] in ids:
                clicks[event["url"]] += 1
                people[event["url"]].add(event["recipient_id"])
        return {url: (count, len(people[url])) for url, count in clicks.items()}

    def cost(self, sent):
        """Of text messages, by currency; of one that went to others too, the share of those who are counted."""
        costs = collections.Counter()
        for message in sent:
            if message["messageType"] == "sms" and message["estimatedCost"]:
                everybody = [r for r in self.export.recipients if r["messageId"] == message["id"]
                             and r["status"] != "skipped"]
                ours = [r for r in self.recipients[message["id"]] if r["status"] != "skipped"]
                share = len(ours) / len(everybody) if everybody else 1
                costs[message["currency"]] += float(message["estimatedCost"]) * share
        return dict(costs)

    # Engagement

    def deeds(self):
        """When each person did something, before the end of the range."""
        deeds = collections.defaultdict(list)
        for event in self.events:
            if event["event"] in ("opened", "clicked"):
                deeds[self.recipient[event["recipient_id"]]["memberId"]].append(moment(event["at"]))
        for activity in self.export.activities:
            if self.counts(activity["memberId"]) and activity["activityType"] not in NO_DEED:
                deeds[activity["memberId"]].append(moment(activity["createdAt"]))
        return {who: [at for at in times if at < self.when.until] for who, times in deeds.items()}

    def engagement(self):
        deeds = self.deeds()
        active = [sum(any(start <= at < end for at in times) for times in deeds.values())
                  for _, _, _, start, end in self.when.periods]
        people = {}
        for member in self.members:
            if member["memberStatus"] != "archived" and moment(member["createdAt"]) < self.when.until:
                times = deeds.get(member["id"], [])
                days = {self.when.day(at) for at in times if at >= self.when.since}
                people[member["id"]] = (len(days), max(times, default=None))
        silent = self.when.until - datetime.timedelta(days=90)
        risk = sorted((last for _, last in people.values() if last and last <= silent), reverse=True)
        never = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)
        most = sorted(((score, last) for score, last in people.values() if score), reverse=True)
        least = sorted((score, last or never) for score, last in people.values())
        return {
            "activePeople": [{"period": period[0], "count": count, "share": rate(count, total)}
                             for period, count, total in zip(self.when.periods, active, self.totals())],
            "people": people, "mostEngaged": most[:10],
            "leastEngaged": [(score, None if last == never else last) for score, last in least[:10]],
            "atRisk": risk[:100], "atRiskCount": len(risk), "rules": self.rules(),
        }

    def rules(self):
        """What each rule did and what was answered; which messages are a rule's, its log tells."""
        made = {}
        for log in self.export.logs:
            if '"messageId"' in log["actionResult"]:
                made[log["actionResult"].split('"messageId":"')[1][:36]] = log["ruleId"]
        figures = {}
        for rule in self.export.rules:
            logs = [log for log in self.export.logs if log["ruleId"] == rule["id"] and self.within(log["executedAt"])
                    and self.counts(log["memberId"])]
            sent = {g["id"] for g in self.export.messages if made.get(g["id"]) == rule["id"] and self.within(g["sentAt"])}
            rows = [r for r in self.recipient.values() if r["messageId"] in sent]
            total = sum(bool(r["sentAt"]) for r in rows)
            opened, clicked = (sum(bool(r[key]) for r in rows) for key in ("openedAt", "clickedAt"))
            figures[rule["id"]] = {
                **{name: sum(log["status"] == status for log in logs)
                   for name, status in (("succeeded", "success"), ("failed", "failure"), ("skipped", "skipped"))},
                "sent": total, "opened": opened, "clicked": clicked, "openRate": rate(opened, total),
                "clickRate": rate(clicked, total), "name": rule["name"],
            }
        return figures
