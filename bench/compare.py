"""Measure Attune beside its peer in one sitting, and check that both compute the same.

    python3 bench/compare.py                         # all jobs, two rounds each; `make bench` calls this
    python3 bench/compare.py --job dpo --model nano --rounds 3
    python3 bench/compare.py --python PYTHON         # a Python that has bench/requirements.txt already

Needs Python 3.11 or later and a release build of `attune`. Everything is made under .bench/, once: an environment with
the pinned peers, two checkpoints, and the pairs. A round runs the peer and then Attune, each alone, in float32 with
two threads, on the same pairs or prompts in the same order; rounds follow each other, so that a slower or faster hour of the machine
meets both. What is printed is a Markdown table of medians; .bench/results.json has every run.

Generation and learning from rewards draw their tokens, each side its own, all completions as long as they may be: there
is the same number of them, and no loss to compare. Untrained checkpoints hardly ever end a completion by themselves.

The exit status is 1 when the losses of a step differ by more than a thousandth.
"""
import argparse
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / ".bench"
ATTUNE = ROOT / ".build" / "release" / "attune"
THREADS = "2"
TOLERANCE = 1e-3


# The methods that sample completions and learn from their reward; completions of a prompt; and how they are scored on both
# sides (`length_reward` in peer.py).
ON_POLICY = ("grpo", "rloo")
GENERATIONS = 4
REWARD_RULES = "rules:\n  - {type: length, unit: characters, min: 1, max: 256, fall: 256}\n"


@dataclass(frozen=True)
class Job:
    """One method on one checkpoint: `pairs` rows in steps of `batch_size`. SFT takes their chosen sides.

    Methods that sample take their prompts, for completions of `new_tokens`: `generate` has all of them in one batch, those
    that learn from a reward have steps of `batch_size` completions, some of each prompt.
    """

    method: str
    model: str
    pairs: int
    batch_size: int
    new_tokens: int = 0

    @property
    def name(self):
        return f"{self.method}-{self.model}-{self.pairs}x{self.batch_size}"

    @property
    def unit(self):
        return {"sft": "rows", "generate": "tokens", "grpo": "completions", "rloo": "completions"}.get(self.method, "pairs")

    @property
    def title(self):
        if self.method == "generate":
            return f"generate, {self.model}, batch {self.batch_size} x {self.new_tokens} tokens"
        if self.method in ON_POLICY:
            return f"{self.method.upper()}, {self.model}, {self.batch_size} completions a step, {self.new_tokens} tokens each"
        return f"{self.method.upper()}, {self.model}, {self.pairs} {self.unit}, batch {self.batch_size}"

    @property
    def checkpoint(self):
        return BENCH / (f"{self.model}-classifier" if self.method == "reward" else self.model)


JOBS = [Job("dpo", "nano", 128, 8), Job("dpo", "smol135", 8, 4), Job("dpo", "smol135", 16, 4),
        Job("reward", "nano", 128, 8), Job("reward", "smol135", 16, 4),
        Job("sft", "nano", 128, 8), Job("sft", "smol135", 16, 4),
        Job("generate", "nano", 16, 16, 64), Job("generate", "nano", 1, 1, 64),
        Job("generate", "smol135", 8, 8, 32), Job("generate", "smol135", 1, 1, 32),
        Job("grpo", "nano", 16, 16, 64), Job("rloo", "nano", 16, 16, 64)]
# What is compared step by step, beside the loss.
METRICS = {"dpo": "rewards/margins", "reward": "margin", "sft": "entropy"}


def note(text):
    print(text, file=sys.stderr, flush=True)


def peer_python(given):
    """The interpreter that has the peers: the one given, or an environment under .bench/ that is made when missing."""
    if given:
        return given
    python = BENCH / "venv" / "bin" / "python"
    requirements = ROOT / "bench" / "requirements.txt"
    stamp = BENCH / "venv" / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != requirements.read_text():
        note(f"Installing the peers into {python.parents[1]}: torch, transformers, TRL and what they need, about 1 GB with the CPU\n"
             "build of torch and several GB where pip serves the CUDA one (pip's own settings decide which).")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(python.parents[1])], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(requirements)], check=True)
        shutil.copy(requirements, stamp)
    return str(python)


