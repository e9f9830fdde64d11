"""Check that a server under load keeps up with `attune generate`, and treats everybody alike.

    python3 scripts/check/serving_load.py [--seconds N] [--clients N] [--attune PROGRAM] [--folder FOLDER] [--threads N]

64 clients stream completions of 128 tokens from an untrained nano model for a minute, each asking again as soon as it has its answer;
before and after, in the same sitting, `attune generate` writes as many tokens a completion at batch 64. The server comes to 60 % of it at
least, nobody is refused but by policy (429, 503), every answer has an end, and memory stays where it was. How long first tokens take, and
the next ones, are figures.

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import re
import selectors
import socket
import time

from bench import check, main
from served import RUNNING, Server, percentile, request_bytes, untrained

TOKENS = 128
COUNTED = re.compile(rb'"completion_tokens"\s*:\s*(\d+)')


class Client:
    """One stream after the other. It counts lines and looks into none but the last, so as to leave the cores to the server."""

    def __init__(self, place):
        self.place, self.socket = place, None

    def begin(self, port, request):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(request)
        self.socket.setblocking(False)
        self.began = self.last = time.monotonic()
        self.status, self.lines, self.tail = None, 0, b""


class Load:
    def __init__(self, server, prompts, clients):
        self.server, self.prompts, self.asked = server, prompts, 0
        self.clients = [Client(place) for place in range(clients)]
        self.statuses, self.firsts, self.steps = {}, [], []
        self.tokens = self.answers = self.unfinished = self.lines_under_way = 0
        self.selector = selectors.DefaultSelector()

    def ask(self, client):
        body = {"model": self.server.name, "prompt": self.prompts[self.asked % len(self.prompts)], "max_tokens": TOKENS, "min_tokens": TOKENS, "temperature": 1, "seed": self.asked,
                "stream": True, "stream_options": {"include_usage": True}}
        self.asked += 1
        client.begin(self.server.port, request_bytes("POST", "/v1/completions", body, self.server.key(client.place)))
        self.selector.register(client.socket, selectors.EVENT_READ, client)

    def read(self, client):
        try:
            data = client.socket.recv(1 << 16)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            self.end(client)
            if time.monotonic() < self.deadline:
                self.ask(client)
            return
        now = time.monotonic()
        if client.status is None:
            client.status = int(data[9:12])
        # A line that two reads share is counted by the one that has its colon.
        lines = data.count(b"data: ")
        if lines:
            if client.lines:
                self.steps.append((now - client.last) / lines)
            else:
                self.firsts.append(now - client.began)
            client.lines, client.last = client.lines + lines, now
        client.tail = (client.tail + data)[-2000:]

    def end(self, client):
        self.selector.unregister(client.socket)
        client.socket.close()
        self.statuses[client.status] = self.statuses.get(client.status, 0) + 1
        if client.status == 200:
            counted = COUNTED.findall(client.tail)
            if counted and b"data: [DONE]" in client.tail:
                self.answers += 1
                self.tokens += int(counted[-1])
            else:
                self.unfinished += 1

    def run(self, seconds, middle):
        began, processor = time.monotonic(), time.process_time()
        self.deadline, half = began + seconds, began + seconds / 2
        for client in self.clients:
            self.ask(client)
        while (now := time.monotonic()) < self.deadline:
            if half and now > half:
                half = None
                middle()
            for key, _ in self.selector.select(timeout=0.2):
                self.read(key.data)
        self.seconds = time.monotonic() - began
        self.processor = (time.process_time() - processor) / self.seconds
        # What is under way is left in its midst: its tokens so far count, by lines.
        self.lines_under_way = sum(client.lines for client in self.clients if client.status == 200)
        for client in self.clients:
            client.socket.close()

    @property
    def rate(self):
        return (self.tokens + self.lines_under_way) / self.seconds


def load(b):
    model, prompts = untrained(b, "nano")

    def generate(count, seed):
        rows = b.write("some.jsonl", [{"prompt": prompts[place % len(prompts)]} for place in range(count)])
        told = b.run("generate", "--model", model, "--prompts", rows, "--max-new-tokens", TOKENS, "--min-new-tokens", TOKENS, "--temperature", 1,
                     "--batch-size", 64, "--seed", seed, "--out", b.path("generated.jsonl"))
        return told["tokens_per_second"]

    seconds = b.options.seconds
    # As many prompts as take about half as long as the clients ask: before and after together as long.
    count = max(64, int(generate(128, 0) * seconds / 2 / TOKENS) // 64 * 64)
    before = generate(count, 1)
    server = Server(b, model, "--slots", 64, keys=16)
    try:
        work = Load(server, prompts, b.options.clients)
        work.ask(work.clients[0])
        work.deadline = 0
        while work.clients[0].socket.fileno() >= 0:
            for key, _ in work.selector.select(timeout=0.2):
                work.read(key.data)
        check(work.answers == 1, "the first answer is whole")
        work = Load(server, prompts, b.options.clients)
        memory, counted = [server.rss()], server.metrics()["vllm:generation_tokens_total"]
        work.run(seconds, lambda: memory.append(server.rss()))
        memory.append(server.rss())
        idle = server.idle(15)
        told = server.metrics()["vllm:generation_tokens_total"] - counted
    finally:
        status = server.stop()
    after = generate(count, 2)
    alone = (before + after) / 2
    by_policy = {status: number for status, number in work.statuses.items() if status in (429, 503)}
    others = {status: number for status, number in work.statuses.items() if status not in (200, 429, 503)}
    check(not others and work.unfinished == 0,
          f"{b.options.clients} clients for {seconds:.0f} s: {work.answers} answers whole, {work.unfinished} without an end, refused by policy {by_policy or 0}, "
          f"other statuses {others or 0}")
    check(work.answers >= b.options.clients and sum(by_policy.values()) < work.answers, "most of what they ask is answered")
    check(work.rate >= 0.6 * alone, f"{work.rate:.0f} tokens a second together; attune generate {before:.0f} before and {after:.0f} after: {work.rate / alone:.0%}, "
          "60 % at least")
    written = work.tokens + work.lines_under_way
    check(written * 0.98 <= told <= written * 1.1 + 64 * TOKENS, f"the server counts {told:.0f} tokens, the clients {written}")
    print(f"  first token: median {percentile(work.firsts, 0.5) * 1000:.0f} ms, 99th percentile {percentile(work.firsts, 0.99) * 1000:.0f} ms; "
          f"next ones: {percentile(work.steps, 0.5) * 1000:.1f} ms, {percentile(work.steps, 0.99) * 1000:.1f} ms; "
          f"the clients took {work.processor:.0%} of a core")
    check(memory[2] - memory[1] < 64 << 20,
          f"memory: {', '.join(f'{size / 2**20:.0f}' for size in memory)} MiB at the start, in the middle and at the end: from the middle on less than 64 MiB more")
    check(idle, f"once they have gone, {RUNNING} is 0 again")
    check(status == 143, f"the server ends with status {status} when it is asked to")


if __name__ == "__main__":
    main(__doc__, "check-serving-load", [load], numbers={"seconds": 60.0, "clients": 64})
