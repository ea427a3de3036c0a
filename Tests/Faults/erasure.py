"""Nothing of a person who is erased is left anywhere, and before that everything is shown to who asks for it.

A mark of its own is written into every place that can hold something of a person."""

import json
import os
import random
import re

from trial import CHANGING
from verbs import Case

CASE = Case(("member", "delete", "--erase"))
LETTERS = "bcdfghjklmnpqrstvwxz"


class Marks:
    """Words that occur nowhere else, by the place they are for."""

    def __init__(self, rng):
        self.rng, self.words = rng, {}

    def __call__(self, place):
        if place not in self.words:
            self.words[place] = "".join(self.rng.choice(LETTERS) for _ in range(16))
        return self.words[place]

    def found_in(self, data):
        """The places whose mark is in it, in any letter case; the last half of it is enough."""
        data = data.lower()
        return {place for place, word in self.words.items() if word[8:].encode() in data}


def run(trials, _cases, rng, count):
    """Erases a person, and `count` times more, killed while at it."""
    once(trials, rng, None)
    for _ in range(count):
        once(trials, rng, rng.random())


def once(trials, rng, killed):
    """killed: how far into the calls that change files it gets, of 1; None where it is left alone."""
    world, marks = trials.world, Marks(random.Random(rng.random()))
    trials.start("parish")
    world.restore("parish")
    member = burden(world, marks)
    if killed is None:
        show(trials, marks, member)
    churn(world, rng)
    erase = ("member", "delete", member, "--erase", "--yes")
    place = ""
    if killed is not None:
        world.keep("burdened")
        _, calls = world.faulty(*erase, calls=CHANGING)
        world.restore("burdened")
        place = f"[killed at call {1 + int(killed * calls)} of {calls}]"
        world.faulty(*erase, calls=CHANGING, at=1 + int(killed * calls), do="kill")
    if killed is None or world.run("member", "show", member).status == 0:
        result = world.run(*erase)
        if result.status != 0:
            trials.problems.add(f"ended with {result.status}", CASE, place, str(result))
    else:
        # Nobody can name the person any more: what cron runs makes up for it.
        world.run("message", "deliver")
    look(trials, marks, place)


def show(trials, marks, member):
    """All that is held is shown, and every mark is held somewhere."""
    shown = trials.world.must("member", "show", member, "--everything", "--json").out.encode()
    hidden = set(marks.words) - marks.found_in(shown) - NOT_SHOWN
    if hidden:
        trials.problems.add("--everything leaves out", CASE, str(sorted(hidden)))
    held = marks.found_in(everything(trials.world))
    for place in sorted(set(marks.words) - held):
        trials.problems.add("the test has no mark in the file for", CASE, place)


def look(trials, marks, place):
    """Looks for marks in every byte of every file."""
    world = trials.world
    for path in sorted(paths(world)):
        with open(path, "rb") as file:
            data = file.read()
        for mark in sorted(marks.found_in(data)):
            at = data.lower().find(marks(mark)[8:].encode())
            kind = re.sub(r"[0-9a-f-]{12,}|[0-9]{9,}", "…", os.path.basename(path))
            trials.problems.add(f"{mark} is still in {kind}", CASE, place, repr(data[max(0, at - 80):at + 40]))
    answer = world.run("message", "suppressions", "--json")
    if marks.found_in(answer.out.encode()):
        trials.problems.add("the list of suppressions names them", CASE, answer.out[:400])
    keeps_opt_out(trials, marks)


# Texts that a later one has taken the place of; the audit log says only who changed what, and before and after of it.
NOT_SHOWN = set()


