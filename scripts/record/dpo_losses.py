"""Record losses, gradients and rewards from TRL's own loss code, evaluated in float64.

    python scripts/record/dpo_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/{dpo_losses,pairwise_reward_loss}.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

The trainers' loss methods (`DPOTrainer._compute_loss`, `CPOTrainer.cpo_loss`, `ORPOTrainer.odds_ratio_loss`,
`RewardTrainer.compute_loss`) run unchanged, on a stand-in for the model that hands over given float64 log probabilities
or scores; autograd gives the gradients by each token. A case names one of a few batches and holds the mean loss over
its pairs. Three kinds of case differ:

- TRL 1.16.0 has no label smoothing for `sigmoid`; its `aot` loss on a single pair is the same formula with smoothing
  (there is nothing to sort), and is what the cases `sigmoid` with `label_smoothing` come from, a pair at a time.
- `alpha_divergence` knows no float64 and is recorded in float32.
- Of CPO and ORPO only the preference term is recorded: the likelihood beside it is made elsewhere, in ORPO's case over
  prompt and completion.
"""
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
from trl import DPOTrainer, RewardTrainer
from trl.experimental.cpo import CPOTrainer
from trl.experimental.orpo import ORPOTrainer

PINNED = {"torch": "2.13.0", "trl": "1.16.0", "transformers": "5.23.0"}
FIXTURES = Path(__file__).resolve().parents[2] / "Tests" / "ObjectivesTests" / "Fixtures"
PROMPT = 2  # tokens of every prompt
SETTINGS = dict(loss_types=["sigmoid"], loss_weights=[1.0], beta=0.1, label_smoothing=0.0, f_divergence_type="reverse_kl",
                f_alpha_divergence_coef=0.5, ld_alpha=None, use_weighting=False, discopop_tau=0.05)

ACCELERATOR = SimpleNamespace(device=torch.device("cpu"), gather=lambda x: x, gather_for_metrics=lambda x: x)


def stand_in(**attributes):
    model = torch.nn.Identity()
    model.is_gradient_checkpointing = False
    return SimpleNamespace(accelerator=ACCELERATOR, model=model, _metrics={"train": defaultdict(list)}, _total_train_tokens=0,
                           _tp_size=1, **attributes)


def padded(rows, dtype):
    """One row a sequence, as a model scores it: predictions for all tokens but the first, 0 outside the completion."""
    width = PROMPT + max(map(len, rows))
    return torch.tensor([[0.0] * (PROMPT - 1) + row + [0.0] * (width - PROMPT - len(row)) for row in rows], dtype=dtype)


def outputs_of(scores, squares):
    nothing = torch.zeros_like(scores)
    return SimpleNamespace(log_probs=scores, log_sum_sq_probs=squares, entropy=nothing, mean_logits=nothing, is_top1=nothing.bool())


def completions(rows, table):
    """The entries of `table` that stand for completion tokens."""
    return [table[index, PROMPT - 1:PROMPT - 1 + len(row)].tolist() for index, row in enumerate(rows)]


def dpo_case(batches, name, dtype=torch.float64, **changes):
    settings, batch = SETTINGS | changes, batches[name]
    rows = batch["policy_chosen"] + batch["policy_rejected"]
    scores = padded(rows, dtype).requires_grad_()
    reference = padded(batch["reference_chosen"] + batch["reference_rejected"], dtype)
    squares = padded(batch["log_sum_squares_chosen"] + batch["log_sum_squares_rejected"], dtype)
    mask = torch.tensor([[0] * PROMPT + [1] * len(row) + [0] * (scores.shape[1] + 1 - PROMPT - len(row)) for row in rows])
    trainer = stand_in(
        aux_loss_enabled=False, precompute_ref_logps=False, args=SimpleNamespace(
            gradient_checkpointing_kwargs=None, discopop_tau=settings["discopop_tau"]),
        ref_model=lambda **_: outputs_of(reference, squares), **{k: v for k, v in settings.items() if k != "discopop_tau"})
    inputs = {"input_ids": torch.zeros_like(mask), "attention_mask": torch.ones_like(mask), "completion_mask": mask}
    torch.set_default_dtype(dtype)  # exo_pair makes a tensor of label_smoothing
    value = DPOTrainer._compute_loss(trainer, lambda **_: outputs_of(scores, squares), inputs, return_outputs=False)
    torch.set_default_dtype(torch.float32)
    assert value.dtype == dtype
    value.backward()
    assert value.isfinite() and scores.grad.isfinite().all(), (name, settings)
    gradient = completions(rows, scores.grad)
    half = len(rows) // 2
    rewards = {key: trainer._metrics["train"][f"rewards/{key}"][0] for key in ("chosen", "rejected", "margins", "accuracies")}
    return {"batch": name, **settings, "loss": value.item(), "gradient_chosen": gradient[:half],
            "gradient_rejected": gradient[half:], "rewards": rewards}


