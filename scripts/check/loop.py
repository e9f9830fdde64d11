"""Check that the loop closes: what people say about served answers makes the next model better, by the gold judge of the sandbox world.

    python3 scripts/check/loop.py [--quick] [--seed N] [--attune PROGRAM] [--folder FOLDER] [--threads N]

1. a policy is served; simulated users ask, ask again for another answer, and say what they think: what the gold judge thinks, with
   noise; not all agree that it is learned from
2. a turn of `attune loop` learns from what they said; it is killed while the policy learns, and goes on
3. what passed the gate answers a growing share of users, who go on asking and judging, until administration promotes it
4. the gold score of what anybody gets to prompts that nobody asked before is higher after than before

With --quick there are fewer users. --seed gives other prompts, users and draws. Ends with status 1 where a line is not met. Needs
Python 3.9 and nothing else.
"""
import atexit
import hashlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

from bench import Difference, check, main, mean
from served import Server, together, until, world

TOKENS = 48
AT_ONCE = 32
STEPS = [0.2, 0.5, 1]
# Of a turn, each built on those before it.
STAGES = ("data", "reward", "training", "gate", "candidate")
# Users that come together while the candidate is on trial, and how many of them were there the time before.
CROWD, RETURNING = 96, 32
# Most agree that it is learned from; some refuse, and some say nothing of it, which is no consent.
CONSENT = (True,) * 8 + (False, None)


class Size:
    def __init__(self, users, held_out, step, rate):
        self.users, self.held_out, self.step, self.rate = users, held_out, step, rate


class People:
    """Simulated users of a server: they ask, look at all answers together, and say what they think of them."""

    def __init__(self, b, server, seed):
        self.b, self.server, self.seed = b, server, seed
        self.statuses, self.said = {}, []
        # By user, in order, which model answered; by model, how good it was.
        self.arms, self.gold = {}, {}

    def post(self, path, body):
        reply = self.server.post(path, body)
        self.statuses[reply.status] = self.statuses.get(reply.status, 0) + 1
        if reply.status != 200:
            raise RuntimeError(f"{path} was answered with status {reply.status}: {reply.body[:300]}")
        return reply

    def all(self, work, arguments):
        """The work for each argument, so many at once."""
        results = []
        for first in range(0, len(arguments), AT_ONCE):
            results += together(work, arguments[first:first + AT_ONCE])
        for result in results:
            if isinstance(result, Exception):
                raise result
        return results

    def answer(self, prompt, seed, user, regenerates=None):
        body = {"model": self.server.name, "prompt": prompt, "max_tokens": TOKENS, "temperature": 1, "seed": seed, "user": user}
        if regenerates:
            body["regenerates"] = regenerates
        reply = self.post("/v1/completions", body)
        content = reply.json()
        return {"id": content["id"], "prompt": prompt, "completion": content["choices"][0]["text"], "arm": reply.headers.get("x-attune-arm")}

    def visit(self, visit):
        """A user asks, has it answered again, and some of them once more."""
        user, place, row = visit
        draw = random.Random(f"{self.seed} asks {place}")
        answers = [self.answer(row["prompt"], draw.getrandbits(31), user)]
        for _ in range(2 if draw.random() < 0.3 else 1):
            answers.append(self.answer(row["prompt"], draw.getrandbits(31), user, answers[0]["id"]))
        return answers

    def judge(self, answers, name):
        """The gold score of each answer; one that says nothing has none, and is worth nothing."""
        data = self.b.write(f"{name}.jsonl", [{"prompt": answer["prompt"], "completion": answer["completion"]} for answer in answers])
        self.b.run("sandbox", "judge", "--data", data, "--out", self.b.path(f"{name}-gold.jsonl"))
        return [row["gold_total"] or 0 for row in self.b.rows(f"{name}-gold.jsonl")]

    def come(self, visits, name):
        """Users come with their prompts and say what they think; visits are of a user, a place among all visits, and a row of prompts."""
        answered = self.all(self.visit, visits)
        gold = iter(self.judge([answer for answers in answered for answer in answers], name))
        said = []
        for (user, place, row), answers in zip(visits, answered):
            scores = [next(gold) for _ in answers]
            for answer, score in zip(answers, scores):
                self.arms.setdefault(user, []).append(answer["arm"])
                self.gold.setdefault(answer["arm"], []).append(score)
            said += self.opinions(user, place, row["completion"], answers, scores)
        # One after the other, as what is learned from is in the order in which it was said.
        receipts = [self.post("/v1/feedback", body).json()["receipt"] for body in said]
        self.said += said
        return receipts

    def opinions(self, user, place, better, answers, gold):
        """What a user says: he feels what the gold judge says, with noise; one in twenty does not look."""
        draw = random.Random(f"{self.seed} says {place}")
        consent, looks = draw.choice(CONSENT), draw.random() < 0.95
        felt = [score + draw.gauss(0, 0.08) if looks else draw.random() for score in gold]
        common = {"user": user, **({} if consent is None else {"consent": consent})}
        best = max(range(len(answers)), key=felt.__getitem__)
        bodies = []
        for place, answer in enumerate(answers):
            about = {"response_id": answer["id"], **common}
            if answer["completion"] != answers[best]["completion"] and draw.random() < 0.9:
                bodies.append({**about, "preferred_id": answers[best]["id"]})
            if draw.random() < 0.3:
                bodies.append({**about, "rating": 1 if felt[place] > 0.6 else -1})
        if felt[best] < 0.4 and draw.random() < 0.1:
            bodies.append({"response_id": answers[best]["id"], **common, "correction": better.strip()})
        return bodies


