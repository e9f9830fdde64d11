"""Record the losses and advantages of learning from outcomes from TRL's own code, evaluated in float64.

    python scripts/record/outcome_losses.py        # rewrites grpo_losses.json and group_advantages.json in Tests/ObjectivesTests/Fixtures

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

`GRPOTrainer._compute_loss` and `RLOOTrainer._compute_loss` run unchanged, on a stand-in whose model hands over given float64 log
probabilities; autograd gives the gradients. Advantages are computed in the middle of a long method: its own lines are run on given
rewards. PPO, recorded from an earlier version, is in `ppo_losses.py`.
"""
from types import SimpleNamespace

import torch
from loss_recording import check_versions, stand_in, write
from trainer_lines import run_lines
from trl import GRPOTrainer, RLOOTrainer
from trl.trainer import grpo_trainer, rloo_trainer

MAX_COMPLETION_LENGTH = 7


def batch(seed, masks, advantages):
    """Log probabilities of a policy that has moved: some ratios are far out, and none is on the edge of the ranges used below."""
    random = torch.Generator().manual_seed(seed)
    shape = (len(masks), len(masks[0]))

    def normal(scale, mean=0.0):
        return (mean + scale * torch.randn(shape, generator=random, dtype=torch.float64)).mul(1e4).round().div(1e4)

    policy = normal(0.8, -2.0).clamp(max=-0.01)
    behavior = policy + normal(0.4)
    return {"policy": policy.tolist(), "behavior": behavior.tolist(), "reference": (policy + normal(0.4)).tolist(), "mask": masks,
            "advantages": advantages}


BATCHES = {
    "ordinary": batch(121, [[1] * 6, [1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 0]],
                      [0.8, -1.2, 0.0, 1.5, -0.6]),
    "masked": batch(2, [[1, 1, 1, 1, 1, 0], [0] * 6, [1, 1, 0, 0, 0, 0]], [-0.7, 2.0, 0.9]),
    "turns": batch(3, [[1, 1, 0, 0, 1, 1], [1, 0, 1, 1, 1, 0]], [1.0, -1.0]),
}
RANGES = [{"epsilon": 0.2, "epsilon_high": 0.2, "delta": None}, {"epsilon": 0.1, "epsilon_high": 0.28, "delta": 1.5}]


def inputs_of(name, with_behavior=True):
    numbers = BATCHES[name]
    policy, reference, advantages = (torch.tensor(numbers[key], dtype=torch.float64) for key in ("policy", "reference", "advantages"))
    policy.requires_grad_()
    mask = torch.tensor(numbers["mask"])
    prompt = torch.ones(len(mask), 1, dtype=torch.long)
    inputs = {"prompt_ids": prompt, "prompt_mask": prompt, "completion_ids": torch.ones_like(mask), "completion_mask": mask,
              "advantages": advantages, "ref_per_token_logps": reference}
    behavior = torch.tensor(numbers["behavior"], dtype=torch.float64)
    if with_behavior:
        inputs["old_per_token_logps"] = behavior
    inputs["old_logps"] = (behavior * mask).sum(1)
    return policy, inputs


def trainer_for(policy, clip, **attributes):
    trainer = stand_in(
        aux_loss_enabled=False, epsilon_low=clip["epsilon"], epsilon_high=clip["epsilon_high"], **attributes,
        _get_per_token_logps_and_entropies=lambda *_, **__: (policy, torch.zeros_like(policy).detach(), None))
    trainer.accelerator.reduce = lambda x, reduction: x
    return trainer


def finished(value, policy, trainer, **described):
    assert value.dtype == torch.float64 and value.isfinite()
    value.backward()
    metrics = {key: numbers[0] for key, numbers in trainer._metrics["train"].items() if key != "entropy"}
    return described | {"loss": value.item(), "gradient": policy.grad.tolist(), "metrics": metrics}


def grpo_case(name, loss_type, level, beta, clip, on_policy=False, rollout_tokens=None, rollout_batches=1):
    policy, inputs = inputs_of(name, with_behavior=not on_policy)
    tokens = inputs["completion_mask"].sum() if rollout_tokens is None else torch.tensor(rollout_tokens)
    inputs["num_items_in_batch"] = tokens
    trainer = trainer_for(
        policy, clip, loss_type=loss_type, importance_sampling_level=level, beta=beta, top_entropy_quantile=1.0, use_vllm=False,
        off_policy_mask_threshold=None, current_gradient_accumulation_steps=1, max_completion_length=MAX_COMPLETION_LENGTH,
        _entropy_bonus_enabled=False,
        args=SimpleNamespace(delta=clip["delta"], use_bias_correction_kl=False, steps_per_generation=rollout_batches))
    value = GRPOTrainer._compute_loss(trainer, None, inputs)
    return finished(value, policy, trainer, batch=name, loss_type=loss_type, level=level, beta=beta, on_policy=on_policy, **clip,
                    rollout_tokens=int(tokens), rollout_batches=rollout_batches)


