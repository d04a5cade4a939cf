"""The load generator of `bench.standing`, in its own process: connections that repeat requests.

Reads one job per line from standard input, and writes one outcome per line to standard output, both as JSON: see `Job`
and `Outcome`.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import asdict, dataclass, field

# Placeholders in a request's body, replaced each time it is sent.
SERIAL, VERSION, FIRST_ID, SECOND_ID = "0SERIAL0", "0VERSION0", "0FIRSTID0", "0SECONDID0"
PATIENCE_S = 60


@dataclass
class Asked:
    """The request that a thread repeats, each time on a new connection. `version` is incremented with each save at
    `path`."""

    path: str
    headers: dict[str, str]
    body: str | None = None
    version: int = 0


@dataclass
class Job:
    """Runs one thread for each of `asked`, for `seconds`; responses with another status than `status` count as
    wrong."""

    port: int
    seconds: float
    status: int
    asked: list[Asked]


@dataclass
class Outcome:
    """`seconds` is the time from the start to the last response: each thread waits for its own, so none is pending."""

    answers: int = 0
    seconds: float = 0
    wrong: dict[int, int] = field(default_factory=dict)  # how often, by status


class Client:
    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.serial = 0

    def run(self, job: Job) -> Outcome:
        outcomes = [Outcome() for _ in job.asked]
        start = time.perf_counter()
        threads = [
            threading.Thread(target=self._ask, args=(job, asked, start + job.seconds, outcome))
            for asked, outcome in zip(job.asked, outcomes, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wrong = sum((Counter(one.wrong) for one in outcomes), Counter())
        return Outcome(sum(one.answers for one in outcomes), time.perf_counter() - start, dict(wrong))

    def _ask(self, job: Job, asked: Asked, until: float, outcome: Outcome) -> None:
        self.versions.setdefault(asked.path, asked.version)
        while time.perf_counter() < until:
            status = _status(job.port, self.request(job.port, asked))
            if status == job.status:
                outcome.answers += 1
                self.versions[asked.path] += 1
            else:
                outcome.wrong[status] = outcome.wrong.get(status, 0) + 1

    def request(self, port: int, asked: Asked) -> bytes:
        head = [f"{'GET' if asked.body is None else 'POST'} {asked.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        head += ["Connection: close", *(f"{name}: {value}" for name, value in asked.headers.items())]
        body = asked.body or ""
        if asked.body is not None:
            self.serial += 1
            body = body.replace(SERIAL, str(self.serial)).replace(VERSION, str(self.versions[asked.path]))
            body = body.replace(FIRST_ID, str(uuid.uuid4())).replace(SECOND_ID, str(uuid.uuid4()))
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*head, "", body]).encode()


def _status(port: int, request: bytes) -> int:
    """Sends a request and reads the whole response. Returns its status, 0 if there was none."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
            connection.sendall(request)
            first = connection.recv(65536)
            while connection.recv(65536):
                pass
            return int(first[9:12])
    except (OSError, ValueError):
        return 0


def main() -> None:
    client = Client()
    for line in sys.stdin:
        given = json.loads(line)
        job = Job(**{**given, "asked": [Asked(**asked) for asked in given["asked"]]})
        print(json.dumps(asdict(client.run(job))), flush=True)


if __name__ == "__main__":
    main()