def smoothed_sigmoid_case(batches, name, smoothing, **changes):
    """As `dpo_case` of the whole batch, from `aot` on each pair alone."""
    batch = batches[name]
    count = len(batch["policy_chosen"])
    alone = [dpo_case({name: {key: [rows[pair]] for key, rows in batch.items()}}, name, loss_types=["aot"],
                      label_smoothing=smoothing, **changes) for pair in range(count)]
    scaled = {side: [[x / count for x in case[side][0]] for case in alone] for side in ("gradient_chosen", "gradient_rejected")}
    return alone[0] | {"loss_types": ["sigmoid"], "loss": sum(case["loss"] for case in alone) / count, **scaled,
                       "rewards": {key: sum(case["rewards"][key] for case in alone) / count for key in alone[0]["rewards"]}}


class Unrounded(torch.Tensor):
    """A tensor whose `float()` keeps its precision: ORPO's code would go down to float32."""

    def float(self):
        return self


def reference_free_case(batches, name, loss, **changes):
    """The preference term of SimPO, CPO or ORPO."""
    settings, batch = SETTINGS | dict(loss_types=[loss], simpo_gamma=0.5) | changes, batches[name]
    sides = [batch["policy_chosen"], batch["policy_rejected"]]
    scores = [torch.tensor([sum(row) for row in rows], dtype=torch.float64, requires_grad=True) for rows in sides]
    lengths = [torch.tensor([len(row) for row in rows]) for rows in sides]
    sums = scores if loss == "cpo" else [score / length for score, length in zip(scores, lengths)]
    if loss == "orpo":
        result = ORPOTrainer.odds_ratio_loss(stand_in(beta=settings["beta"]), *[x.as_subclass(Unrounded) for x in sums])
        losses, rewards = -result[0], result[1:3]
    else:
        trainer = stand_in(alpha=0.0, beta=settings["beta"], loss_type="simpo" if loss == "simpo" else "sigmoid",
                           simpo_gamma=settings["simpo_gamma"], label_smoothing=settings["label_smoothing"])
        losses, *rewards = CPOTrainer.cpo_loss(trainer, *sums)
    assert losses.dtype == torch.float64
    losses.mean().backward()
    assert losses.isfinite().all()
    gradient = [[[x] * len(row) for x, row in zip(score.grad.tolist(), rows)] for score, rows in zip(scores, sides)]
    chosen, rejected = (reward.as_subclass(torch.Tensor) for reward in rewards)
    return {"batch": name, **settings, "loss": losses.mean().item(), "gradient_chosen": gradient[0], "gradient_rejected": gradient[1],
            "rewards": {"chosen": chosen.mean().item(), "rejected": rejected.mean().item(), "margins": (chosen - rejected).mean().item(),
                        "accuracies": (chosen > rejected).double().mean().item()}}


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


def make_batches():
    """Log probabilities of every completion token, and log Σ p² at it, for policy and reference."""
    generator = torch.Generator().manual_seed(3)

    def tokens(count, scale):
        return (-scale * torch.rand(count, generator=generator, dtype=torch.float64) - 1e-3).tolist()

    def batch(lengths, moved):
        result = defaultdict(list)
        for pair in lengths:
            for side, count in zip(("chosen", "rejected"), pair):
                reference = tokens(count, 3.0)
                shift = torch.randn(count, generator=generator, dtype=torch.float64).tolist() if moved else [0.0] * count
                result[f"reference_{side}"].append(reference)
                result[f"policy_{side}"].append([min(r + s, -1e-3) for r, s in zip(reference, shift)])
                result[f"log_sum_squares_{side}"].append(tokens(count, 2.0))
        return dict(result)

    batches = {"ordinary": batch([(3, 5), (6, 2), (1, 4), (5, 5), (7, 1), (2, 3), (4, 6), (5, 4)], True),
               "untrained": batch([(4, 2), (3, 5)], False)}
    # Differences so large that a careless log-sigmoid overflows.
    extreme = batch([(2, 3), (4, 2)], True)
    for pair, side in ((0, "policy_rejected"), (0, "reference_chosen"), (1, "policy_chosen"), (1, "reference_rejected")):
        extreme[side][pair][0] -= 5000.0
    return batches | {"extreme": extreme}


