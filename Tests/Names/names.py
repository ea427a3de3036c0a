"""Takes every text of strings.py as a person's name through import, list, export, import, message and report, and
compares what comes out. What the program documents to change is changed here by the same words: values of one line lose
white space at their ends and are NFC, a vCard has one kind of line end, a header has none."""

import argparse
import csv
import email
import email.policy
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

from strings import ALL

WHITE = "".join(chr(c) for c in range(0x110000) if chr(c).isspace() and c not in range(0x1C, 0x20))
FIELDS = ["externalId", "firstName", "lastName", "email", "city", "notes", "tags", "groups", "customFields"]
problems = []


def expect(what, found, wanted):
    if found != wanted:
        problems.append(f"{what}\n  wanted {wanted!a}\n  found  {found!a}")


def line(text):
    """A value of one line as it is stored."""
    return unicodedata.normalize("NFC", text.strip(WHITE))


class Home:
    """A database of its own."""

    def __init__(self, binary, folder, name):
        self.binary, self.folder = binary, pathlib.Path(folder) / name
        self.folder.mkdir()
        self.environment = {"HOME": str(self.folder), "PATH": os.environ["PATH"], "TZ": "UTC", "LANG": "C.UTF-8"}
        self.run("init", "--admin", "a@grace.example", "--full-name", "Ada", "--password-stdin", stdin=b"Correct-Horse-7\n")

    def run(self, *words, stdin=b"", status=0):
        done = subprocess.run([self.binary, *words], input=stdin, capture_output=True, env=self.environment, cwd=self.folder)
        if done.returncode != status:
            sys.exit(f"{words} ended with {done.returncode}: {done.stderr.decode()}{done.stdout.decode()[:2000]}")
        return done.stdout

    def members(self):
        data = json.loads(self.run("member", "list", "--json", "--sort", "externalId"))["data"]["members"]
        return {person["externalId"]: {field: person[field] for field in FIELDS} for person in data}


def people():
    """Everybody as they are typed, and as they are to be found again."""
    typed, stored, groups = [], {}, {}
    for number, text in enumerate(ALL):
        name, key = line(text), f"n{number:03}"
        isTag = name and not re.search("[;,]", name)
        isGroup = name and ";" not in name
        person = {
            "externalId": key, "firstName": text, "lastName": text, "email": f"{key}@example.org", "city": text,
            "notes": f"Notes: {text} .", "tags": [text] if isTag else [], "groups": [text] if isGroup else [],
            "customFields": {"own": f"<{text}>"},
        }
        typed.append(person)
        # Groups are one that differ in case alone, and spelled as the first was.
        stored[key] = dict(
            person, firstName=name, lastName=name, city=name or None, tags=[name] if isTag else [],
            groups=[groups.setdefault(name.casefold(), name)] if isGroup else [])
    return typed, stored


def guarded(cell):
    """One quote before a formula is an export's, and taken off: a text that begins so needs another."""
    return "'" + cell if re.match("'+[=@+\\-\t\r]", cell) else cell


def as_csv(typed):
    file = io.StringIO()
    out = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    out.writerow(["externalId", "firstName", "lastName", "email", "city", "notes", "tags", "groups", "custom.own"])
    for person in typed:
        cells = [person[f] for f in FIELDS[:6]] + person["tags"][:1] + [""] * (not person["tags"])
        cells += person["groups"][:1] + [""] * (not person["groups"]) + [person["customFields"]["own"]]
        out.writerow([guarded(cell) for cell in cells])
    return file.getvalue().encode()


def as_vcard(typed):
    def text(value):
        value = value.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
        return value.replace(",", "\\,").replace(";", "\\;")

    cards = []
    for person in typed:
        lines = ["BEGIN:VCARD", "VERSION:4.0", "FN:x", f"N:{text(person['lastName'])};{text(person['firstName'])};;;",
                 f"EMAIL:{person['email']}", f"ADR:;;;{text(person['city'])};;;", f"NOTE:{text(person['notes'])}",
                 f"UID:{person['externalId']}", f"X-CARESPHERE-CUSTOMFIELDS:{text(json.dumps(person['customFields']))}"]
        if person["tags"]: lines.append(f"CATEGORIES:{text(person['tags'][0])}")
        if person["groups"]: lines.append(f"X-CARESPHERE-GROUPS:{text(person['groups'][0])}")
        cards += lines + ["END:VCARD"]
    return ("\r\n".join(cards) + "\r\n").encode()


def one_line_end(value):
    """As a vCard has it."""
    if isinstance(value, list): return [one_line_end(item) for item in value]
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def compare(what, found, wanted, change=lambda value: value):
    expect(f"{what}: who is there", sorted(found), sorted(wanted))
    for key in wanted:
        for field in FIELDS:
            expect(f"{what}: {field} of {key}", found.get(key, {}).get(field), change(wanted[key][field]))


