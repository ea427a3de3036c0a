#!/usr/bin/env python3
"""Compares every figure of `caresphere analytics` with a count of its own, made of what the program exports.

    recount.py --binary BINARY --db FILE [--verbs dashboard,…] CASES

CASES is a JSON file: a list of objects with `zone`, `asOf` (`2025-11-13T10:30:00Z`) and, where wanted, `period`,
`since`, `until` (dates), `group` and `where`. The zone is put into TZ. Ends with 1 where anything differs.
"""

import argparse
import datetime
import json
import os
import sys

from calendar_periods import Range, moment
from export import Export, Program
from figures import WEEKDAYS, Count


class Comparison:
    """Of one case: what the program says, against what was counted."""

    def __init__(self, label):
        self.label, self.compared, self.differences = label, 0, []

    def same(self, what, said, counted):
        self.compared += 1
        if said != counted:
            self.differences.append(f"{self.label}: {what}: said {said!r}, counted {counted!r}")

    def fields(self, what, said, counted):
        for key, value in counted.items():
            self.same(f"{what}.{key}", said.get(key, "nothing"), value)

    def distribution(self, what, said, counted):
        """Labels with 0 may be told of or not."""
        self.same(what, {key: value for key, value in said.items() if value}, counted)

    def range(self, said, when):
        text = [t.strftime("%Y-%m-%dT%H:%M:%SZ") for t in (when.since, when.until)]
        self.same("range", [said["since"], said["until"], said["period"]], [*text, when.unit])

    # The four commands

    def dashboard(self, said, counted):
        recent = [(a["id"], a["createdAt"]) for a in said["recentActivities"]]
        self.same("recentActivities", recent, counted.pop("recentActivities"))
        self.fields("dashboard", said, counted)

    def members(self, said, count):
        counted = count.members_figures()
        breakdown = said["demographicBreakdown"]
        for key in ("growthTrend", "retention"):
            self.same(f"number of {key}", len(said[key]), len(counted[key]))
            for one, other in zip(said[key], counted[key]):
                self.same(f"{key} {other.get('period') or other['cohort']}", one, other)
        for key in ("statusDistribution", "membershipTypes", "groups", "tags"):
            self.distribution(key, said[key], counted[key])
        for key in ("ageGroups", "genderDistribution"):
            self.distribution(key, breakdown[key], counted[key])
        self.cities(breakdown["cityDistribution"], count)

    def cities(self, said, count):
        """Of cities of the same size any may be the twentieth."""
        spellings, sizes, unknown = count.cities()
        self.same("cities.unknown", said.pop("unknown", 0), unknown)
        self.same("cities.other", said.pop("other", 0), sum(sizes[20:]))
        self.same("sizes of cities", list(said.values()), sizes[:20])
        for city, size in said.items():
            names = spellings[city.casefold()]
            self.same(f"city {city}", size, sum(names.values()))
            self.same(f"spelling of {city}", names[city], max(names.values(), default=0))

    def volume(self, said, counted, periods):
        """Every period is there, also where nothing was sent in it."""
        told = {(v["period"], v["type"], v["status"]): v["count"] for v in said}
        self.same("volume", {key: count for key, count in told.items() if count}, counted)
        self.same("size of volume", len(said), len(told))
        kinds = {key[1:] for key in told}
        self.same("periods of volume", set(told), {(name, *kind) for name in periods for kind in kinds})

    def messages(self, said, counted):
        self.volume(said["volume"], counted.pop("volume"), counted.pop("periods"))
        self.same("hours", [h["hour"] for h in said["byHour"]], list(range(24)))
        self.same("weekdays", [d["weekday"] for d in said["byWeekday"]], WEEKDAYS)
        for key in ("byHour", "byWeekday"):
            self.same(key, [[one["opens"], one["clicks"]] for one in said[key]], counted.pop(key))
        templates = counted.pop("topTemplates")
        self.same("number of templates", len(said["topTemplates"]), min(20, len(templates)))
        for one in said["topTemplates"]:
            self.same(f"template {one['name']}", [one[k] for k in ("messages", "sent", "opened", "clicked")],
                      templates.get(one["id"]))
        self.same("order of templates", [t["opened"] for t in said["topTemplates"]],
                  sorted((t[2] for t in templates.values()), reverse=True)[:20])
        links = counted.pop("topLinks")
        self.same("number of links", len(said["topLinks"]), min(20, len(links)))
        for one in said["topLinks"]:
            self.same(f"link {one['url']}", (one["clicks"], one["uniqueClicks"]), links.get(one["url"]))
        self.same("order of links", [one["clicks"] for one in said["topLinks"]],
                  sorted((clicks for clicks, _ in links.values()), reverse=True)[:20])
        cost = counted.pop("smsCost")
        self.same("currencies", set(said["smsCost"]), set(cost))
        for currency, amount in cost.items():
            # A share is cut to whole millionths.
            told = float(said["smsCost"].get(currency, -1))
            self.same(f"cost in {currency}", abs(told - amount) < 0.0001, True)
        self.fields("messages", said, counted)

    def engagement(self, said, counted):
        self.same("number of periods", len(said["activePeople"]), len(counted["activePeople"]))
        for one, other in zip(said["activePeople"], counted["activePeople"]):
            self.same(f"activePeople {other['period']}", one, other)

        def told(person):
            return person["score"], moment(person["lastActiveAt"]) if person["lastActiveAt"] else None

        for key in ("mostEngaged", "leastEngaged"):
            self.same(key, [told(person) for person in said[key]], counted[key])
        at_risk = said["atRisk"]["members"]
        self.same("atRisk", [told(person)[1] for person in at_risk], counted["atRisk"])
        self.same("atRisk.count", said["atRisk"]["count"], counted["atRiskCount"])
        for person in said["mostEngaged"] + said["leastEngaged"] + at_risk:
            self.same(f"score of {person['name']}", told(person), counted["people"].get(person["id"]))
        self.same("rules", {rule["id"] for rule in said["rules"]}, set(counted["rules"]))
        for rule in said["rules"]:
            self.fields(f"rule {rule['name']}", rule, counted["rules"][rule["id"]])


