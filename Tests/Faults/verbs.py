"""A command for every verb that there is, and what may be found after it was cut short."""

import re
from dataclasses import dataclass

from parish import PASSWORD, secret


@dataclass(frozen=True)
class Case:
    """One command, run on the state `start`.

    status: how it ends where nothing goes wrong.
    reads: it changes nothing.
    gradual: it works in several transactions, so that a state between the first and the last is a good one too, from
        which the commands of `finish` lead to the last.
    makes: words in the names of files that it makes beside the database and the session.
    without: what it may say where it did without something that could not be read, which leads to another state.
    login: whether somebody is still logged in afterwards, where it is cut short."""

    arguments: tuple
    stdin: bytes = b""
    start: str = "parish"
    status: int = 0
    reads: bool = False
    gradual: bool = False
    finish: tuple = ()
    makes: tuple = ()
    without: tuple = ()
    login: bool = True

    @property
    def name(self):
        return " ".join(self.arguments)[:70]


def listed(world, *noun):
    """The verbs that `caresphere help` lists, of the program or of a noun."""
    text = world.must("help", *noun).out
    block = re.search(r"^Commands:\n(.*?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^  (\S+)", block[1], re.MULTILINE) if block else []


def known(world):
    """Every verb of the program, as words."""
    verbs = set()
    for name in listed(world):
        below = listed(world, name)
        verbs |= {(name, verb) for verb in below} if below else {(name,)}
    return verbs


def verb_of(case, verbs):
    return next((case.arguments[:length] for length in (2, 1) if case.arguments[:length] in verbs), None)


def missing(cases, verbs):
    """The verbs that no case runs."""
    return sorted(verbs - {verb_of(case, verbs) for case in cases})


ERASE = ("member", "delete", "ext:1", "ext:3", "--erase", "--yes")
DELIVERED = (("message", "deliver"),)


def cases(facts, verbs):
    """A case for every verb that is there."""
    return [case for case in all_cases(facts) if verb_of(case, verbs)]


def all_cases(facts):
    # Codes are valid for an hour. An attempt counts before the code is looked at.
    verify = Case(("user", "verify", "bob@grace.example", "--code", facts["code"]), gradual=True)
    return [verify, *setup_cases(), *member_cases(facts), *group_cases(), *template_cases(), *message_cases(facts), *rule_cases(),
            *user_cases()]


def reading(*lines):
    return [Case(tuple(line.split()), reads=True) for line in lines]


def changing(*lines):
    return [Case(tuple(line.split())) for line in lines]


def setup_cases():
    admin = ("init", "--admin", "ada@grace.example", "--full-name", "Ada", "--password-stdin")
    restore = ("restore", "good.db", "--yes")
    return reading(
        "status", "audit", "completion bash", "help", "check", "analytics dashboard", "analytics members",
        "analytics messages", "analytics engagement",
        # Where nothing is wrong it mends nothing.
        "check --repair --yes",
    ) + [
        Case(("analytics", "report", "--output", "report.html"), reads=True, makes=("report.html",)),
        Case(("backup", "copy.db"), gradual=True, makes=("copy.db",)),
        Case(("backup", "--dir", "backups", "--keep", "1"), gradual=True, makes=(".db",)),
        # To SQLite a disk that cannot be read (EIO) is a damaged file, which is what backups are put back for.
        Case(restore, makes=(".before-restore-",), login=False,
             without=("the database there cannot be opened", "are not known")),
        Case(("demo", "--members", "20"), start="fresh"),
        Case(admin, stdin=secret(), start="empty", gradual=True, login=False,
             finish=(admin, ("user", "login", "ada@grace.example", "--password-stdin")))]