def prepare(python):
    """Checkpoints and pairs; made again when the pairs' source is another one, or what makes them."""
    maker = hashlib.sha256((ROOT / "bench" / "make_models.py").read_bytes()).hexdigest()
    source = os.environ.get("ATTUNE_DATA", "Demo") + "\n" + maker
    stamp = BENCH / "source.txt"
    if not stamp.exists() or stamp.read_text() != source:
        note("Making the checkpoints and the pairs.")
        subprocess.run([python, str(ROOT / "bench" / "make_models.py"), str(BENCH)], check=True)
        stamp.write_text(source)


def rows(job):
    """A file with just the pairs that the job trains on, or the last 400 characters of their prompts."""
    lines = (BENCH / "pairs.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    if len(lines) < job.pairs:
        sys.exit(f"{job.name} needs {job.pairs} pairs and .bench/pairs.jsonl has {len(lines)}.")
    if job.method in ON_POLICY:
        path = BENCH / f"prompts-{job.pairs}.jsonl"
        prompts = ({"prompt": json.loads(line)["prompt"][-400:]} for line in lines[: job.pairs])
        path.write_text("".join(json.dumps(row) + "\n" for row in prompts), encoding="utf-8")
    else:
        path = BENCH / f"pairs-{job.pairs}.jsonl"
        path.write_text("".join(lines[: job.pairs]), encoding="utf-8")
    return path


def run(command, log):
    """Run to the end and return the last line's JSON object, with the peak memory as the kernel counted it."""
    load = os.getloadavg()[0]
    with open(log, "w", encoding="utf-8") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT,
                                   env={**os.environ, "OMP_NUM_THREADS": THREADS})
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = "".join(Path(log).read_text(encoding="utf-8").splitlines(keepends=True)[-15:])
        sys.exit(f"{' '.join(map(str, command))}\nended with status {process.returncode}:\n{tail}")
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return {**json.loads(output.strip().splitlines()[-1]), "kernel_peak_memory_mb": usage.ru_maxrss / unit, "load_before": load}


def run_peer(job, python, data):
    sampling = ["--new-tokens", str(job.new_tokens), "--num-generations", str(GENERATIONS)] if job.new_tokens else []
    return run([python, "bench/peer.py", job.method, "--model", str(job.checkpoint), "--data", str(data),
                "--batch-size", str(job.batch_size), *sampling], BENCH / f"{job.name}-peer.log")


def run_attune(job, data):
    if job.method == "generate":
        return generate(job, data)
    return learn(job, data) if job.method in ON_POLICY else train(job, data)


def generate(job, data):
    result = run([str(ATTUNE), "generate", "--model", str(job.checkpoint), "--prompts", str(data),
                  "--out", str(BENCH / f"{job.name}.jsonl"), "--batch-size", str(job.batch_size),
                  "--max-new-tokens", str(job.new_tokens), "--min-new-tokens", str(job.new_tokens), "--json"],
                 BENCH / f"{job.name}-attune.log")
    return {**result, "items_per_second": result["tokens_per_second"]}