def burden(world, marks):
    """Writes a mark into every place.

    Returns the person's id."""
    must, email = world.must, marks("email") + "@" + "example.org"
    record = world.data(
        "member", "add", "--first-name", marks("first name"), "--last-name", marks("last name"), "--email", email,
        "--phone", "+4670" + "5551234", "--address", marks("address"), "--city", marks("city"), "--state", marks("state"),
        "--country", marks("country"), "--zip-code", marks("zip"), "--membership-type", marks("kind"), "--photo-url",
        f"https://example.org/{marks('photo')}", "--notes", marks("notes"), "--external-id", marks("external id"),
        "--tag", marks("tag"), "--custom", f"{marks('custom name')}={marks('custom value')}", "--group", "Choir")
    member = record["id"]
    must("member", "update", member, "--city", marks("city before"), "--notes", marks("notes before") * 200)
    must("member", "update", member, "--city", marks("city"), "--notes", marks("notes"))
    must("member", "note", member, marks("note"), "--type", marks("kind of note"))
    must("member", "note", member, marks("private note"), "--private")
    must("member", "log", member, marks("activity"), marks("description"), "--metadata",
         json.dumps({"a": marks("metadata")}))
    must("member", "tag", member, "--tag", marks("second tag"))
    must("member", "untag", member, "--tag", marks("second tag"))
    must("group", "add", "Named", "--where", f'email = "{email}"')
    must("rule", "add", "ForOne", "--trigger", "tag_added", "--trigger-tag", "call", "--action", "notify_user",
         "--action-config", '{"user": "ada@grace.example", "note": "Call {{firstName}} {{lastName}} at {{email}}"}',
         "--where", f'email = "{email}"')
    must("member", "tag", member, "--tag", "call")
    must("message", "add", "--title", "ToOne", "--subject", "For {{firstName}}", "--content", "Dear {{lastName}}",
         "--to-member", member)
    must("message", "add", "--title", "Where", "--content", "C", "--subject", "S", "--to-where", f'email = "{email}"')
    imported(world, marks, email)
    must("rule", "run")
    must("message", "send", "ToOne", "--yes")
    must("message", "send", "Where", "--queue", "--yes")
    other = world.data("member", "add", "--first-name", marks("twin's name"), "--last-name", "Twin", "--email",
                       marks("twin's email") + "@example.org", "--notes", marks("twin's notes"))["id"]
    must("member", "note", other, marks("twin's note"))
    must("member", "merge", member, other, "--yes")
    events(world, marks, member, email)
    must("member", "consent", member, "--channel", "email", "--opt-out", "--reason", marks("reason"))
    return member


def imported(world, marks, email):
    """An import that changes the person keeps what was there before."""
    lines = f"email,state\n{email},{marks('imported state')}\n"
    world.must("member", "import", "-", "--match", "email", "--on-conflict", "update", stdin=lines.encode())


def events(world, marks, member, email):
    everybody = world.data("message", "recipients", "ToOne")["recipients"]
    recipient, = (one["id"] for one in everybody if one["memberId"] == member)
    lines = [
        {"recipientId": recipient, "event": "clicked", "at": "2031-01-01T00:00:00Z",
         "url": f"https://example.org/{marks('link')}"},
        {"recipientId": recipient, "event": "soft_bounced", "at": "2031-01-02T00:00:00Z", "reason": marks("bounce")},
        {"recipientId": recipient, "event": "complained", "at": "2031-01-03T00:00:00Z", "reason": marks("complaint"),
         "eventId": marks("event id")}]
    world.must("message", "track", "-", stdin="\n".join(map(json.dumps, lines)).encode())


def churn(world, rng):
    """Lets rows move between pages, as they do over the years."""
    for turn in range(3):
        lines = "".join(
            f"c{turn}-{number},{rng.randbytes(4).hex()},{'x' * rng.randrange(800)},{rng.randbytes(5).hex()}@example.org\n"
            for number in range(300))
        world.must("member", "import", "-", stdin=("externalId,lastName,notes,email,firstName\n" + re.sub(
            r"\n", ",F\n", lines)).encode())


def paths(world):
    return {os.path.join(folder, name) for folder, _, names in os.walk(world.live + "/home") for name in names}


def everything(world):
    data = b""
    for path in paths(world):
        with open(path, "rb") as file:
            data += file.read()
    return data


def keeps_opt_out(trials, marks):
    """Who comes with the address later is opted out from the start."""
    record = trials.world.data("member", "add", "--first-name", "Back", "--last-name", "Again", "--email",
                               marks("email") + "@example.org")
    if "email" not in json.dumps(record.get("optOuts", record.get("consents", ""))):
        trials.problems.add("the opt-out is forgotten", CASE, json.dumps(record)[:600])
