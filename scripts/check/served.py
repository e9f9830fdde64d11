"""What the checks of serving share: a server to ask, streams to read, numbers to watch."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections import namedtuple

# What no answer and no line of the server's log may hold of where it runs or how it is built.
INSIDES = (".swift", "Sources/", "Fatal error", "/.build/", "Swift.", "NIOCore", "Stack dump")
RUNNING, WAITING = "vllm:num_requests_running", "vllm:num_requests_waiting"


class Reply(namedtuple("Reply", "status headers body")):
    def json(self):
        return json.loads(self.body)

    def error(self):
        """The error, where it has OpenAI's shape; else None."""
        try:
            error = json.loads(self.body)["error"]
            whole = {"message", "type", "param", "code"} <= set(error) and error["message"] and error["type"]
            return error if whole and isinstance(error["message"], str) and isinstance(error["type"], str) else None
        except (ValueError, KeyError, TypeError):
            return None


class Server:
    """`attune serve`, on ports that it chooses at its first start and keeps."""

    def __init__(self, b, model, *options, keys=1):
        self.b, self.model, self.options = b, str(model), [str(option) for option in options]
        self.name = "sandbox"
        self.keys = [f"sk-of-client-{number:03}-3f9c" for number in range(keys)]
        self.admin_key = "sk-of-an-administrator-77ab"
        self.port = self.admin_port = 0
        self.process, self.lines = None, []
        self.start()

    def start(self):
        command = [self.b.program, "serve", "--model", self.model, "--served-name", self.name, "--port", str(self.port), "--admin-port", str(self.admin_port),
                   "--admin-key", self.admin_key, "--threads", str(self.b.threads), *self.options]
        for key in self.keys:
            command += ["--api-key", key]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
                                        env={**os.environ, "OMP_NUM_THREADS": str(self.b.threads)})
        first = len(self.lines)
        threading.Thread(target=self.listen, args=(self.process,), daemon=True).start()
        if not until(lambda: self.process.poll() is not None or (self.told("serving", first) and self.told("administration", first)), 120):
            raise SystemExit("the server did not say where it serves:\n" + "".join(self.lines[-20:]))
        if self.process.poll() is not None:
            raise SystemExit("the server did not start:\n" + "".join(self.lines[-20:]))
        self.port, self.admin_port = self.told("serving", first), self.told("administration", first)
        self.url = f"http://127.0.0.1:{self.port}"
        if not until(self.ready, 120):
            raise SystemExit("the server was never ready")

    def listen(self, process):
        for line in process.stderr:
            self.lines.append(line)

    def told(self, word, first):
        for line in self.lines[first:]:
            found = re.search(rf"{word} http://[^:/]+:(\d+)", line)
            if found:
                return int(found[1])
        return None

    def ready(self):
        try:
            return self.ask("GET", "/ready", key=None).status == 200
        except OSError:
            return False

    def log(self):
        return "".join(self.lines)

    def key(self, number=0):
        return self.keys[number % len(self.keys)]

    def ask(self, method, path, body=None, key="", headers=None, admin=False, timeout=120):
        """One request on a connection of its own; a key of None sends none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port if admin else self.port, timeout=timeout)
        try:
            sent = {"Connection": "close", **(headers or {})}
            if key is not None:
                sent["Authorization"] = "Bearer " + (key or (self.admin_key if admin else self.key()))
            if body is not None:
                sent.setdefault("Content-Type", "application/json")
            data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
            connection.request(method, path, data, sent)
            response = connection.getresponse()
            return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        finally:
            connection.close()

    def post(self, path, body, **options):
        return self.ask("POST", path, body, **options)

    def metrics(self):
        """The sum of each metric over its labels."""
        sums = {}
        for line in self.ask("GET", "/metrics", admin=True).body.decode().splitlines():
            found = re.fullmatch(r"([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)", line)
            if found:
                sums[found[1]] = sums.get(found[1], 0) + float(found[3])
        return sums

    def busy(self):
        seen = self.metrics()
        return seen[RUNNING] + seen[WAITING]

    def idle(self, seconds):
        """Whether no request is under way or waits, within so many seconds."""
        return until(lambda: self.busy() == 0, seconds)

    def rss(self):
        """Bytes of memory."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def open(self, body, key=None, path="/v1/completions", window=None, timeout=60):
        """A socket that a request was sent on, and nothing read from; with a window, one that takes in little."""
        connection = socket.socket()
        if window:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        connection.settimeout(timeout)
        connection.connect(("127.0.0.1", self.port))
        connection.sendall(request_bytes("POST", path, body, key or self.key()))
        return connection

    def stop(self):
        """Asks it to end, and says with which status it did."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def request_bytes(method, path, body, key, headers=()):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(data)}", "Connection: close"]
    lines += [f"Authorization: Bearer {key}"] if key else []
    return ("\r\n".join([*lines, *headers]) + "\r\n\r\n").encode() + data


def until(holds, seconds, pause=0.05):
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def together(work, arguments):
    """Does the work for each argument in a thread of its own; what each returned, or the error that it threw."""
    results = [None] * len(arguments)

    def one(place):
        try:
            results[place] = work(arguments[place])
        except Exception as error:  # To be judged by who asked.
            results[place] = error
    threads = [threading.Thread(target=one, args=(place,), daemon=True) for place in range(len(arguments))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def world(b):
    """Models of the sandbox world, made once for all checks: quickstart does nothing where it was before."""
    folder = b.folder.parent / "check-serving-world"
    b.run("quickstart", "--quick", "--out", folder)
    return folder


def untrained(b, preset):
    """A model with random weights and a tokenizer of the sandbox, and 512 prompts."""
    text, prompts = b.sandbox("text", 4000, 1, "text.jsonl"), b.sandbox("prompts", 512, 2, "prompts.jsonl")
    b.run("tokenizer", "train", "--data", text, "--vocab-size", 1024, "--out", b.path("tokenizer"))
    subprocess.run([b.program, "model", "new", "--preset", preset, "--tokenizer", b.path("tokenizer"), "--out", b.path(preset)],
                   check=True, stdout=subprocess.DEVNULL)
    return b.path(preset), [json.loads(line)["prompt"] for line in open(prompts, encoding="utf-8")]
