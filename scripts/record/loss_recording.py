"""What the scripts that record losses share: the pinned versions, a stand-in for a trainer, and the layout of a fixture."""
import json
import os
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

import torch
import transformers
import trl

PINNED = {"torch": "2.13.0", "trl": "1.16.0", "transformers": "5.23.0"}
FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "ObjectivesTests" / "Fixtures"


def check_versions(pinned=PINNED):
    installed = {"torch": torch.__version__.split("+")[0], "trl": trl.__version__, "transformers": transformers.__version__}
    assert installed == pinned, f"{installed} is installed, but the fixtures are recorded with {pinned}"


def stand_in(**attributes):
    """What a trainer's loss method asks of its trainer, on one process and without a model."""
    model = torch.nn.Identity()
    model.is_gradient_checkpointing = False
    accelerator = SimpleNamespace(device=torch.device("cpu"), parallelism_config=None, num_processes=1, gather=lambda x: x,
                                  gather_for_metrics=lambda x: x)
    return SimpleNamespace(accelerator=accelerator, model=model, _metrics={"train": defaultdict(list)}, _total_train_tokens=0,
                           _tp_size=1, **attributes)


def write(name, versions=PINNED, **content):
    """JSON with one case a line: short to read in a difference, and not a line a number."""
    FIXTURES.mkdir(parents=True, exist_ok=True)

    def block(value, indent):
        return "[\n" + ",\n".join(f"{indent}{json.dumps(item, allow_nan=False)}" for item in value) + "\n ]"

    parts = [f' "versions": {json.dumps(versions)}']
    for key, value in content.items():
        parts.append(f' "{key}": ' + (block(value, "  ") if isinstance(value, list) else json.dumps(value, allow_nan=False)))
    (FIXTURES / name).write_text("{\n" + ",\n".join(parts) + "\n}\n")
    print(name, len(content["cases"]), "cases")
