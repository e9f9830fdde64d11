"""Check that a server that is asked to stop finishes what it has begun, and that one that is killed has lost nothing it acknowledged.

    python3 scripts/check/serving_drain.py [--attune PROGRAM] [--folder FOLDER] [--threads N]

1. SIGTERM while 32 streams are under way and 16 requests wait: every stream comes to its end, with a terminal chunk and [DONE]; who waits is
   answered whole or refused with 503; nobody new is served; the status is 143, as that of a program that ended by the signal
2. SIGKILL, four times, while 50 clients ask and say what they think of the answers: every piece of feedback that was acknowledged is there
   after the restart, none twice, though all of it is sent again

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import http.client
import json
import random
import sqlite3
import subprocess
import threading
import time

from bench import check, main
from served import Server, together, until, untrained

STREAMS, WAITING, CLIENTS, KILLS = 32, 16, 50, 4


class Reader:
    """A stream that is read to its end, by a thread of its own."""

    def __init__(self, server, place):
        self.status, self.chunks, self.error, self.done, self.broken = None, 0, None, False, None
        self.finishes = []
        body = {"model": server.name, "prompt": f"Human: Tell me about number {place}.\n\nAssistant:", "stream": True, "seed": place,
                "max_tokens": 240, "min_tokens": 240}
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        self.connection.request("POST", "/v1/completions", json.dumps(body),
                                {"Authorization": f"Bearer {server.key(place)}", "Content-Type": "application/json"})
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        try:
            response = self.connection.getresponse()
            if response.status != 200:
                response.read()
            # Once a line was read there is a first token.
            for line in response if response.status == 200 else ():
                if not line.startswith(b"data: "):
                    continue
                if line.strip() == b"data: [DONE]":
                    self.done = True
                    continue
                chunk = json.loads(line[6:])
                self.error = chunk.get("error", self.error)
                self.finishes += [choice["finish_reason"] for choice in chunk.get("choices", ()) if choice["finish_reason"]]
                self.chunks += 1
            self.status = response.status
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.broken = repr(error)

    @property
    def is_whole(self):
        return self.status == 200 and self.done and self.finishes == ["length"] and not self.error and not self.broken


def drained(b):
    model, _ = untrained(b, "nano")
    server = Server(b, model, "--slots", STREAMS, keys=16)
    begun = [Reader(server, place) for place in range(STREAMS)]
    under_way = until(lambda: all(reader.chunks for reader in begun), 60)
    waiting = [Reader(server, STREAMS + place) for place in range(WAITING)]
    until(lambda: server.busy() == STREAMS + WAITING, 5)
    short = [reader for reader in begun if reader.status is not None]
    check(under_way and not short, f"{STREAMS} streams are under way, and {WAITING} requests wait")
    served, refused, deadline = 0, {}, time.monotonic() + 90
    server.process.terminate()
    asked = time.monotonic()
    time.sleep(0.2)
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            reply = server.post("/v1/completions", {"model": server.name, "prompt": "Late.", "max_tokens": 1}, timeout=30)
            served += reply.status == 200
            refused[reply.status] = refused.get(reply.status, 0) + 1
        except (OSError, http.client.HTTPException):
            refused["no connection"] = refused.get("no connection", 0) + 1
        time.sleep(0.1)
    took, status = time.monotonic() - asked, server.process.poll()
    if status is None:
        server.kill()
    for reader in begun + waiting:
        reader.thread.join(30)
    whole = sum(reader.is_whole for reader in begun)
    lost = [(reader.status, reader.chunks, reader.finishes, reader.error, reader.broken) for reader in begun if not reader.is_whole]
    check(whole == STREAMS, f"SIGTERM: {whole} of {STREAMS} streams come to their end, with a terminal chunk and [DONE] {lost[:3] or ''}")
    # Who waited as a stream may have its 200 already; then it is told in the stream, which ends as it should.
    told = sum(reader.status == 503 or reader.is_whole or (reader.done and reader.error is not None) for reader in waiting)
    check(told == WAITING, f"of {WAITING} that waited {sum(reader.is_whole for reader in waiting)} are answered whole, "
          f"{sum(reader.status == 503 for reader in waiting)} refused with 503")
    check(not served and refused, f"nobody new is served: {refused}")
    check(set(refused) <= {503, "no connection"}, "who comes now is refused with 503 or finds nobody")
    check(status == 143, f"the server ends with status {status} after {took:.1f} s")


class Critic(threading.Thread):
    """A client who asks, says what it thinks of the answer, and notes what was acknowledged."""

    def __init__(self, server, place, stop):
        super().__init__(daemon=True)
        self.server, self.place, self.stop = server, place, stop
        self.acknowledged, self.sent, self.odd = [], 0, []

    def run(self):
        while not self.stop.is_set():
            try:
                if not self.once():
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException, ValueError):
                # The server is down, or went down in the midst of it.
                time.sleep(0.05)

    def once(self):
        name = self.server.name
        body = {"model": name, "prompt": "Human: Hello.\n\nAssistant:", "max_tokens": 6, "min_tokens": 6, "user": f"user {self.place}"}
        reply = self.server.post("/v1/completions", body, key=self.server.key(self.place), timeout=30)
        if reply.status != 200:
            if reply.status not in (429, 503):
                self.odd.append(reply.status)
            return False
        self.sent += 1
        # Letters only, or it might be taken for a telephone number and scrubbed.
        comment = "remark " + letters(self.place * 100_000 + self.sent)
        said = {"response_id": reply.json()["id"], "rating": 1 if self.sent % 2 else -1, "comment": comment, "user": f"user {self.place}", "consent": True}
        reply = self.server.post("/v1/feedback", said, key=self.server.key(self.place), timeout=30)
        if reply.status in (200, 201):
            self.acknowledged.append(said)
        elif reply.status not in (429, 503):
            self.odd.append(reply.status)
        return True


def letters(number):
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:08}")


def remarks(path):
    """How often each remark stands in the rows of the store, whatever its tables are."""
    counts = {}
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f'SELECT * FROM "{table}"'):
            for value in row:
                if isinstance(value, str) and value.startswith("remark "):
                    counts[value] = counts.get(value, 0) + 1
    database.close()
    return counts


def killed(b):
    model, store = b.path("nano"), b.folder / "store"
    server = Server(b, model, "--store", store, keys=CLIENTS)
    stop, chance = threading.Event(), random.Random(1)
    critics = [Critic(server, place, stop) for place in range(CLIENTS)]
    for critic in critics:
        critic.start()
    for _ in range(KILLS):
        before = sum(len(critic.acknowledged) for critic in critics)
        until(lambda: sum(len(critic.acknowledged) for critic in critics) > before + CLIENTS, 60)
        time.sleep(chance.uniform(0, 0.5))
        server.kill()
        server.start()
    stop.set()
    for critic in critics:
        critic.join(60)
    said = [feedback for critic in critics for feedback in critic.acknowledged]
    odd = [status for critic in critics for status in critic.odd]
    check(len(said) >= KILLS * CLIENTS and not odd,
          f"through {KILLS} kills {CLIENTS} clients are told that {len(said)} pieces of feedback are kept {odd[:5] or ''}")
    server.kill()
    server.start()
    counts = remarks(store / "feedback.sqlite")
    lost = [feedback["comment"] for feedback in said if feedback["comment"] not in counts]
    check(not lost, f"after the last kill each of them is there {lost[:3] or ''}")
    again = together(lambda part: [server.post("/v1/feedback", feedback, key=server.key(place)).status
                                   for place, feedback in enumerate(part)], [said[start::8] for start in range(8)])
    again = [status for part in again for status in part]
    check(all(status in (200, 201) for status in again), f"all of it is taken again {sorted(set(again))}")
    check(remarks(store / "feedback.sqlite") == counts and all(count == 1 for count in counts.values()), "and none of it is there twice")
    check(server.stop() == 143, "the server ends with status 143")
    subprocess.run([b.program, "data", "feedback", "--store", str(store / "feedback.sqlite"), "--unpaired", b.path("unpaired.jsonl")],
                   check=True, stdout=subprocess.DEVNULL)
    rows = b.rows("unpaired.jsonl")
    check(len(rows) >= len(said) and all({"prompt", "completion", "label"} <= set(row) for row in rows),
          f"the export has {len(rows)} rows, one for each answer that was judged")


if __name__ == "__main__":
    main(__doc__, "check-serving-drain", [drained, killed])
