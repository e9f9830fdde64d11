"""Read run directories back by TensorBoard's own package, and compare every number with the log of the run.

    scripts/check/event_files FOLDER…

Looks at every run below the folders. Ends with status 1 where a line is not met.
"""
import json
import math
import struct
import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from bench import check, failures

# What TRL's trainers log under these names, by the command of the run.
TAGS = {
    "sft": {"loss", "grad_norm", "learning_rate", "mean_token_accuracy"},
    "reward": {"loss", "accuracy", "margin", "min_reward", "mean_reward", "max_reward", "eval_accuracy"},
    "dpo": {"loss", "rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies", "logps/chosen", "eval_rewards/margins"},
    "ppo": {"reward", "objective/kl", "completions/mean_length", "policy/approxkl_avg", "loss/policy_avg", "loss/value_avg", "val/ratio"},
}


def single(value):
    """A number as 32 bits have it, which is what TensorBoard's scalars are."""
    return struct.unpack("f", struct.pack("f", value))[0] if math.isfinite(value) else value


def run(folder):
    logged = {}
    for line in open(folder / "metrics.jsonl", encoding="utf-8"):
        entry = json.loads(line)
        step = entry.pop("step")
        for tag, value in entry.items():
            if isinstance(value, (int, float)):
                logged.setdefault(tag, []).append((step, single(value)))
    accumulator = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    accumulator.Reload()
    tags = set(accumulator.Tags()["scalars"])
    read = {tag: [(event.step, event.value) for event in accumulator.Scalars(tag)] for tag in tags}
    wrong = sorted(tag for tag in logged if read.get(tag) != logged[tag])
    check(not wrong and logged, f"{folder}: {len(logged)} tags with {sum(map(len, logged.values()))} numbers read back {wrong or ''}")
    missing = sorted(TAGS.get(folder.name, set()) - tags)
    check(not missing, f"{folder}: TRL's names are there {missing or ''}")


for folder in sys.argv[1:]:
    runs = sorted(path.parent for path in Path(folder).rglob("run.json"))
    check(runs, f"{folder}: {len(runs)} runs")
    for path in runs:
        run(path)
if failures:
    sys.exit(f"{len(failures)} not met")