class Round:
    """Once round the loop; its parts in their order."""

    def __init__(self, size):
        self.size, self.server = size, None
        self.parts = [self.begin, self.serve, self.learn, self.release]

    def begin(self, b):
        """A policy, and the prompts: of users, with an answer that one who knows better would give, of the gate, and of the end."""
        atexit.register(self.leave)
        self.seed, self.policy, self.store = b.options.seed, world(b) / "sft", b.folder / "served"
        b.sandbox("demonstrations", 2 * self.size.users, 100 * self.seed + 71, "asked.jsonl")
        self.asked = b.rows("asked.jsonl")
        b.sandbox("prompts", 2000, 100 * self.seed + 72, "gate.jsonl")
        b.sandbox("prompts", 2 * self.size.held_out, 100 * self.seed + 73, "end.jsonl")
        known = {row["prompt"] for row in self.asked}
        self.held_out = list(dict.fromkeys(row["prompt"] for row in b.rows("end.jsonl") if row["prompt"] not in known))[:self.size.held_out]

    def leave(self):
        """No server stays behind, however the check ends."""
        if self.server and self.server.process.poll() is None:
            self.server.kill()

    def gold(self, people, name):
        """By held-out prompt, the mean gold score of two answers, drawn at temperature 1; and which models gave them."""
        asked = [(prompt, seed) for seed in range(2) for prompt in self.held_out]
        answers = people.all(lambda one: people.answer(*one, f"held out {one[0]}"), asked)
        scores = people.judge(answers, name)
        return [mean(pair) for pair in zip(scores, scores[len(self.held_out):])], {answer["arm"] for answer in answers}

    def serve(self, b):
        """The policy in use is served; users ask and say what they think."""
        self.server = Server(b, self.policy, "--store", self.store)
        people = self.people = People(b, self.server, self.seed)
        began = time.monotonic()
        self.before, _ = self.gold(people, "before")
        receipts = people.come([(f"user {place}", place, row) for place, row in enumerate(self.asked[:self.size.users])], "first")
        kinds = [sum(kind in body for body in people.said) for kind in ("preferred_id", "rating", "correction")]
        check(set(receipts) == {"new"} and min(kinds) > 0,
              f"{self.size.users} users are answered {sum(people.statuses.values()) - len(receipts)} times with gold {mean(people.gold[None]):.3f}, and say "
              f"{len(receipts)} times what they think ({kinds[0]} preferences, {kinds[1]} ratings, {kinds[2]} corrections), in {time.monotonic() - began:.0f} s")
        again = people.post("/v1/feedback", people.said[0]).json()["receipt"]
        kept = b.run("data", "feedback", "--store", self.store / "feedback.sqlite")
        unwilling = sum(body.get("consent") is not True for body in people.said)
        check(again == "same" and kept["feedback"] == len(receipts) and kept["left_out"]["unconsented"] == unwilling,
              f"all of it is kept, once; {unwilling} are not for learning, as nobody agreed to it")

    def learn(self, b):
        """A turn, killed while the policy learns, and gone on with."""
        out = b.folder / "loop"
        common = {"batch_size": 32, "lr_scheduler_type": "cosine", "warmup_steps": 5, "logging_steps": 1, "epochs": 2}
        project = {
            "name": "check", "policy": str(self.policy), "feedback": str(self.store / "feedback.sqlite"), "prompts": b.path("gate.jsonl"),
            "judge": "sandbox", "held_out": 0.15, "out": str(out), "seed": self.seed, "sampling": {"max_new_tokens": TOKENS, "completions": 4},
            "reward": {**common, "learning_rate": 1e-3, "save_steps": 0},
            "training": {**common, "method": "dpo", "learning_rate": self.size.rate, "save_steps": 10, "reference_cache": b.path("reference-cache")},
            "canary": {"steps": STEPS, "minimum_requests": self.size.step, "minimum_seconds": 0,
                       "guardrails": [{"event": "error"}, {"event": "negative_feedback"}]},
        }
        # JSON is YAML too.
        path = b.folder / "project.yaml"
        path.write_text(json.dumps(project, indent=1), encoding="utf-8")
        turn, run = out / "turn-0001", out / "turn-0001" / "training" / "run"
        process = subprocess.Popen([b.program, "loop", "--project", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, "OMP_NUM_THREADS": str(b.threads)})
        until(lambda: process.poll() is not None or len(whole_rows(run / "metrics.jsonl")) >= 14, 600)
        process.send_signal(signal.SIGKILL)
        process.wait()
        stages = stages_of(b.run("loop", "--project", path, "--status"))
        check(process.returncode == -signal.SIGKILL and [stages[name]["is_finished"] for name in STAGES] == [True, True, False, False, False],
              "the turn is killed while the policy learns, and says so")
        # Comes too late for this turn.
        self.people.come([(f"user {place}", place, self.asked[place]) for place in range(self.size.users, self.size.users + 16)], "late")
        done = [(turn / stage / "stage.json").read_bytes() for stage in ("data", "reward")]
        result = b.run("loop", "--project", path)
        stages = stages_of(result)
        check(all(stage["is_finished"] for stage in stages.values()) and done == [(turn / stage / "stage.json").read_bytes() for stage in ("data", "reward")],
              f"the same command goes on with it, does nothing again that was done, and takes in nothing that was said since; in {b.seconds:.0f} s")
        steps = [row["step"] for row in whole_rows(run / "metrics.jsonl") if "loss" in row]
        check(steps == list(range(1, stages["training"]["counts"]["steps"] + 1)), f"each of its {len(steps)} steps is taken once")
        self.lineage = result["lineage"]
        named, bound, wrong = lineages(turn)
        wrong += [f"{name} says {seen}" for name, seen in named.items() if seen != self.lineage]
        check({json.loads(record)["lineage"] for record in done} == {self.lineage} and not wrong,
              f"lineage {self.lineage} is in all {len(named)} files of data, stages, runs, gate, page and candidate; the records of runs and digests "
              f"bind {bound} others to it" + "".join(f"; {fault}" for fault in wrong))
        pairs = [row for name in ("pairs", "held-out-pairs") for row in whole_rows(turn / "data" / f"{name}.jsonl")]
        willing = {body["response_id"] for body in self.people.said if body.get("consent")}
        check(pairs and all(row["response_id"] in willing for row in pairs), f"all of its {len(pairs)} pairs are from people who agreed")
        figures = {**stages["reward"]["figures"], **stages["gate"]["figures"]}
        check(result["passed"] is True and result["candidate"],
              f"the reward model agrees with {figures['accuracy']:.1%} ({figures['accuracy_lower']:.1%} to {figures['accuracy_upper']:.1%}) of "
              f"{stages['reward']['counts']['held_out_pairs']} held-out pairs; the candidate {stages['gate']['findings'][0]}: it wins {figures['win_rate']:.1%} on "
              f"{stages['gate']['counts']['prompts']} prompts, KL {figures['kl']:.2f} nats")
        check(self.server.stop() == 143, "the server ends with status 143")
        self.candidate = result["candidate"]

    def told(self):
        return self.server.ask("GET", "/admin/canary", admin=True).json()

    def admin(self, action, reason):
        return self.server.post(f"/admin/canary/{action}", {"reason": reason}, admin=True).status

    def release(self, b):
        """The candidate's canary, its promotion, and what has become of the answers."""
        self.server = Server(b, self.policy, "--canary", self.candidate, "--store", self.store)
        people = People(b, self.server, self.seed + 1000)
        check(until(lambda: self.told()["phase"] == "ramping", 10), "the canary begins")
        rows = self.asked[self.size.users + 16:]
        came = 0
        while self.told()["phase"] == "ramping" and came + CROWD <= len(rows):
            first = came // CROWD * (CROWD - RETURNING)
            people.come([(f"user {first + place}", came + place, row) for place, row in enumerate(rows[came:came + CROWD])], "canary")
            came += CROWD
        told = self.told()
        gold = {arm: mean(scores) for arm, scores in people.gold.items()}
        check(told["phase"] == "holding" and set(gold) == {"control", "candidate"},
              f"it goes through its {len(STEPS)} steps and holds: {told['requests']['candidate']} of {sum(told['requests'].values())} requests are the candidate's, "
              f"with gold {gold.get('candidate', 0):.3f}, else {gold.get('control', 0):.3f}; {told['evidence'][1]['bad_events']} users are not content")
        kept = all(arms == sorted(arms, reverse=True) for arms in people.arms.values())
        check(kept and any(arms[0] != arms[-1] for arms in people.arms.values()), f"of {len(people.arms)} users nobody goes back from the candidate to the control")
        check(self.admin("promote", "its users are content") == 200 and until(lambda: self.told()["phase"] == "promoted", 10), "administration promotes it")
        trained = document(Path(self.candidate))["candidate"]["fingerprint"]
        decisions = whole_rows(self.store / "canary" / f"check-{self.lineage}-{trained[:8]}" / "decisions.jsonl")
        check(len(decisions) == len(STEPS) + 2 and {row["experiment"] for row in decisions} == {f"check-{self.lineage}-{trained[:8]}"} and "its users are content" in json.dumps(decisions[-1]),
              f"{len(decisions)} decisions are recorded, with the lineage, the last one with its reason")
        after, arms = self.gold(people, "after")
        check(set(people.statuses) == {200} and arms == {"candidate"}, f"afterwards it answers everybody, and all of {people.statuses[200]} requests were answered")
        b.run("data", "feedback", "--store", self.store / "feedback.sqlite", "--arm", "candidate", "--unpaired", b.path("next.jsonl"))
        following, versions = b.rows("next.jsonl"), {row["policy"] for row in whole_rows(b.folder / "loop/turn-0001/data/pairs.jsonl")}
        check(following and {row["arm"] for row in following} == {"candidate"} and not versions & {row["policy"] for row in following} and len(versions) == 1,
              f"{len(following)} ratings of its answers are there to learn from, under the version of the candidate")
        lift = Difference(self.before, after)
        check(lift.lower > 0, f"the gold score of what anybody gets rises from {mean(self.before):.3f} to {mean(after):.3f}: {lift}")
        check(self.server.stop() == 143, "the server ends with status 143")


