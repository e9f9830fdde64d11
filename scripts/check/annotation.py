"""Check that a served annotation project loses nothing: many simulated people, and a server that is killed again and again.

    python3 scripts/check/annotation.py [--quick] [--attune PROGRAM] [--folder FOLDER]

Every slot filled exactly, nobody twice on a task, no answer lost or doubled, an audit log in order; Dawid and Skene's model nearer to
the truth than votes where a third of the annotators guess; as a figure, how long pages take at a steady rate of requests; and a reward
model that learns more from what Dawid and Skene's model makes of people of different quality than from their votes.
All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import functools
import http.client
import json
import random
import re
import signal
import socket
import subprocess
import threading
import time
from urllib.parse import urlencode

from bench import check, main, mean_and_error
from sandbox import base_model

OVERLAP = 3


def attune(b, *arguments):
    return subprocess.run([b.program, *map(str, arguments)], check=True, text=True, capture_output=True).stdout


class Server:
    def __init__(self, b, project):
        self.b, self.project, self.process = b, project, None
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.b.program, "annotate", "serve", str(self.project), "--port", str(self.port)],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "serving" in line:
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return
        raise SystemExit("the server did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def through_kills(tasks, people, kills, pause, b):
    """A project is worked off while its server is killed again and again; people pause, so that there is time for all kills."""
    pairs, project = b.sandbox("preferences", tasks, 7, "pairs.jsonl"), b.path("project.sqlite")
    (b.folder / "guide.md").write_text("# Guidelines\n\nTake the better answer.\n")
    attune(b, "annotate", "new", project, "--guidelines", b.path("guide.md"), "--overlap", OVERLAP, "--least-seconds", 0,
           "--reading-speed", 0, "--gold-rate", 0, "--repeat-rate", 0)
    attune(b, "annotate", "import", project, "--data", pairs)
    # Without those that the sandbox has drawn twice.
    tasks = b.run("annotate", "progress", project)["tasks"]
    server = Server(b, project)
    started = time.monotonic()
    crowd = subprocess.Popen(
        [b.program, "annotate", "simulate", project, "--url", server.url, "--annotators", str(people), "--sloppy", "0.3333",
         "--pause", str(pause), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    chance, killed = random.Random(1), 0
    while crowd.poll() is None:
        try:
            # While people join, and while they work.
            crowd.wait(chance.uniform(0.2, 1))
        except subprocess.TimeoutExpired:
            if killed < kills:
                server.process.send_signal(signal.SIGKILL)
                server.process.wait()
                killed += 1
                time.sleep(chance.uniform(0, 0.3))
                server.start()
    seconds = time.monotonic() - started
    server.stop()
    told = json.loads(crowd.stdout.read().splitlines()[-1])["judgments"] if crowd.returncode == 0 else None
    slots = tasks * OVERLAP
    check(killed == kills, f"{people} annotators were done after {seconds:.0f} s, through {killed} kills of the server")
    check(told == slots, f"they were told of {told} judgments, of {slots} that are needed")
    progress = b.run("annotate", "progress", project)
    check(progress["filled"] == slots and progress["complete"] == tasks, f"every slot of {tasks} tasks is filled")
    attune(b, "annotate", "export", project, "--format", "raw", "--out", b.path("raw.jsonl"))
    rows = b.rows("raw.jsonl")
    each = {(row["task"], row["annotator"]) for row in rows}
    counts = {}
    for row in rows:
        counts[row["task"]] = counts.get(row["task"], 0) + 1
    check(len(rows) == slots == len(each), "nobody has judged a task twice, and no answer is lost or doubled")
    check(set(counts.values()) == {OVERLAP}, f"every task has {OVERLAP} judgments exactly")
    check("all in order" in attune(b, "annotate", "audit", project), "the audit log is whole")


def truth(b):
    """How much of what is true votes find, and Dawid and Skene's model."""
    gold = {}
    for row in b.rows("pairs.jsonl"):
        if row["gold_chosen"] != row["gold_rejected"]:
            better = "chosen" if row["gold_chosen"] > row["gold_rejected"] else "rejected"
            gold[row["prompt"], frozenset((row["chosen"], row["rejected"]))] = row[better]
    found = {}
    for method in ("votes", "dawid_skene"):
        attune(b, "annotate", "export", b.path("project.sqlite"), "--out", b.path(f"{method}.jsonl"), "--method", method)
        said = {}
        for row in b.rows(f"{method}.jsonl"):
            said[row["prompt"], frozenset((row["chosen"], row["rejected"]))] = row["chosen"]
        # A task of which nothing is decided is half right.
        found[method] = sum(0.5 if key not in said else said[key] == best for key, best in gold.items()) / len(gold)
    check(found["dawid_skene"] > found["votes"],
          f"of the truth votes find {found['votes']:.1%}, Dawid and Skene's model {found['dawid_skene']:.1%}")


