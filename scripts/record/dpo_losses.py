"""Record per-pair losses and gradients from TRL's own loss code, evaluated in float64.

    python scripts/record/dpo_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/{dpo_losses,pairwise_reward_loss}.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

The trainers' loss methods (`DPOTrainer._compute_loss`, `RewardTrainer.compute_loss`) run unchanged, on a stand-in for the
model that hands over given float64 log probabilities or scores; autograd gives the gradients. One pair at a time, so
that the mean over the batch is the pair's own loss. TRL 1.16.0 has no label smoothing for `sigmoid`; its `aot` loss on
a single pair is the same formula with smoothing (there is nothing to sort), and is what the cases with
`label_smoothing` come from.
"""
import json
import os
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
import transformers
import trl
from trl import DPOTrainer, RewardTrainer

PINNED = {"torch": "2.13.0", "trl": "1.16.0", "transformers": "5.23.0"}
FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "ObjectivesTests" / "Fixtures"

ACCELERATOR = SimpleNamespace(device=torch.device("cpu"), gather=lambda x: x, gather_for_metrics=lambda x: x)


def stand_in(**attributes):
    return SimpleNamespace(accelerator=ACCELERATOR, model=SimpleNamespace(training=True), _metrics={"train": defaultdict(list)},
                           _total_train_tokens=0, _tp_size=1, **attributes)


def dpo_case(loss, beta, smoothing, pair):
    """`pair` holds sums over the completion; all of a sum sits on its first token, after a prompt of two tokens."""
    prompt, lengths = 2, (pair["chosen_tokens"], pair["rejected_tokens"])
    width = prompt + max(lengths)
    mask = torch.tensor([[0] * prompt + [1] * n + [0] * (width - prompt - n) for n in lengths])
    sums = torch.tensor([pair["policy_chosen"], pair["policy_rejected"]], dtype=torch.float64, requires_grad=True)
    nothing = torch.zeros(2, width - 1, dtype=torch.float64)
    per_token = nothing.index_copy(1, torch.tensor([prompt - 1]), sums.unsqueeze(1))
    outputs = SimpleNamespace(log_probs=per_token, entropy=nothing, mean_logits=nothing, is_top1=nothing.bool())
    trainer = stand_in(
        aux_loss_enabled=False, ld_alpha=None, precompute_ref_logps=True, f_divergence_type="reverse_kl", loss_types=[loss],
        loss_weights=[1.0], beta=beta, label_smoothing=smoothing, use_weighting=False)
    inputs = {
        "input_ids": torch.zeros_like(mask), "attention_mask": torch.ones_like(mask), "completion_mask": mask,
        "ref_chosen_logps": torch.tensor([pair["reference_chosen"]], dtype=torch.float64),
        "ref_rejected_logps": torch.tensor([pair["reference_rejected"]], dtype=torch.float64)}
    value = DPOTrainer._compute_loss(trainer, lambda **_: outputs, inputs, return_outputs=False)
    assert value.dtype == torch.float64
    value.backward()
    metrics = {key: trainer._metrics["train"][f"rewards/{key}"][0] for key in ("chosen", "rejected", "margins", "accuracies")}
    return {"loss_type": "sigmoid" if loss == "aot" else loss, "beta": beta, "label_smoothing": smoothing, **pair,
            "loss": value.item(), "gradient_chosen": sums.grad[0].item(), "gradient_rejected": sums.grad[1].item(),
            "rewards": metrics}


def reward_case(chosen, rejected, margin):
    scores = torch.tensor([[chosen], [rejected]], dtype=torch.float64, requires_grad=True)
    trainer = stand_in(args=SimpleNamespace(center_rewards_coefficient=None))
    inputs = {"attention_mask": torch.ones(2, 1)}
    if margin is not None:
        inputs["margin"] = torch.tensor([margin], dtype=torch.float64)
    value = RewardTrainer.compute_loss(trainer, lambda **_: SimpleNamespace(logits=scores), inputs)
    value.backward()
    return {"chosen": chosen, "rejected": rejected, "margin": margin, "loss": value.item(),
            "gradient_chosen": scores.grad[0].item(), "gradient_rejected": scores.grad[1].item()}


def pairs():
    generator = torch.Generator().manual_seed(3)
    for _ in range(8):
        chosen_tokens, rejected_tokens = torch.randint(1, 40, (2,), generator=generator).tolist()
        reference = -3 * torch.rand(2, generator=generator, dtype=torch.float64) * torch.tensor([chosen_tokens, rejected_tokens])
        policy = (reference + 6 * torch.randn(2, generator=generator, dtype=torch.float64)).clamp(max=-0.01)
        yield dict(policy_chosen=policy[0].item(), policy_rejected=policy[1].item(), reference_chosen=reference[0].item(),
                   reference_rejected=reference[1].item(), chosen_tokens=chosen_tokens, rejected_tokens=rejected_tokens)
    # The untrained policy, and differences so large that a careless log-sigmoid overflows.
    yield dict(policy_chosen=-20.0, policy_rejected=-30.0, reference_chosen=-20.0, reference_rejected=-30.0, chosen_tokens=5, rejected_tokens=9)
    yield dict(policy_chosen=-1.0, policy_rejected=-12000.0, reference_chosen=-5000.0, reference_rejected=-40.0, chosen_tokens=64, rejected_tokens=128)
    yield dict(policy_chosen=-12000.0, policy_rejected=-1.0, reference_chosen=-40.0, reference_rejected=-5000.0, chosen_tokens=128, rejected_tokens=64)


def write(name, cases):
    FIXTURES.mkdir(parents=True, exist_ok=True)
    (FIXTURES / name).write_text(json.dumps({"versions": PINNED, "cases": cases}, indent=1) + "\n")
    print(name, len(cases), "cases")


def main():
    installed = {"torch": torch.__version__.split("+")[0], "trl": trl.__version__, "transformers": transformers.__version__}
    assert installed == PINNED, f"{installed} is installed, but the fixtures are recorded with {PINNED}"
    settings = [("sigmoid", 0.1, 0.0), ("sigmoid", 0.5, 0.0), ("aot", 0.1, 0.1), ("aot", 0.5, 0.3), ("ipo", 0.1, 0.0),
                ("ipo", 0.5, 0.0), ("hinge", 0.1, 0.0), ("hinge", 0.5, 0.0)]
    write("dpo_losses.json", [dpo_case(*setting, pair) for setting in settings for pair in pairs()])
    scores = [(0.0, 0.0), (1.25, -0.5), (-2.0, 3.5), (0.3, 0.2), (900.0, -900.0), (-900.0, 900.0)]
    write("pairwise_reward_loss.json", [reward_case(*score, margin) for score in scores for margin in (None, 0.0, 0.75, 3.0)])


if __name__ == "__main__":
    main()