def make_cases(batches):
    plain = ["sigmoid", "hinge", "ipo", "nca_pair", "bco_pair", "sppo_hard", "aot", "aot_unpaired", "apo_zero", "apo_down", "sigmoid_norm"]
    for beta in (0.1, 0.5):
        for name in batches:
            for loss in plain:
                yield dpo_case(batches, name, loss_types=[loss], beta=beta)
            for loss in ("robust", "exo_pair", "aot", "aot_unpaired"):
                yield dpo_case(batches, name, loss_types=[loss], beta=beta, label_smoothing=0.1)
            yield smoothed_sigmoid_case(batches, name, 0.1, beta=beta)
        for name in ("ordinary", "untrained"):
            yield dpo_case(batches, name, loss_types=["discopop"], beta=beta)
            yield dpo_case(batches, name, loss_types=["discopop"], beta=beta, discopop_tau=0.7)
            yield dpo_case(batches, name, loss_types=["sft"], beta=beta)
    divergent = ["sigmoid", "sigmoid_norm", "hinge", "ipo", "exo_pair", "robust", "discopop"]
    for loss in divergent:
        common = dict(loss_types=[loss], label_smoothing=0.1 if loss in ("exo_pair", "robust") else 0.0)
        yield dpo_case(batches, "ordinary", f_divergence_type="forward_kl", **common)
        yield dpo_case(batches, "ordinary", f_divergence_type="js_divergence", **common)
        for alpha in (0.5, 1.0, 1.5):
            yield dpo_case(batches, "ordinary", torch.float32, f_divergence_type="alpha_divergence", f_alpha_divergence_coef=alpha, **common)
    # Beyond an exponent of 80 the score is constant.
    yield dpo_case(batches, "extreme", torch.float32, loss_types=["hinge"], f_divergence_type="alpha_divergence", f_alpha_divergence_coef=1.02)
    for alpha in (0.0, 0.3, 1.0):
        yield dpo_case(batches, "ordinary", ld_alpha=alpha)
    for loss in ("ipo", "bco_pair", "aot"):
        yield dpo_case(batches, "ordinary", loss_types=[loss], ld_alpha=0.3)
    for loss in ("sigmoid", "ipo", "nca_pair"):
        yield dpo_case(batches, "ordinary", loss_types=[loss], use_weighting=True)
    yield dpo_case(batches, "ordinary", use_weighting=True, ld_alpha=0.3)
    mixed = dict(loss_types=["sigmoid", "bco_pair", "sft"], loss_weights=[0.8, 0.2, 1.0])
    yield dpo_case(batches, "ordinary", **mixed)
    yield dpo_case(batches, "ordinary", **mixed, ld_alpha=0.3)
    yield dpo_case(batches, "ordinary", loss_types=["ipo", "aot_unpaired", "apo_down"], loss_weights=[0.5, 2.0, 0.25])
    for beta in (0.1, 2.0):
        for loss in ("simpo", "cpo", "orpo"):
            yield reference_free_case(batches, "ordinary", loss, beta=beta)
        yield reference_free_case(batches, "ordinary", "simpo", beta=beta, label_smoothing=0.1, simpo_gamma=1.25)
        yield reference_free_case(batches, "ordinary", "cpo", beta=beta, label_smoothing=0.1)


def write(name, **content):
    FIXTURES.mkdir(parents=True, exist_ok=True)

    def block(value, indent):
        """JSON with one case a line: short to read in a difference, and not a line a number."""
        return "[\n" + ",\n".join(f"{indent}{json.dumps(item, allow_nan=False)}" for item in value) + "\n ]"

    parts = [f' "versions": {json.dumps(PINNED)}']
    for key, value in content.items():
        parts.append(f' "{key}": ' + (block(value, "  ") if isinstance(value, list) else json.dumps(value, allow_nan=False)))
    (FIXTURES / name).write_text("{\n" + ",\n".join(parts) + "\n}\n")
    print(name, len(content["cases"]), "cases")


def main():
    installed = {"torch": torch.__version__.split("+")[0], "trl": trl.__version__, "transformers": transformers.__version__}
    assert installed == PINNED, f"{installed} is installed, but the fixtures are recorded with {PINNED}"
    batches = make_batches()
    write("dpo_losses.json", batches=batches, cases=list(make_cases(batches)))
    scores = [(0.0, 0.0), (1.25, -0.5), (-2.0, 3.5), (0.3, 0.2), (900.0, -900.0), (-900.0, 900.0)]
    write("pairwise_reward_loss.json", cases=[reward_case(*score, margin) for score in scores for margin in (None, 0.0, 0.75, 3.0)])


if __name__ == "__main__":
    main()
