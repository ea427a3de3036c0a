"""The state that every harm begins with: something of everything, so that every verb has work to do."""

import json
import os
import re
import sqlite3
import time

PEOPLE = """externalId,firstName,lastName,email,phone,dateOfBirth,city,tags,memberStatus,custom.shoe
1,Ana,Souza,ana@example.org,+55 11 9900,1990-05-15,Lagos,choir,active,38
2,Ben,Okoro,ben@example.org,,2012-01-02,Lagos,,active,
3,Ida,Berg,ida@example.org,+47 22 3344,--07-09,Oslo,choir;youth,active,
4,Tunde,Ade,tunde@example.org,+234 80 1234,1971-11-21,Lagos,,active,44
5,José,Ñandú,jose@example.org,+34 91 555,1980-02-29,Madrid,youth,active,
6,Ana,Souza,ana2@example.org,+55 11 9900,1990-05-15,Lagos,,pending,
7,Mia,Gone,mia@example.org,,1999-09-09,Oslo,,archived,
8,Refused,Always,refused@example.org,,,Oslo,,active,
"""
MORE = "externalId,firstName,lastName,email,tags\n" + "".join(
    f"n{number},New{number},Person,new{number}@example.org,new\n" for number in range(40))
MIXED = MORE + ",,,not an address,\n"
EVENTS = ["delivered", "opened", "clicked"]
PASSWORD = "Correct-Horse-7"


def build(world):
    """Makes the state and keeps it as `parish`; `empty` is one without a database.

    Returns what the cases need to know of it: ids, codes."""
    must = world.must
    write_files(world)
    world.keep("empty")
    must("init", "--admin", "ada@grace.example", "--full-name", "Ada Admin", "--password-stdin", stdin=secret())
    copy(world.database, world.work + "/good.db")
    world.keep("fresh")
    for name, role in [("eve", "moderator"), ("bob", "member")]:
        must("user", "add", f"{name}@grace.example", "--full-name", name.title(), "--role", role, "--password-stdin",
             stdin=secret(PASSWORD + name))
    must("member", "import", "-", "--unmapped", "custom", stdin=PEOPLE.encode())
    must("group", "add", "Choir", "--description", "They sing")
    must("group", "add", "Lagosians", "--where", "city = Lagos")
    must("group", "assign", "Choir", "ana@example.org", "ida@example.org", "jose@example.org", "--yes")
    must("member", "note", "ana@example.org", "Called, will come", "--type", "call")
    must("member", "log", "ana@example.org", "attendance", "Sunday", "--metadata", '{"seat": 7}')
    must("member", "consent", "ben@example.org", "--channel", "email", "--opt-out", "--reason", "asked")
    must("template", "add", "Birthday", "--type", "email", "--subject", "Happy birthday, {{firstName}}!",
         "--content", "Dear {{firstName}}, you are {{age}} today.")
    must("template", "add", "Short", "--type", "sms", "--content", "Choir at {{time}}", "--variable", "time")
    messages(world)
    rules(world)
    facts = {"batch": world.data("member", "import", "batch.csv")["batchId"]}
    must("user", "token", "cron", "--role", "moderator", "--expires-in", "90d")
    facts["code"] = verification(world)
    facts["recipient"] = world.data("message", "recipients", "Sent")["recipients"][0]["id"]
    track(world, facts)
    # What is scheduled is due in every run, the first one included.
    time.sleep(1)
    world.keep("parish")
    return facts


def copy(database, path):
    """Leaves a whole copy of a database, such as could be put back."""
    connection = sqlite3.connect(database)
    connection.execute("VACUUM INTO ?", (path,))
    connection.close()
    os.chmod(path, 0o600)


def secret(*lines):
    return "".join(line + "\n" for line in lines or [PASSWORD]).encode()


