"""What the checks on the sandbox world share: a program to run, a folder to run it in, and the lines that are met or not."""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
failures = []


class Bench:
    """The program, and the folder that it works in."""

    def __init__(self, program, folder, threads):
        self.program, self.folder, self.threads = program, folder, threads
        self.start = time.monotonic()
        # Of the last command: how long it took, and what it said on standard error.
        self.seconds, self.notes = 0.0, ""

    def path(self, name):
        return str(self.folder / name)

    def run(self, *arguments):
        """Run a command that ends with a line of JSON, and return its object."""
        command = [self.program, *map(str, arguments), "--json"]
        began = time.monotonic()
        process = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": str(self.threads)})
        self.seconds, self.notes = time.monotonic() - began, process.stderr
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}\nended with status {process.returncode}:\n{process.stderr[-2000:]}")
        print(f"  {self.seconds:6.1f} s  attune {' '.join(map(str, arguments[:2]))}", flush=True)
        return json.loads(process.stdout.strip().splitlines()[-1])

    def sandbox(self, kind, count, seed, name, *options):
        self.run("sandbox", "generate", "--kind", kind, "--count", count, "--seed", seed, "--out", self.path(name), *options)
        return self.path(name)

    def rows(self, name):
        return [json.loads(line) for line in open(self.path(name), encoding="utf-8")]

    def write(self, name, rows):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
        return self.path(name)

    def gold(self, model, prompts, seed):
        """The gold score of one answer of a model to each prompt, drawn at temperature 1."""
        answers, gold = f"{model}-answers.jsonl", f"{model}-gold.jsonl"
        self.run("generate", "--model", self.path(model), "--prompts", prompts, "--max-new-tokens", 64, "--temperature", 1, "--seed", seed,
                 "--out", self.path(answers))
        self.run("sandbox", "judge", "--data", self.path(answers), "--out", self.path(gold))
        return [row["gold_total"] for row in self.rows(gold)]


def check(holds, sentence):
    print(f"{'met    ' if holds else 'NOT MET'}  {sentence}", flush=True)
    if not holds:
        failures.append(sentence)


def mean(values):
    return sum(values) / len(values)


def mean_and_error(values):
    centre = mean(values)
    return centre, (sum((value - centre) ** 2 for value in values) / (len(values) - 1) / len(values)) ** 0.5


class Difference:
    """A mean difference of pairs with its 95 % percentile bootstrap interval: 10,000 seeded resamples of the pairs."""

    def __init__(self, before, after):
        differences = [b - a for a, b in zip(before, after)]
        draw = random.Random(0)
        means = sorted(mean(draw.choices(differences, k=len(differences))) for _ in range(10_000))
        self.mean, self.lower, self.upper = mean(differences), means[249], means[9750]

    def __str__(self):
        return f"{self.mean:+.3f} ({self.lower:+.3f} to {self.upper:+.3f})"


def main(description, folder, parts, quick=None, numbers=None):
    """Do the parts of a check one after the other, from nothing; with --quick those that are for it, where there are such.

    numbers are options of the check's own, by name with their defaults; b.options has them.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attune", default=str(ROOT / ".build" / "release" / "attune"))
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo" / folder)
    parser.add_argument("--threads", type=int, default=2)
    if quick:
        parser.add_argument("--quick", action="store_true", help="only what is done in a minute")
    for name, default in (numbers or {}).items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    b = Bench(options.attune, options.folder, options.threads)
    b.options = options
    for part in quick if quick and options.quick else parts:
        part(b)
    print(f"{time.monotonic() - b.start:.0f} s in all")
    if failures:
        sys.exit(f"{len(failures)} not met")
