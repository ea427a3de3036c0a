"""A folder with a home of its own, in which the program is run, harmed, and put back to where it was."""

import json
import os
import shutil
import signal
import struct
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Result:
    """How a run ended, and what it said."""

    def __init__(self, arguments, status, out, err, seconds):
        self.arguments, self.status, self.seconds = arguments, status, seconds
        self.out, self.err = out.decode(errors="replace"), err.decode(errors="replace")

    @property
    def signal(self):
        """The number of the signal that ended it; 0 where none did."""
        return -self.status if self.status < 0 else 0

    def __str__(self):
        words = " ".join(self.arguments)
        return f"caresphere {words}: {self.status}\n--- stdout: {self.out[:800]}\n--- stderr: {self.err[-1500:]}"


class World:
    """`root` is made, and must stay where it is: sessions are bound to the database's path."""

    def __init__(self, binary, root):
        self.binary, self.root = os.path.abspath(binary), root
        self.live, self.kept = os.path.join(root, "live"), os.path.join(root, "kept")
        shutil.rmtree(root, ignore_errors=True)
        for folder in [self.live + "/home", self.live + "/work", self.live + "/tmp", self.kept]:
            os.makedirs(folder, mode=0o700)
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": self.live + "/home", "TZ": "UTC",
            "LANG": "C.UTF-8", "TMPDIR": self.live + "/tmp", "CARESPHERE_NO_INPUT": "1",
            "CARESPHERE_SERVER_TIMEOUT": "2s"}
        self.database = self.live + "/home/.local/share/caresphere/caresphere.db"
        self.work = self.live + "/work"
        self.shim = os.path.join(root, "shim.so")
        self.counter = os.path.join(root, "count")

    def build_shim(self, compiler):
        command = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", self.shim]
        subprocess.run(command + [os.path.join(HERE, "shim.c"), "-ldl"], check=True)

    # States

    def keep(self, name):
        """Remembers all files as they are now."""
        target = os.path.join(self.kept, name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.live, target, symlinks=True)

    def restore(self, name):
        """Puts back all files as they were, modes included."""
        for entry in os.listdir(self.live):
            remove(os.path.join(self.live, entry))
        shutil.copytree(os.path.join(self.kept, name), self.live, symlinks=True, dirs_exist_ok=True)

    def files(self):
        """The paths of all files, from the root of the world, without what every opened database leaves."""
        found = set()
        for folder, _, names in os.walk(self.live):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.live)
                if not path.endswith((".db-wal", ".db-shm", ".db.lock", ".deliver.lock", ".rules.lock")):
                    found.add(path)
        return found

    # Running

    def run(self, *arguments, stdin=b"", environment=None, timeout=60, binary=None, around=()):
        """Runs the program to its end; one that hangs counts as ended by SIGALRM. `around` is a command that runs it."""
        process = self.start(*arguments, environment=environment, binary=binary, around=around)
        return self.finish(process, arguments, stdin, timeout)

    def start(self, *arguments, environment=None, binary=None, around=()):
        return subprocess.Popen(
            [*around, binary or self.binary, *arguments], cwd=self.work, env={**self.environment, **(environment or {})},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def finish(self, process, arguments, stdin=b"", timeout=60):
        begun = time.monotonic()
        status = None
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            status = -signal.SIGALRM
        return Result(arguments, process.returncode if status is None else status, out, err, time.monotonic() - begun)

    def must(self, *arguments, stdin=b"", status=0):
        """Runs what has to go well.

        Returns the result."""
        result = self.run(*arguments, stdin=stdin)
        if result.status != status:
            raise AssertionError(f"not {status}: {result}")
        return result

    def data(self, *arguments, stdin=b"", status=0):
        """The `data` of a run with --json."""
        return json.loads(self.must(*arguments, "--json", stdin=stdin, status=status).out)["data"]

    def faulty(self, *arguments, stdin=b"", timeout=60, **faults):
        """Runs with the shim: `calls`, `at`, `do`, `stays`, `clock`.

        Returns the result and how many calls were counted."""
        with open(self.counter, "wb") as file:
            file.write(bytes(8))
        variables = {f"FAULT_{name.upper()}": str(value) for name, value in faults.items() if value is not None}
        variables |= {"LD_PRELOAD": self.shim, "FAULT_COUNT": self.counter, "FAULT_UNDER": self.live}
        result = self.run(*arguments, stdin=stdin, environment=variables, timeout=timeout)
        with open(self.counter, "rb") as file:
            return result, struct.unpack("<Q", file.read(8))[0]


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)