def rloo_case(name, clip):
    policy, inputs = inputs_of(name)
    trainer = trainer_for(policy, clip)
    value = RLOOTrainer._compute_loss(trainer, None, inputs)
    return finished(value, policy, trainer, batch=name, epsilon=clip["epsilon"], epsilon_high=clip["epsilon_high"])


def grpo_cases():
    for name in BATCHES:
        for loss_type in ("grpo", "bnpo", "dr_grpo", "dapo", "cispo"):
            ranges = RANGES if loss_type != "cispo" else [{"epsilon": 0.2, "epsilon_high": 1.1, "delta": None}]
            for level in ("token", "sequence"):
                for beta in (0.0, 0.04):
                    for clip in ranges if name == "ordinary" else ranges[:1]:
                        yield grpo_case(name, loss_type, level, beta, clip)
    for loss_type in ("grpo", "dapo"):
        yield grpo_case("ordinary", loss_type, "token", 0.04, RANGES[0], on_policy=True)
    for loss_type in ("dapo", "cispo"):
        yield grpo_case("ordinary", loss_type, "token", 0.04, RANGES[0], rollout_tokens=31, rollout_batches=2)


def clipped_on_both_sides(cases):
    """The cases, of which those on the ordinary batch must take every branch."""
    for case in cases:
        if case["batch"] == "ordinary" and not case.get("on_policy"):
            sides = ("cispo_clip_ratio",) if case.get("loss_type") == "cispo" else ("clip_ratio/low_mean", "clip_ratio/high_mean")
            assert all(case["metrics"][side] > 0 for side in sides), case
    return cases


REWARDS = {
    "ordinary": [[1.0, 2.5, -0.5, 3.0], [0.25, 0.75, 0.5, 4.0]],
    "missing": [[1.0, None, -0.5, 3.0], [None, None, 2.0, None], [0.5, 1.5, None, None]],
    "flat": [[1.0, 2.0, 4.0], [0.5, 0.5, 0.5]],
}
DIVERGENCES = {"ordinary": [0.5, 1.25, -0.25, 2.0, 0.0, 0.75, 3.5, 1.0]}
LAST = "advantages = torch.nan_to_num("


def reward_names(name, trainer):
    rows = [[float("nan") if reward is None else reward] for group in REWARDS[name] for reward in group]
    per_function = torch.tensor(rows, dtype=torch.float64)
    return {"torch": torch, "self": trainer, "device": "cpu", "rewards_per_func": per_function, "gather": lambda x: x,
            "unscorable_mask": per_function.isnan().all(dim=1), "num_generations": len(REWARDS[name][0])}


def grpo_advantages(name, scale):
    trainer = SimpleNamespace(multi_objective_aggregation="sum_then_normalize", scale_rewards=scale, reward_weights=torch.ones(1),
                              reward_func_names=["reward"])
    names = reward_names(name, trainer) | {"nanstd": grpo_trainer.nanstd}
    method = GRPOTrainer._generate_and_score_completions
    run_lines(method, 'if self.multi_objective_aggregation == "sum_then_normalize":', LAST, names)
    return {"rewards": name, "method": "grpo", "scale": scale, "advantages": names["advantages"].tolist()}


def rloo_advantages(name, normalize, beta, clip):
    trainer = SimpleNamespace(reward_weights=torch.ones(1), reward_clip_range=clip, beta=beta, normalize_advantages=normalize)
    names = reward_names(name, trainer) | {"nanstd": rloo_trainer.nanstd}
    if beta:  # one token a completion, which carries all of its divergence
        divergences = torch.tensor(DIVERGENCES[name], dtype=torch.float64).unsqueeze(1)
        names |= {"old_per_token_logps": divergences, "ref_per_token_logps": torch.zeros_like(divergences),
                  "completion_mask": torch.ones_like(divergences)}
    run_lines(RLOOTrainer._generate_and_score_completions, "# Apply weights to each reward function's output and sum", LAST, names)
    return {"rewards": name, "method": "rloo", "normalize": normalize, "beta": beta, "clip": clip,
            "advantages": names["advantages"].tolist()}


def main():
    check_versions()
    torch.set_default_dtype(torch.float64)  # n / (n - 1) becomes a tensor of it
    write("grpo_losses.json", batches=BATCHES, max_completion_length=MAX_COMPLETION_LENGTH, cases=clipped_on_both_sides(list(grpo_cases())),
          rloo=clipped_on_both_sides([rloo_case(name, clip) for name in BATCHES for clip in RANGES]))
    write("group_advantages.json", rewards=REWARDS, divergences=DIVERGENCES, cases=[
        *(grpo_advantages(name, scale) for name in REWARDS for scale in ("group", "batch", "none")),
        *(rloo_advantages(name, normalize, 0.0, None) for name in REWARDS for normalize in (False, True)),
        rloo_advantages("ordinary", False, 0.1, None), rloo_advantages("ordinary", True, 0.05, (0.0, 2.0))])


if __name__ == "__main__":
    main()