def compare(program, export, case, verbs):
    flags = []
    for key, flag in (("period", "--period"), ("since", "--since"), ("until", "--until"), ("group", "--group"),
                      ("where", "--where"), ("asOf", "--as-of")):
        if case.get(key):
            flags += [flag, case[key]]
    os.environ["TZ"] = case["zone"]
    day = datetime.date.fromisoformat
    when = Range(case["zone"], moment(case["asOf"]), case.get("period", "month"),
                 *(day(case[key]) if case.get(key) else None for key in ("since", "until")))
    narrowing = [flag for key, name in (("group", "--group"), ("where", "--where")) if case.get(key)
                 for flag in (name, case[key])]
    chosen = program.ids("member", "list", *narrowing, "--as-of", case["asOf"]) if narrowing else None
    dynamic = {group["name"]: program.ids("group", "members", group["id"], "--as-of", case["asOf"])
               for group in export.groups if group["dynamic"] == "true"}
    count = Count(export, when, chosen, dynamic)
    comparison = Comparison(json.dumps(case, ensure_ascii=False))
    against = {"dashboard": count.dashboard, "members": lambda: count, "messages": count.messages,
               "engagement": count.engagement}
    for verb in verbs:
        said = program.data("analytics", verb, *flags)
        comparison.range(said["range"], when)
        getattr(comparison, verb)(said, against[verb]())
    return comparison


def main():
    parser = argparse.ArgumentParser(description="Counts the figures of analytics anew.")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("--verbs", default="dashboard,members,messages,engagement", help="which of the commands")
    parser.add_argument("cases")
    options = parser.parse_args()
    program = Program(options.binary, options.db)
    with open(options.cases, encoding="utf-8") as file:
        cases = json.load(file)
    export = Export(program)
    results = [compare(program, export, case, options.verbs.split(",")) for case in cases]
    for result in results:
        for difference in result.differences:
            print(difference)
    print(f"compared {sum(result.compared for result in results)} figures of {len(cases)} cases", file=sys.stderr)
    sys.exit(1 if any(result.differences for result in results) else 0)


if __name__ == "__main__":
    main()