def learn(job, data):
    """Each prompt once, with a group of completions that the length rule scores; the reference model is in memory."""
    out, rules = BENCH / "runs" / job.name, BENCH / "reward.yaml"
    shutil.rmtree(out, ignore_errors=True)
    rules.write_text(REWARD_RULES, encoding="utf-8")
    result = run([str(ATTUNE), job.method, "--model", str(job.checkpoint), "--prompts", str(data),
                  "--reward-rules", str(rules), "--out", str(out), "--batch-size", str(job.batch_size),
                  "--num-generations", str(GENERATIONS), "--max-completion-length", str(job.new_tokens),
                  "--max-steps", str(GENERATIONS * job.pairs // job.batch_size), "--beta", "0.1", "--learning-rate", "1e-4",
                  "--lr-scheduler-type", "constant", "--weight-decay", "0", "--json"], BENCH / f"{job.name}-attune.log")
    return {**result, "items_per_second": result["completions_per_second"]}


def train(job, data):
    """Attune with an empty reference cache, so that the reference model's pass is part of what is measured."""
    out, cache = BENCH / "runs" / job.name, BENCH / "cache"
    for folder in (out, cache):
        shutil.rmtree(folder, ignore_errors=True)
    extra = {"dpo": ["--reference-cache", str(cache), "--beta", "0.1", "--loss-type", "sigmoid"]}.get(job.method, [])
    result = run([str(ATTUNE), job.method, "--model", str(job.checkpoint), "--data", str(data), "--out", str(out),
                  "--batch-size", str(job.batch_size), "--epochs", "1", "--learning-rate", "1e-4",
                  "--lr-scheduler-type", "constant", "--weight-decay", "0", "--shuffle", "false",
                  "--max-length", "512", "--json", *extra], BENCH / f"{job.name}-attune.log")
    result["items_per_second"] = result[f"{job.unit}_per_second"]
    lines = (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return {**result, "log": [entry for entry in map(json.loads, lines) if "loss" in entry]}


def difference(key, ours, theirs, floor):
    """The largest relative difference over the steps; values below `floor` count as `floor`."""
    return max(abs(a[key] - b[key]) / max(abs(b[key]), floor) for a, b in zip(ours["log"], theirs["log"], strict=True))


def compare(job, python, rounds):
    data, peers, ours = rows(job), [], []
    for index in range(1, rounds + 1):
        for name, runs, start in (("peer", peers, lambda: run_peer(job, python, data)), ("attune", ours, lambda: run_attune(job, data))):
            runs.append(start())
            note(f"{job.name}, round {index}: {name} {runs[-1]['items_per_second']:.2f} {job.unit}/s, "
                 f"{runs[-1]['kernel_peak_memory_mb']:.0f} MB, load before {runs[-1]['load_before']:.2f}")
    amount = "tokens" if job.method == "generate" else "steps"
    if ours[0][amount] != peers[0][amount]:
        sys.exit(f"{job.name}: Attune took {ours[0][amount]} {amount} and the peer {peers[0][amount]}.")
    if job.method not in METRICS:
        return {"job": asdict(job), "peer": peers, "attune": ours, "differences": {}}
    differences = {"loss": difference("loss", ours[0], peers[0], 1e-2), "grad_norm": difference("grad_norm", ours[0], peers[0], 1e-2),
                   METRICS[job.method]: difference(METRICS[job.method], ours[0], peers[0], 1e-2)}
    return {"job": asdict(job), "peer": peers, "attune": ours, "differences": differences}


def median(runs, key):
    return statistics.median(result[key] for result in runs)


def table(results):
    lines = ["| job | peer | Attune | speed | peer's memory | Attune's | memory | largest loss difference |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for result in results:
        job, peer, ours = Job(**result["job"]), result["peer"], result["attune"]
        speed, memory = ((median(peer, key), median(ours, key)) for key in ("items_per_second", "kernel_peak_memory_mb"))
        apart = result["differences"].get("loss")
        lines.append(
            f"| {job.title} | {speed[0]:.2f} {job.unit}/s | {speed[1]:.2f} {job.unit}/s "
            f"| {speed[1] / speed[0]:.1f}x | {memory[0]:.0f} MB | {memory[1]:.0f} MB | {memory[1] / memory[0]:.2f}x "
            f"| {'' if apart is None else format(apart, '.1e')} |")
    return "\n".join(lines)


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--job", choices=sorted({job.method for job in JOBS}), help="only this method")
    parser.add_argument("--model", choices=sorted({job.model for job in JOBS}), help="only this checkpoint")
    parser.add_argument("--rounds", type=int, default=2, help="how often each job is run, default 2")
    parser.add_argument("--python", help="an interpreter that has bench/requirements.txt, instead of .bench/venv")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    if not ATTUNE.exists():
        sys.exit(f"{ATTUNE} is missing: run `make build` first.")
    jobs = [job for job in JOBS if options.job in (None, job.method) and options.model in (None, job.model)]

    BENCH.mkdir(exist_ok=True)
    python = peer_python(options.python)
    prepare(python)
    results = [compare(job, python, options.rounds) for job in jobs]
    versions = {**{name: version for result in results for name, version in result["peer"][0]["versions"].items()},
                "attune": subprocess.run([str(ATTUNE), "--version"], capture_output=True, text=True).stdout.strip()}
    machine = {"processor": processor(), "cores": os.cpu_count(), "threads": int(THREADS), "system": platform.platform()}
    (BENCH / "results.json").write_text(json.dumps(
        {"date": time.strftime("%Y-%m-%d"), "machine": machine, "versions": versions, "results": results}, indent=1) + "\n")

    print(table(results))
    print(f"\nMedians of {options.rounds} rounds, {machine['threads']} threads on {machine['processor']} ({machine['cores']} cores), float32; "
          + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".")
    apart = [Job(**result["job"]).name for result in results if not result["differences"].get("loss", 0) <= TOLERANCE]
    if apart:
        sys.exit(f"The losses differ by more than {TOLERANCE} in: {', '.join(apart)}.")


if __name__ == "__main__":
    main()