def stages_of(turn):
    return {stage["stage"]: stage for stage in turn["stages"]}


def whole_rows(path):
    """The rows of a file that may be written to; none where it is not there."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text[:text.rfind("\n") + 1].splitlines()]


def lineages(turn):
    """By file of a turn, what it says its lineage is; how many files are bound to a run instead; and what is not what it should be.

    What a run is made of stands in its record, which says its lineage; its model has the digest that the stage has noted, and its
    checkpoints say from which model they began. What a stage was made from has the digests of the stage that made it.
    """
    named, bound, wrong, made = {}, 0, [], {}
    for stage in STAGES:
        record = document(turn / stage / "stage.json")
        wrong += [f"{stage} was made from another {name}" for name, digest in record["inputs"].items() if made.get(name, digest) != digest]
        made.update(record["outputs"])
        policy = record["inputs"]["policy"]
    wrong += [f"{name} is not what was made" for name, digest in made.items() if digest != digest_of(turn / name)]
    lineage = record["lineage"]
    for path in sorted(path for path in turn.rglob("*") if path.is_file()):
        name = str(path.relative_to(turn))
        run = next((folder for folder in path.parents if (folder / "run.json").is_file()), None)
        if run and path.relative_to(run).parts[0] not in ("run.json", "attune.yaml", "report.html"):
            bound += 1
            if path.relative_to(run).parts[0] not in document(run / "run.json")["files"]:
                wrong.append(f"{name} is not in the record of its run")
            if path.name == "state.json" and document(path)["identity"]["inputs"]["model"] != policy:
                wrong.append(f"{name} is of a run from another model")
        elif path.suffix in (".json", ".jsonl"):
            seen = {row.get("lineage") for row in (whole_rows(path) if path.suffix == ".jsonl" else [document(path)])}
            named[name] = seen.pop() if len(seen) == 1 else str(seen)
        else:
            named[name] = lineage if lineage in path.read_text(encoding="utf-8") else None
    offered = document(turn / "candidate/candidate.json")
    if (offered["policy"]["fingerprint"], offered["candidate"]["fingerprint"]) != (policy, made["training/run"]):
        wrong.append("the candidate is another model than the one that was trained")
    return named, bound, wrong


def document(path):
    return json.loads(path.read_text(encoding="utf-8"))


def digest_of(path):
    """SHA-256 of a file; of a model, over `float32` and the names and bytes of its configuration and weights."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256(b"float32")
    for file in sorted(path.iterdir()):
        if file.name == "config.json" or file.suffix == ".safetensors":
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    main(__doc__, "check-loop", Round(Size(users=4000, held_out=600, step=120, rate=1e-4)).parts, quick=Round(Size(users=1400, held_out=400, step=40, rate=1.5e-4)).parts,
         numbers={"seed": 0})
