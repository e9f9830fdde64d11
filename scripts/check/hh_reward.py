"""Train a reward model from nothing on human preferences, and show honestly what it is worth.

    ATTUNE_DATA=FOLDER python3 scripts/check/hh_reward.py [--folder FOLDER]

FOLDER/hh-harmless-test.jsonl.gz has 2,312 pairs of Anthropic's HH data about harmlessness. The first 1,800 train a tokenizer and a
small model without any pre-training; all others test it, and decided nothing. Small models without pre-training do not get
far: what the accuracy is compared with is always picking the shorter answer.
"""
import argparse
import gzip
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRAINING = 1800


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attune", default=str(ROOT / ".build" / "release" / "attune"))
    parser.add_argument("--folder", type=Path, default=ROOT / ".demo" / "hh-reward")
    options = parser.parse_args()
    source = Path(os.environ["ATTUNE_DATA"]) / "hh-harmless-test.jsonl.gz"
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    with gzip.open(source, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    training, test = options.folder / "training.jsonl", options.folder / "test.jsonl"
    training.write_text("".join(lines[:TRAINING]), encoding="utf-8")
    test.write_text("".join(lines[TRAINING:]), encoding="utf-8")

    def attune(*arguments):
        subprocess.run([options.attune, *map(str, arguments)], check=True)

    folder = options.folder
    attune("tokenizer", "train", "--data", training, "--vocab-size", 8192, "--out", folder / "tokenizer")
    attune("model", "new", "--preset", "nano", "--tokenizer", folder / "tokenizer", "--out", folder / "new")
    attune("reward", "--model", folder / "new", "--data", training, "--out", folder / "reward", "--epochs", 1, "--batch-size", 16,
           "--learning-rate", 3e-4, "--lr-scheduler-type", "cosine", "--warmup-steps", 10, "--save-steps", 0)
    attune("evaluate", "reward", "--model", folder / "reward", "--data", test, "--out", folder / "evaluation")


if __name__ == "__main__":
    main()
