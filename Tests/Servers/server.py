"""What the test servers share: they announce their port, keep a journal, and end with who started them."""

import json
import os
import sys
import threading


class Journal:
    """What happened, one JSON object a line, on the disk before anybody is answered."""

    def __init__(self, folder):
        self.file = open(os.path.join(folder, "journal.jsonl"), "ab", buffering=0)
        self.lock = threading.Lock()

    def add(self, event, **facts):
        line = json.dumps({"event": event, **facts}, ensure_ascii=True) + "\n"
        with self.lock:
            self.file.write(line.encode())


class Rules:
    """Behaviours to show: each names a moment (`at`) and what to do there, and may be bound to a text (`match`), a
    number of times (`times`), or to come only after so many mails or requests (`after`)."""

    def __init__(self, rules):
        self.rules = [dict(rule) for rule in rules]
        self.lock = threading.Lock()

    def find(self, at, text="", count=0):
        with self.lock:
            for rule in self.rules:
                if rule.get("at") != at or rule.get("match", "") not in text or count < rule.get("after", 0):
                    continue
                if rule.get("times", 1) <= 0:
                    continue
                if "times" in rule:
                    rule["times"] -= 1
                return rule
        return None


def options():
    """The server's folder and its options, from the command line."""
    return sys.argv[1], json.loads(sys.argv[2])


def announce(port):
    print(json.dumps({"port": port}), flush=True)


def end_with_parent():
    """Ends the process once nobody holds the other end of its stdin."""

    def wait():
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()
