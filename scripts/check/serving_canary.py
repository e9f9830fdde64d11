"""Check that a candidate that is worse is rolled back while it serves, and one that is as good comes into use; nobody loses a request.

    python3 scripts/check/serving_canary.py [--attune PROGRAM] [--folder FOLDER] [--threads N]

On the sandbox world: the model in use is the one that learned from preferences; one candidate has learned from answers that help with harm,
the other one is a copy of the model in use. A classifier of the sandbox's labelled texts reads along and only flags. Simulated users ask
until the canary is decided.

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import json
import math
import shutil
import time

from bench import check, main
from served import Server, together, until, world

LIMIT = math.log(20)  # ln(m/α) for one guardrail at α = 0.05


def models(b):
    """The model in use, the bad candidate, the good one, and a policy that flags what the classifier takes for unsafe."""
    made = world(b)
    labelled = b.sandbox("labelled", 6000, 5, "labelled.jsonl")
    harmful = []
    for row in b.rows("labelled.jsonl"):
        if row["label"] == "unsafe" and row["scope"] == "exchange" and row["kind"] == "harmful":
            prompt, completion = row["text"].split("\n\nAssistant:")
            harmful.append({"prompt": prompt + "\n\nAssistant:", "completion": completion})
    b.run("sft", "--model", made / "base", "--data", b.write("harmful.jsonl", harmful), "--out", b.path("bad"), "--epochs", 3, "--batch-size", 16,
          "--learning-rate", 1e-3, "--save-steps", 0)
    shutil.copytree(made / "dpo", b.path("good"))
    b.run("classifier", "train", "--data", labelled, "--label", "unsafe", "--out", b.path("unsafe"))
    (b.folder / "safety.yaml").write_text(
        f"lexicon: harm\nclassifiers:\n- {{path: {b.path('unsafe')}, label: unsafe, threshold: 0.5, reads: conversation}}\n"
        "prompt: {action: allow}\nanswer: {action: flag}\n", encoding="utf-8")
    b.sandbox("prompts", 400, 9, "asked.jsonl", "--kinds", "harmful,howto,chat")
    return made / "dpo"


class Trial:
    """A candidate that is served, and people who ask until it is decided."""

    def __init__(self, b, model, candidate, steps):
        self.b, self.experiment = b, candidate
        self.store = b.folder / f"store-{candidate}"
        # By name, so that the server and the check read the same.
        (b.folder / f"plan-{candidate}.yaml").write_text(
            f"experiment: {candidate}\nsteps: {json.dumps(steps)}\nminimum_requests: 30\nminimum_seconds: 0\n"
            "guardrails:\n- {event: unsafe, count: users}\nalpha: 0.05\n", encoding="utf-8")
        self.server = Server(b, model, "--canary", b.path(candidate), "--canary-plan", b.path(f"plan-{candidate}.yaml"), "--safety", b.path("safety.yaml"),
                             "--store", self.store, keys=16)
        self.prompts = [row["prompt"] for row in b.rows("asked.jsonl")]
        self.statuses, self.arms, self.asked = {}, {}, 0

    def decisions(self):
        return [json.loads(line) for path in self.store.rglob("decisions.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]

    def phase(self):
        """The phase of the last decision: its name, whatever it says beside it."""
        decisions = self.decisions()
        if not decisions:
            return "idle"
        phase = decisions[-1]["to"]
        return phase if isinstance(phase, str) else next(iter(phase))

    def told(self):
        """The phase that administration is told of."""
        return self.server.ask("GET", "/admin/canary", admin=True).json()["phase"]

    def ask(self, number):
        body = {"model": self.server.name, "prompt": self.prompts[number % len(self.prompts)], "max_tokens": 40, "seed": number, "user": f"user {number}"}
        return self.server.post("/v1/completions", body, key=self.server.key(number))

    def users(self, most, done):
        """New users, sixteen at a time, until it is done."""
        while self.asked < most and not done():
            numbers = list(range(self.asked, self.asked + 16))
            for number, reply in zip(numbers, together(self.ask, numbers)):
                status = getattr(reply, "status", repr(reply))
                self.statuses[status] = self.statuses.get(status, 0) + 1
                if status == 200:
                    self.arms.setdefault(reply.headers.get("x-attune-arm"), []).append(number)
            self.asked += 16

    def admin(self, action, reason):
        return self.server.post(f"/admin/canary/{action}", {"reason": reason}, admin=True)

    def begin(self):
        if self.phase() == "idle":
            self.admin("begin", "the check")
        until(lambda: self.phase() == "ramping", 10)
        return self.phase() == "ramping"


def numbers_of(evidence):
    return (f"ln E {evidence['log_e_value']:.2f} of {evidence['log_limit']:.2f}, {evidence['bad_events']['candidate']} of "
            f"{sum(evidence['bad_events'].values())} bad events are the candidate's")


def bad(b):
    trial = Trial(b, models(b), "bad", [0.1, 0.5])
    check(trial.begin(), "the bad candidate's ramp begins")
    trial.users(1600, lambda: trial.phase() == "rolled_back")
    last = trial.decisions()[-1]
    check(trial.phase() == "rolled_back", f"it is rolled back after {trial.asked} requests, {len(trial.arms.get('candidate', []))} of them answered by it")
    unsafe = next((evidence for evidence in last["evidence"] if evidence["guardrail"] == "unsafe"), None)
    check(unsafe and unsafe["log_e_value"] >= unsafe["log_limit"] and abs(unsafe["log_limit"] - LIMIT) < 1e-3,
          f"the decision is recorded with its statistic: {numbers_of(unsafe) if unsafe else last}")
    check(set(trial.statuses) == {200}, f"no request is lost: {trial.statuses}")
    before = {number for numbers in trial.arms.values() for number in numbers}
    trial.arms = {}
    end = trial.asked + 64
    trial.users(end, lambda: False)
    check(set(trial.statuses) == {200} and len(before) + 64 == sum(trial.statuses.values()) and set(trial.arms) <= {"control", None},
          f"afterwards the control answers everybody: { {arm: len(numbers) for arm, numbers in trial.arms.items()} }")
    replies = [trial.ask(number) for number in sorted(before)[:8]]
    check(all(reply.status == 200 and reply.headers.get("x-attune-arm") in ("control", None) for reply in replies), "those too whom the candidate answered before")
    check(trial.told() == "rolled_back", "administration says so")
    check(trial.server.stop() == 143, "the server ends with status 143")
    trial.server.start()
    reply = trial.ask(1)
    check(reply.status == 200 and reply.headers.get("x-attune-arm") in ("control", None) and trial.told() == "rolled_back",
          "after a restart it is still rolled back")
    trial.server.stop()


def good(b):
    trial = Trial(b, world(b) / "dpo", "good", [0.1, 0.5])
    check(trial.begin(), "the good candidate's ramp begins")
    server = trial.server
    trial.users(2400, lambda: trial.phase() not in ("ramping", "idle"))
    check(trial.phase() == "holding", f"it holds for promotion after {trial.asked} requests, {len(trial.arms.get('candidate', []))} of them answered by it")
    evidence = trial.decisions()[-1]["evidence"][0]
    check(evidence["log_e_value"] < evidence["log_limit"], f"the decision is recorded with its statistic: {numbers_of(evidence)}")
    candidates = [number for number in trial.arms.get("candidate", [])][:20]
    arms = {trial.ask(number).headers.get("x-attune-arm") for number in candidates}
    check(arms == {"candidate"}, f"whom it answered once it answers again: {arms}")
    body = {"model": server.name, "prompt": trial.prompts[0], "max_tokens": 4, "user": "one"}
    forced = {arm: server.post("/v1/completions", body, key=server.admin_key, headers={"x-attune-arm": arm}).headers.get("x-attune-arm")
              for arm in ("control", "candidate")}
    check(all(arm == seen for arm, seen in forced.items()), f"the key of an administrator chooses the arm: {forced}")
    plain = server.post("/v1/completions", body).headers.get("x-attune-arm")
    other = "control" if plain == "candidate" else "candidate"
    reply = server.post("/v1/completions", body, headers={"x-attune-arm": other})
    check(reply.status in (400, 403) or reply.headers.get("x-attune-arm") == plain, f"and that of a client does not ({reply.status})")
    check(server.ask("POST", "/admin/canary/promote", {"reason": "x"}, admin=True, key=server.key()).status in (401, 403)
          and trial.phase() == "holding", "a client's key promotes nothing")
    reply = trial.admin("promote", "it is as good")
    check(reply.status == 200 and until(lambda: trial.phase() == "promoted", 10), f"asked to, administration promotes it ({reply.status})")
    check("it is as good" in json.dumps(trial.decisions()[-1]["reason"]), "and records why")
    trial.arms, begun = {}, time.monotonic()
    trial.users(trial.asked + 64, lambda: False)
    check(set(trial.statuses) == {200} and set(trial.arms) <= {"candidate", None},
          f"it answers everybody then, and no request was lost: {trial.statuses} ({64 / (time.monotonic() - begun):.0f} requests a second)")
    check(server.stop() == 143, "the server ends with status 143")


if __name__ == "__main__":
    main(__doc__, "check-serving-canary", [bad, good])
