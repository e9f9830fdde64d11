"""Record the reward trainer's loss, gradient and metrics from TRL's own code, evaluated in float64.

    python scripts/record/reward_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/reward_losses.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

`RewardTrainer.compute_loss` runs unchanged on a stand-in for the model that hands over given float64 scores; autograd gives the
gradients. A case is a batch of pairs with or without margins and with or without `center_rewards_coefficient`.
"""
from types import SimpleNamespace

import torch
from loss_recording import check_versions, stand_in, write
from trl import RewardTrainer

PAIRS = {
    "ordinary": [(1.25, -0.5), (-2.0, 3.5), (0.3, 0.2), (0.0, 0.0), (4.0, 2.5)],
    "extreme": [(1e4, -1e4), (-1e4, 1e4), (900.0, 901.0)],
}
MARGINS = {"ordinary": [0.0, 0.75, 3.0, 1.0, 0.5], "extreme": [1.0, 2.0, 0.25]}


def case(name, has_margin, coefficient):
    pairs = PAIRS[name]
    scores = torch.tensor([[pair[side]] for side in (0, 1) for pair in pairs], dtype=torch.float64, requires_grad=True)
    trainer = stand_in(args=SimpleNamespace(center_rewards_coefficient=coefficient))
    inputs = {"attention_mask": torch.ones(len(scores), 1)}
    margins = MARGINS[name] if has_margin else None
    if has_margin:
        inputs["margin"] = torch.tensor(margins, dtype=torch.float64)
    value = RewardTrainer.compute_loss(trainer, lambda **_: SimpleNamespace(logits=scores), inputs)
    value.backward()
    gradient, metrics = scores.grad.squeeze(-1).tolist(), trainer._metrics["train"]
    return {"chosen": [c for c, _ in pairs], "rejected": [r for _, r in pairs], "margins": margins,
            "center_rewards_coefficient": coefficient, "loss": value.item(), "gradient_chosen": gradient[:len(pairs)],
            "gradient_rejected": gradient[len(pairs):],
            **{key: metrics[key][0] for key in ("accuracy", "margin", "mean_reward", "min_reward", "max_reward")}}


def main():
    check_versions()
    write("reward_losses.json", cases=[case(name, has_margin, coefficient) for name in PAIRS for has_margin in (False, True)
                                       for coefficient in (None, 0.01, 2.0)])


if __name__ == "__main__":
    main()