def imports_and_exports(binary, folder):
    typed, stored = people()
    files = {"json": json.dumps(typed).encode(), "jsonl": "\n".join(map(json.dumps, typed)).encode(),
             "csv": as_csv(typed), "vcard": as_vcard(typed)}
    homes = {}
    for form, file in files.items():
        homes[form] = Home(binary, folder, form)
        homes[form].run("member", "import", "-", "--input-format", form, "-q", stdin=file)
        wanted = stored
        if form == "csv":  # A column of its own is a value of one line.
            wanted = {k: dict(p, customFields={"own": line(p["customFields"]["own"])}) for k, p in stored.items()}
        compare(f"imported as {form}", homes[form].members(), wanted, one_line_end if form == "vcard" else lambda v: v)
    first = homes["json"]
    for form in ["csv", "tsv", "json", "jsonl", "vcard"]:
        export = first.run("member", "export", "--format", form)
        again = Home(binary, folder, f"again-{form}")
        again.run("member", "import", "-", "--input-format", form, "-q", stdin=export)
        compare(f"exported as {form}", again.members(), stored, one_line_end if form == "vcard" else lambda v: v)
        if form not in ("json", "vcard"):
            expect(f"the second export as {form}", again.run("member", "export", "--format", form), export)
    rows = list(csv.DictReader(io.StringIO(first.run("member", "export", "--raw").decode(), newline="")))
    for row in rows:
        expect(f"what Python reads of {row['externalId']}", row["firstName"], stored[row["externalId"]]["firstName"])
    for key, person in stored.items():
        name = person["lastName"]
        quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        found = first.run("member", "list", "--where", f"externalId = {key} and lastName = {quoted}", "-f", "count")
        if not name.strip(): continue
        expect(f"the filter for {key}", found, b"1\n")
    for text in ["a\0b", "\0"]:
        file = json.dumps([{"firstName": text, "lastName": "x"}]).encode()
        first.run("member", "import", "-", "--input-format", "json", "-q", stdin=file, status=3)
    return first, stored


def messages(home, stored):
    home.run("message", "add", "--title", "News", "--subject", "Hello {{firstName}}", "--content",
             "[{{firstName}}]", "--to-all", "-q")
    home.run("message", "send", "News", "--yes", "-q")
    seen = {}
    outbox = next(home.folder.glob("**/outbox/new"))
    for path in outbox.iterdir():
        raw = path.read_bytes()
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        box = mail["To"].addresses[0]
        key = box.addr_spec.split("@")[0]
        name = stored[key]["firstName"]
        seen[key] = mail
        expect(f"fields of the mail to {key}", [d for v in mail.values() for d in v.defects], [])
        expect(f"a header more for {key}", "Bcc" in mail, False)
        body = mail.get_body(("plain",))
        text = body.get_payload(decode=True).decode(body.get_content_charset())
        expect(f"the text to {key}", one_line_end(text).rstrip("\n"), one_line_end(f"[{name}]"))
        # Nothing may end a field: control characters are spaces there, and so are the other line ends.
        flat = re.sub("\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", f"Hello {name}")
        expect(f"the subject to {key}", str(mail["Subject"]), flat)
    expect("who got a mail", sorted(seen), sorted(stored))


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.attributes = set(), set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes += [name for name, _ in attributes]

    def handle_data(self, data):
        self.texts.add(data.strip())


def report(home, stored):
    page = Page()
    page.feed(home.run("analytics", "report").decode())
    expect("what runs in the report", page.tags & {"script", "img", "iframe", "object", "embed", "base", "form"}, set())
    expect("attributes that run something", [name for name in page.attributes if name.startswith("on")], [])
    figures = json.loads(home.run("analytics", "report", "--json"))["data"]["members"]
    shown = figures["demographicBreakdown"]["cityDistribution"]
    expect("how many cities are counted", len(shown) >= 20, True)
    for name in shown:
        # What cannot be seen is shown by other signs.
        if name.isprintable() and name == " ".join(name.split()) and "\u200b" not in name:
            expect(f"{name!a} in the report", any(name in text for text in page.texts), True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--binary", required=True)
    with tempfile.TemporaryDirectory() as folder:
        home, stored = imports_and_exports(os.path.abspath(options.parse_args().binary), folder)
        messages(home, stored)
        report(home, stored)
    for problem in problems[:40]:
        print(problem)
    if problems:
        sys.exit(f"{len(problems)} things are not as they were")


if __name__ == "__main__":
    main()