class Browser:
    """One person with one connection."""

    def __init__(self, port, link, name):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        reply = self.send("POST", f"/invitation/{link.rsplit('/', 1)[1]}", {"name": name, "password": "a long enough one " + name})
        self.cookie = reply[1].split(";")[0]

    def send(self, method, path, form=None):
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.getheader("Set-Cookie") or "", response.read().decode()


def latency(length, b):
    """Pages at a steady rate: each person opens a task and answers it."""
    project, rate = b.path("speed.sqlite"), 100
    attune(b, "annotate", "new", project, "--guidelines", b.path("guide.md"), "--criteria", "helpfulness,honesty", "--strengths", 1)
    attune(b, "annotate", "import", project, "--data", b.path("pairs.jsonl"))
    server = Server(b, project)
    links = attune(b, "annotate", "invite", project, "--count", 20, "--url", server.url).split()
    people = [Browser(server.port, link, f"person {number}") for number, link in enumerate(links)]
    times, failed, lock = [], [], threading.Lock()

    def work(person, offset):
        period, due = len(people) / rate, time.monotonic() + offset
        end, page = due + length, None
        while due < end:
            time.sleep(max(0, due - time.monotonic()))
            begun = time.monotonic()
            if page is None:
                status, _, page = person.send("GET", "/task")
            else:
                field = lambda name: re.search(f'name="{name}" value="([^"]+)"', page)[1]
                status, _, _ = person.send("POST", "/task", {
                    "token": field("token"), "csrf_token": field("csrf_token"), "verdict": "tie", "reason": "", "active_seconds": "1"})
                page = None
            with lock:
                times.append(time.monotonic() - begun)
                if status not in (200, 303):
                    failed.append(status)
            due += period

    threads = [threading.Thread(target=work, args=(person, number / rate)) for number, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.stop()
    times.sort()
    middle, tail = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    # How long is a figure, and no limit: machines differ.
    check(not failed, f"{len(times)} requests in {length} s, half of them answers: median {middle:.1f} ms, 99th percentile {tail:.1f} ms")


def learned(b):
    """From prompts to a reward model: six of ten people guess; one model takes each vote for as good as any other, and one does not."""
    project, runs = b.path("learned.sqlite"), 3
    asked = b.sandbox("preferences", 3000, 11, "asked.jsonl")
    clear = b.sandbox("preferences", 1500, 12, "clear.jsonl", "--temperature", 0, "--minimum-gap", 0.2)
    attune(b, "annotate", "new", project, "--guidelines", b.path("guide.md"), "--overlap", OVERLAP, "--least-seconds", 0,
           "--reading-speed", 0, "--gold-rate", 0, "--repeat-rate", 0)
    attune(b, "annotate", "import", project, "--data", asked)
    server = Server(b, project)
    b.run("annotate", "simulate", project, "--url", server.url, "--annotators", 60, "--sloppy", 0.6, "--seed", 3)
    server.stop()
    base_model(b)
    accuracy = {}
    for method, agreement in (("votes", "ignore"), ("dawid_skene", "probability")):
        attune(b, "annotate", "export", project, "--out", b.path(f"learned-{method}.jsonl"), "--method", method)
        accuracy[method] = []
        for seed in range(runs):
            model = b.path(f"reward-{method}-{seed}")
            b.run("reward", "--model", b.path("base"), "--data", b.path(f"learned-{method}.jsonl"), "--out", model, "--agreement", agreement,
                  "--epochs", 2, "--batch-size", 32, "--learning-rate", 1e-3, "--lr-scheduler-type", "cosine", "--warmup-steps", 20,
                  "--seed", seed, "--logging-steps", 20, "--save-steps", 0)
            seen = b.run("evaluate", "reward", "--model", model, "--data", clear, "--probes", "none")
            accuracy[method].append(seen["accuracy"]["accuracy"]["value"])
    votes, known = (mean_and_error(accuracy[method]) for method in ("votes", "dawid_skene"))
    check(known[0] - votes[0] > 2 * (votes[1] ** 2 + known[1] ** 2) ** 0.5,
          f"of clear pairs a reward model of plain votes orders {votes[0]:.1%} ± {votes[1]:.1%}, one of Dawid and Skene's model "
          f"{known[0]:.1%} ± {known[1]:.1%} ({runs} seeds each)")
    # Unlabelled by people, the pairs of the export itself: how far people agree, and the model with them.
    seen = b.run("evaluate", "reward", "--model", b.path("reward-dawid_skene-0"), "--data", b.path("learned-votes.jsonl"), "--probes", "none")
    people = seen["annotators"]
    check(0.5 < people["each_other"]["value"] < 0.8,
          f"two of these people agree in {people['each_other']['value']:.1%}, the model with one of them in {people['model']['value']:.1%}")


if __name__ == "__main__":
    main(__doc__, "check-annotation",
         [functools.partial(through_kills, 5000, 200, 20, 500), truth, functools.partial(latency, 30), learned],
         # Of so few tasks it is chance which way of counting finds more of the truth.
         quick=[functools.partial(through_kills, 200, 20, 4, 250), functools.partial(latency, 5)])
