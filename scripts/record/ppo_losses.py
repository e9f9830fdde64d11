"""Record PPO's rewards, advantages and losses from TRL's own code, evaluated in float64.

    python scripts/record/ppo_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/ppo_losses.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.12.0 transformers==5.23.0`; an unpacked wheel of that TRL on PYTHONPATH,
before the version that the other scripts need, will do.

All formulas stand in the middle of `PPOTrainer.train`: its own lines are run on given float64 tensors; autograd gives the gradients. Two
of them are given what the library would not give them. The score is left out, which TRL puts one past the last real token, and the
values there are 0 and not those of a pad.
"""
from types import SimpleNamespace

import torch
from loss_recording import PINNED, check_versions, write
from trainer_lines import run_lines
from trl.experimental.ppo import ppo_trainer
from trl.experimental.ppo.ppo_trainer import PPOTrainer, masked_mean, masked_whiten

VERSIONS = PINNED | {"trl": "1.12.0"}
LENGTHS = [5, 3, 1, 4]


def random_rows(seed, scale, mean=0.0):
    """Rows of different lengths, as they are written to the file."""
    random = torch.Generator().manual_seed(seed)
    return [(mean + scale * torch.randn(length, generator=random, dtype=torch.float64)).mul(1e4).round().div(1e4).tolist()
            for length in LENGTHS]


BEHAVIOR = random_rows(1, 0.8, -2.5)
REFERENCE = [[a + b for a, b in zip(*rows)] for rows in zip(BEHAVIOR, random_rows(2, 0.4))]
POLICY = [[a + b for a, b in zip(*rows)] for rows in zip(BEHAVIOR, random_rows(3, 0.3))]
REWARDS = random_rows(4, 0.5)
OLD_VALUES = random_rows(5, 0.7)
VALUES = [[a + b for a, b in zip(*rows)] for rows in zip(OLD_VALUES, random_rows(6, 0.3))]


def padded(rows, filler=0.0):
    return torch.tensor([row + [filler] * (max(LENGTHS) - len(row)) for row in rows], dtype=torch.float64)


PADDING = torch.tensor([[time >= length for time in range(max(LENGTHS))] for length in LENGTHS])


def real(tensor):
    """The real tokens, row by row."""
    return [row[:length] for row, length in zip(tensor.tolist(), LENGTHS)]


def penalty_case(estimator, coefficient):
    names = run_lines(PPOTrainer.train, "logr = ref_logprobs - logprobs", "rewards = non_score_reward.clone()", {
        "logprobs": padded(BEHAVIOR), "ref_logprobs": padded(REFERENCE),
        "args": SimpleNamespace(kl_estimator=estimator, kl_coef=coefficient)})
    return {"estimator": estimator, "coefficient": coefficient, "rewards": real(names["rewards"])}


def advantage_case(gamma, lam, whiten_rewards):
    rewards = padded(REWARDS)
    args = SimpleNamespace(whiten_rewards=whiten_rewards, gamma=gamma, lam=lam)
    names = {"args": args, "rewards": rewards, "values": padded(OLD_VALUES), "padding_mask": PADDING, "padding_mask_p1": PADDING,
             "responses": rewards, "masked_whiten": masked_whiten, "torch": torch}
    run_lines(PPOTrainer.train, "if args.whiten_rewards:", "returns = advantages + values", names)
    raw = names["advantages"]
    run_lines(PPOTrainer.train, "advantages = masked_whiten(", "advantages = torch.masked_fill(", names)
    return {"gamma": gamma, "lambda": lam, "whiten_rewards": whiten_rewards, "advantages": real(raw), "returns": real(names["returns"]),
            "whitened": real(names["advantages"])}


def loss_case(advantages, cliprange, cliprange_value, vf_coef):
    policy, values = padded(POLICY).requires_grad_(), padded(VALUES).requires_grad_()
    rows = slice(None)
    names = {
        "torch": torch, "masked_mean": masked_mean, "padding_mask": PADDING, "padding_mask_p1": PADDING, "micro_batch_inds": rows,
        "INVALID_LOGPROB": ppo_trainer.INVALID_LOGPROB, "new_logprobs": policy, "vpred": values, "mb_values": padded(OLD_VALUES),
        "mb_return": padded(advantages["returns"]), "mb_advantage": padded(advantages["whitened"]),
        "mb_logprobs": padded(BEHAVIOR, ppo_trainer.INVALID_LOGPROB),
        "args": SimpleNamespace(cliprange=cliprange, cliprange_value=cliprange_value, vf_coef=vf_coef)}
    run_lines(PPOTrainer.train, "new_logprobs = torch.masked_fill(", ")", names)
    run_lines(PPOTrainer.train, "vpred = torch.masked_fill(", "loss = pg_loss + args.vf_coef * vf_loss", names)
    loss = names["loss"]
    assert loss.dtype == torch.float64 and loss.isfinite()
    loss.backward()
    run_lines(PPOTrainer.train, "pg_clipfrac = masked_mean(", ")", names)
    return {"cliprange": cliprange, "cliprange_value": cliprange_value, "vf_coef": vf_coef, "loss": loss.item(),
            "policy_loss": names["pg_loss"].item(), "value_loss": names["vf_loss"].item(),
            "policy_gradient": real(policy.grad), "value_gradient": real(values.grad),
            "policy_clip_fraction": names["pg_clipfrac"].item(), "value_clip_fraction": names["vf_clipfrac"].item()}


def main():
    check_versions(VERSIONS)
    torch.set_default_dtype(torch.float64)  # n / (n - 1) becomes a tensor of it
    advantages = [advantage_case(gamma, lam, whiten) for gamma, lam in ((1.0, 0.95), (0.9, 0.5), (1.0, 0.0), (1.0, 1.0))
                  for whiten in (False, True)]
    write("ppo_losses.json", VERSIONS, policy=POLICY, behavior=BEHAVIOR, reference=REFERENCE, rewards=REWARDS, values=VALUES,
          old_values=OLD_VALUES, penalties=[penalty_case(*case) for case in (("k1", 0.05), ("k3", 0.2))], advantages=advantages,
          cases=[loss_case(advantages[0], *case) for case in ((0.2, 0.2, 0.1), (0.1, 0.4, 0.5))])


if __name__ == "__main__":
    main()