def write_files(world):
    files = {
        "more.csv": MORE, "mixed.csv": MIXED, "group.txt": "ana@example.org\ntunde@example.org\n",
        "batch.csv": "externalId,firstName,lastName,email\nb1,Bea,Batch,bea@example.org\nb2,Bo,Batch,bo@example.org\n",
        "text.md": "# Hello {{firstName}}\n", "refuse.sh": "#!/bin/sh\ncat >/dev/null\ncase \"$*\" in *refused*) exit 69;; esac\n"}
    for name, text in files.items():
        with open(os.path.join(world.work, name), "w", encoding="utf-8") as file:
            file.write(text)
    os.chmod(os.path.join(world.work, "refuse.sh"), 0o700)
    os.mkdir(os.path.join(world.work, "backups"), 0o700)


def messages(world):
    must = world.must
    for title, flags in {
            "Draft": ["--to-group", "Choir"], "Scheduled": ["--to-group", "Choir", "--schedule-at", "2031-01-01"],
            "Sent": ["--to-all"], "Queued": ["--to-all"], "Overdue": ["--to-group", "Lagosians"],
            "Refused": ["--to-all"], "Ready": ["--to-all"]}.items():
        must("message", "add", "--title", title, "--subject", f"{title} for {{{{firstName}}}}",
             "--content", "Dear {{firstName}} {{lastName}}, come.", *flags)
    must("message", "add", "--title", "Notice", "--type", "in_app", "--content", "Hello {{firstName}}", "--to-all")
    must("message", "send", "Sent", "--yes")
    must("message", "send", "Notice", "--yes")
    with open(os.path.join(world.work, "refusing.json"), "w", encoding="utf-8") as file:
        json.dump({"email": {"from": "office@grace.example", "transport": "sendmail",
                             "sendmail": {"command": [world.work + "/refuse.sh"]}}}, file)
    must("message", "send", "Refused", "--yes", "--config", "refusing.json", status=11)
    must("message", "send", "Queued", "--queue", "--yes")
    must("message", "schedule", "Overdue", "--at", "+1s")


def rules(world):
    must = world.must
    must("rule", "add", "Noted", "--trigger", "member_created", "--action", "add_note",
         "--action-config", '{"note": "Say hello to {{firstName}}"}')
    must("rule", "add", "Tagged", "--trigger", "group_joined", "--trigger-group", "Choir", "--action", "add_tag",
         "--tag", "singer")
    must("rule", "add", "Told", "--trigger", "tag_added", "--trigger-tag", "singer", "--action", "notify_user",
         "--action-config", '{"user": "ada@grace.example", "note": "{{firstName}} sings"}')
    must("rule", "add", "Welcome", "--trigger", "member_created", "--action", "send_message", "--template", "Birthday")
    must("rule", "add", "Resting", "--trigger", "birthday", "--action", "add_tag", "--tag", "birthday", "--inactive")
    for number in range(5):
        must("member", "add", "--first-name", f"Late{number}", "--last-name", "Comer", "--email",
             f"late{number}@example.org", "--group", "Choir")


def verification(world):
    """Asks for a code by mail.

    Returns the code."""
    before = world.files()
    world.must("user", "verify", "bob@grace.example")
    path, = (path for path in world.files() - before if "/new/" in path)
    with open(os.path.join(world.live, path), encoding="utf-8") as file:
        return re.search(r"\b\d{6}\b", file.read().split("\n\n", 1)[1])[0]


def track(world, facts):
    lines = [{"recipientId": facts["recipient"], "event": event, "at": f"2031-01-0{day}T00:00:00Z"}
             for day, event in enumerate(EVENTS, 1)]
    with open(os.path.join(world.work, "events.jsonl"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    everybody = world.data("message", "recipients", "Sent")["recipients"]
    recipient, = (one for one in everybody if one["recipientEmail"] == "tunde@example.org")
    bounce = {"recipientId": recipient["id"], "event": "hard_bounced", "at": "2031-01-01T00:00:00Z"}
    world.must("message", "track", "-", stdin=json.dumps(bounce).encode())
    facts["bounced"] = recipient["recipientEmail"]
    with open(os.path.join(world.work, "stop.eml"), "w", encoding="utf-8") as file:
        file.write(f"From: ana@example.org\nTo: office@grace.example\nSubject: unsubscribe {facts['recipient']}\n\nx\n")
