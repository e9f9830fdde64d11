"""What the scripts that record whole training runs share: pinned versions, data, common settings, and the layout of a fixture.

The runs start from the random Llama of `Tests/TrainersTests/Fixtures/dpo/model` (written by `dpo.py`) and take their texts from
its `pairs.jsonl`; rows come in file order, and a step's numbers are what the trainer logs, not rounded.
"""
import json
import os
import tempfile
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import tokenizers
import torch
import transformers
import trl

PINNED = {"torch": "2.13.0", "trl": "1.16.0", "transformers": "5.23.0", "tokenizers": "0.23.3"}
ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "Tests" / "TrainersTests" / "Fixtures"
MODEL = FIXTURES / "dpo" / "model"

# `batch_size` is TRL's per_device_train_batch_size.
COMMON = dict(learning_rate=2e-4, lr_scheduler_type="constant", warmup_steps=0, weight_decay=0.0, max_grad_norm=1.0,
              max_length=512, batch_size=4, gradient_accumulation_steps=1, max_steps=5)


def start(pinned=PINNED):
    installed = {"torch": torch.__version__.split("+")[0], "trl": trl.__version__, "transformers": transformers.__version__,
                 "tokenizers": tokenizers.__version__}
    assert installed == pinned, f"{installed} is installed, but the fixture is recorded with {pinned}"
    torch.set_num_threads(1)


def read_pairs():
    """The eight pairs of the DPO fixture."""
    return [json.loads(line) for line in (FIXTURES / "dpo" / "pairs.jsonl").read_text().splitlines()]


def choose_others(count):
    """Pairs of the demo for evaluation: none of those that the runs train on, and no long ones."""
    rows = [json.loads(line) for line in (ROOT / "Demo" / "pairs.jsonl").read_text().splitlines()]
    rows = [row for row in rows if len(row["prompt"]) + max(len(row["chosen"]), len(row["rejected"])) < 300]
    rows = [row for row in rows if row not in read_pairs()]
    return [rows[index] for index in range(len(rows) // count // 2, len(rows), len(rows) // count)][:count]


def arguments(kind, settings, **others):
    """The trainer's own configuration, on one CPU, in float32, in the order of the rows."""
    own = {key: value for key, value in settings.items() if key != "batch_size"}
    return kind(
        output_dir=tempfile.mkdtemp(prefix="record-"), per_device_train_batch_size=settings["batch_size"],
        per_device_eval_batch_size=8, logging_steps=1, save_strategy="no", report_to=[], use_cpu=True, bf16=False,
        gradient_checkpointing=False, disable_tqdm=True, seed=0, **own, **others)


def train(trainer, name, evaluates=True):
    """The steps of a run, and what the trainer's own evaluation says after them."""
    trainer.train()
    steps = [entry for entry in trainer.state.log_history if "loss" in entry]
    timing = ("runtime", "per_second")
    evaluation = {key: value for key, value in trainer.evaluate().items() if not key.endswith(timing)} if evaluates else None
    print(f"{name:24} {len(trainer.train_dataset)} rows; losses", *(f"{step['loss']:.4f}" for step in steps),
          evaluation and f"evaluation {evaluation['eval_loss']:.4f}")
    return {"rows_kept": len(trainer.train_dataset), "steps": steps, "evaluation": evaluation}


def write_rows(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_expected(folder, limit, file="expected.json", **content):
    """JSON with a line for each case, for each row of tokens and so on."""
    def block(value):
        return "[\n" + ",\n".join("  " + json.dumps(item, ensure_ascii=False, allow_nan=False) for item in value) + "\n ]"

    parts = [f' "{key}": ' + (block(value) if isinstance(value, list) else json.dumps(value)) for key, value in content.items()]
    (folder / file).write_text("{\n" + ",\n".join(parts) + "\n}\n")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < limit, f"the fixture has {size} bytes"
    print(size, "bytes")