def member_cases(facts):
    return reading(
        "member list", "member search ana", "member show ana@example.org --everything", "member export",
        "member notes ana@example.org", "member activities ana@example.org", "member duplicates",
    ) + changing(
        "member update ana@example.org --city Abuja --notes moved --tag new",
        "member delete ext:5", "member tag ext:1 ext:2 --tag a --tag b --yes",
        "member untag ext:1 --tag choir", "member log ext:1 visit Sunday",
        "member consent ext:1 --channel email --opt-out", "member merge ext:1 ext:6 --yes",
        f"member undo-import {facts['batch']} --yes", "member import more.csv --on-conflict update --tag extra --group New",
    ) + [
        Case(("member", "add", "--first-name", "Nia", "--last-name", "Obi", "--email", "nia@example.org", "--group", "Choir")),
        Case(ERASE, gradual=True, finish=(ERASE,)),
        Case(("member", "update", "--where", "city = Lagos", "--country", "Nigeria", "--yes")),
        Case(("member", "note", "ext:1", "-"), stdin=b"visited\n"),
        Case(("member", "import", "mixed.csv", "--skip-invalid", "--rejects", "bad.csv", "--trigger-rules"), status=11,
             makes=("bad.csv",)),
        Case(("member", "export", "-o", "out.csv"), reads=True, makes=("out.csv",)),
        Case(("member", "export", "-o", "more.csv", "--force", "--format", "vcard"), reads=True),
    ]


def group_cases():
    return reading("group list", "group show Choir", "group members Choir", "group members Lagosians") + changing(
        "group add Youth --description young", "group update Choir --name Singers",
        "group assign Choir ext:4 ext:2 --yes", "group remove Choir ext:1 ext:3 --yes",
        "group sync Choir group.txt --yes --max-removals 100%", "group delete Lagosians")


def template_cases():
    return reading(
        "template list", "template show Birthday", "template check Birthday",
        "template render Birthday --member ana@example.org",
    ) + changing(
        "template add Long --type email --subject S --content C", "template update Short --content Later",
        "template delete Short")


def message_cases(facts):
    sending = [
        Case(("message", "send", "Ready", "--yes"), gradual=True, finish=(("message", "send", "Ready", "--yes"),) + DELIVERED),
        Case(("message", "deliver"), gradual=True, finish=DELIVERED),
        Case(("message", "retry", "Refused", "--yes"), gradual=True, finish=(("message", "retry", "Refused", "--yes"),) + DELIVERED),
        Case(("message", "test", "Draft", "--to", "me@grace.example"), reads=True, makes=("outbox",)),
    ]
    return reading(
        "message list", "message show Sent", "message recipients Sent", "message preview Draft --member ext:1",
        "message analytics Sent", "message suppressions",
    ) + changing(
        "message update Draft --title Drafted --to-all", "message delete Draft", "message delete Sent",
        "message send Ready --queue --yes", "message schedule Draft --at 2031-05-05", "message cancel Queued",
        "message inbox ext:1", "message track events.jsonl", "message bounce stop.eml",
        f"message unsuppress {facts['bounced']}",
    ) + [Case(("message", "add", "--title", "Fresh", "--subject", "S", "--content-file", "text.md", "--body-format",
               "markdown", "--to-where", "city = Lagos"))] + sending


def rule_cases():
    return reading("rule list", "rule show Noted", "rule logs") + changing(
        "rule add Gone --trigger member_updated --action add_tag --tag changed", "rule update Noted --name Jotted",
        "rule delete Resting", "rule enable Resting", "rule disable Noted",
    ) + [
        Case(("rule", "run"), gradual=True, finish=(("rule", "run"),)),
        Case(("rule", "run", "--no-deliver"), gradual=True, finish=(("rule", "run", "--no-deliver"),)),
        Case(("rule", "execute", "Tagged", "--member", "ext:1"), gradual=True),
    ]


def user_cases():
    word = "--password-stdin"
    return reading("user whoami", "user list", "user show eve@grace.example", "user tokens", "user inbox") + changing(
        "user update eve@grace.example --role admin", "user delete bob@grace.example", "user revoke cron",
        "user token nightly --role member --expires-in 1d",
    ) + [
        Case(("user", "add", "new@grace.example", "--full-name", "New", word), stdin=secret("Another-Horse-8")),
        Case(("user", "login", "eve@grace.example", word), stdin=secret(PASSWORD + "eve"), gradual=True),
        Case(("user", "logout", "--all"), gradual=True, login=False),
        Case(("user", "refresh"), gradual=True),
        Case(("user", "passwd", "eve@grace.example", word), stdin=secret("Another-Horse-8")),
        Case(("user", "verify", "eve@grace.example"), gradual=True, makes=("outbox",)),
    ]
