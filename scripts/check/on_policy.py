"""Check on the sandbox world, where everything is known, that learning from rewards does what it should; in minutes, from nothing.

    python3 scripts/check/on_policy.py [--attune PROGRAM] [--folder FOLDER] [--threads N]

It makes data, trains a base model, fine-tunes it on good and bad answers mixed, so that there is something left to learn, trains
reward models on what simulated annotators prefer, and learns from these:

1. PPO, RLOO, GRPO and REINFORCE each raise the held-out gold score in less than three minutes, at a KL below 10 nats
2. with a reward model of annotators that like length, and without KL control, gold rises and then falls while the proxy goes on
   rising: the run is flagged, and early stopping gives back the better model
3. against an ensemble of reward models of 150 pairs each, a quarter of them flipped, gold falls less than against its members;
   whether it does so for a bias that all members share is reported
4. the proportional and the Lagrangian controller hold KL within 20 % of a target

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import random

from bench import Difference, check, main, mean
from sandbox import base_model

ANSWERS = ("--reward-normalization", "stored", "--batch-size", 64, "--save-steps", 0, "--log-completions-steps", 0)
LENGTH = ("--max-completion-length", 48)
GROUPS = ("--num-generations", 4)
UNCONTROLLED = (*GROUPS, "--beta", 0, "--lr-scheduler-type", "constant")
MEMBERS = 8
KL_TARGET = 2


def policy(b):
    """A policy that answers well two times of five, and else as the base text does."""
    demonstrations = b.rows(b.sandbox("demonstrations", 800, 5, "demonstrations.jsonl"))
    pairs = b.rows(b.sandbox("preferences", 1200, 15, "pairs.jsonl"))
    draw = random.Random(0)
    mixed = [{"prompt": row["prompt"], "completion": row["completion"]} for row in demonstrations]
    mixed += [{"prompt": row["prompt"], "completion": row[draw.choice(("chosen", "rejected"))]} for row in pairs]
    draw.shuffle(mixed)
    b.run("sft", "--model", b.path("base"), "--data", b.write("mixed.jsonl", mixed), "--out", b.path("sft"), "--epochs", 1, "--batch-size", 32,
          "--learning-rate", 5e-4, "--lr-scheduler-type", "cosine", "--warmup-steps", 10, "--logging-steps", 20, "--save-steps", 0)
    b.sandbox("prompts", 2000, 20, "prompts.jsonl")
    b.sandbox("prompts", 300, 6, "held-out-prompts.jsonl")


def reward_model(b, name, count, seed, epochs, *options, batch_size=32):
    pairs = b.sandbox("preferences", count, seed, f"{name}.jsonl", *options)
    b.run("reward", "--model", b.path("sft"), "--data", pairs, "--out", b.path(name), "--epochs", epochs, "--batch-size", batch_size,
          "--seed", seed, "--learning-rate", 1e-3, "--lr-scheduler-type", "cosine", "--warmup-steps", 5, "--logging-steps", 20, "--save-steps", 0)


def learn(b, name, method, rewards, steps, evaluations, *options):
    """Train a policy on reward models, watched by the gold judge; the rows of evaluations, and of steps."""
    models = [part for reward in rewards for part in ("--reward-model", b.path(reward))]
    b.run(method, "--model", b.path("sft"), "--prompts", b.path("prompts.jsonl"), "--eval-prompts", b.path("held-out-prompts.jsonl"),
          "--judge-gold", "--out", b.path(name), "--max-steps", steps, "--eval-steps", steps // evaluations, *models, *ANSWERS, *options)
    rows = b.rows(f"{name}/metrics.jsonl")
    return [row for row in rows if "eval_gold" in row], [row for row in rows if "objective/kl" in row]


def gold(b, model):
    """The gold score of one fresh answer to each held-out prompt."""
    return b.gold(model, b.path("held-out-prompts.jsonl"), 7)


def methods(b):
    """Four ways to learn from one reward model, with a fixed KL penalty."""
    reward_model(b, "reward", 4000, 3, 2, "--label-noise", 0.05)
    before = gold(b, "sft")
    for method, *options in (("ppo", "--learning-rate", 1e-4, "--num-ppo-epochs", 2), ("rloo", "--learning-rate", 2e-4, *GROUPS),
                             ("grpo", "--learning-rate", 2e-4, *GROUPS), ("reinforce", "--learning-rate", 2e-4)):
        evaluations, _ = learn(b, method, method, ["reward"], 60, 2, "--kl-control", "fixed", "--beta", 0.05, *LENGTH, *options)
        seconds, kl = b.seconds, evaluations[-1]["eval_kl"]
        after = gold(b, method)
        lift = Difference(before, after)
        check(lift.lower > 0 and kl < 10 and seconds < 180,
              f"{method} lifts the gold score from {mean(before):.3f} to {mean(after):.3f}: {lift} at {kl:.2f} nats, in {seconds:.0f} s")


def overoptimization(b):
    """A reward model that likes length, and nothing that holds the policy back."""
    reward_model(b, "biased", 4000, 8, 2, "--label-noise", 0.05, "--length-bias", 1.2)
    options = (*UNCONTROLLED, *LENGTH, "--learning-rate", 2e-4)
    evaluations, _ = learn(b, "overoptimized", "rloo", ["biased"], 108, 18, *options)
    is_flagged = "warning (proxy_gold_parting)" in b.notes
    analysis = b.run("evaluate", "hacking", "--run", b.path("overoptimized"))
    stopped_evaluations, _ = learn(b, "stopped", "rloo", ["biased"], 108, 18, *options, "--early-stopping-patience", 3)
    peak, last = max(evaluations, key=lambda row: row["eval_gold"]), evaluations[-1]
    before, best, after = (gold(b, model) for model in ("sft", "stopped", "overoptimized"))
    rise, fall = Difference(before, best), Difference(best, after)
    proxy = [row["eval_reward"] for row in (evaluations[0], peak, last)]
    check(rise.lower > 0 and fall.upper < 0 and proxy[0] < proxy[1] < proxy[2],
          f"gold rises by {rise} and falls by {fall}, at best in step {peak['step']} of {last['step']}; the proxy goes from {proxy[0]:.2f} "
          f"over {proxy[1]:.2f} to {proxy[2]:.2f}, KL to {last['eval_kl']:.1f} nats")
    check(is_flagged and analysis["verdict"] == "hacked",
          f"the run is {'flagged' if is_flagged else 'not flagged'} while it goes on; afterwards it is called {analysis['verdict']}: "
          f"{analysis['reasons'][0]['sentence']}")
    check(stopped_evaluations[-1]["step"] < last["step"] and fall.upper < 0,
          f"early stopping ends in step {stopped_evaluations[-1]['step']}; its model has gold {mean(best):.3f}, the other {mean(after):.3f}")


def ensembles(b):
    """Reward models of few pairs, a quarter of them flipped, one by one and together; then the same with a bias that all share.

    The ensemble is as good as its worst member says: mean minus variance is deceived by texts about which all members err alike, as the
    variance then pays. One run falls by some hundredths more or less than the next, so several are averaged on either side. Texts much
    longer than any that a member has seen are something that all err about alike, which is a shared bias too; so length is kept within
    bounds where there shall be none, and is free where the members like it.
    """
    bounded = ("--max-completion-length", 32, "--missing-eos-penalty", 3)
    for kind, bias, alone, seeds, limits in (("weak", 0, MEMBERS, (1, 2, 3), bounded), ("alike", 3, 3, (1,), LENGTH)):
        members = [f"{kind}-{number}" for number in range(MEMBERS)]
        for number, member in enumerate(members):
            reward_model(b, member, 150, 131 + number, 3, "--label-noise", 0.25, "--length-bias", bias, batch_size=16)
        singles = [fall(b, f"{member}-policy", [member], 0, *limits) for member in members[:alone]]
        together = [fall(b, f"{kind}-policy-{seed}", members, seed, *limits) for seed in seeds]
        is_smaller = mean(together) < mean(singles)
        sentence = (f"gold falls by {mean(singles):.3f} from its best on average of {alone} members ({numbers(singles)}), against the ensemble of "
                    f"{MEMBERS} by {mean(together):.3f} ({numbers(together)})")
        if bias == 0:
            check(is_smaller, f"with members that err each in its own way, {sentence}")
        else:
            print(f"report   with a bias that all members share, {sentence}: {'smaller' if is_smaller else 'not smaller'}", flush=True)


def numbers(values):
    return ", ".join(f"{value:.3f}" for value in values)


def fall(b, name, rewards, seed, *limits):
    """How far gold is below its best at the end of a run without KL control."""
    evaluations, _ = learn(b, name, "rloo", rewards, 48, 8, *UNCONTROLLED, *limits, "--learning-rate", 3e-4, "--seed", seed,
                           "--reward-aggregation", "min")
    scores = [row["eval_gold"] for row in evaluations]
    return max(scores) - scores[-1]


def controllers(b):
    """KL held at a target, against a reward that pulls away from it.

    Both controllers go on turning beta while the policy still follows, and overshoot where it follows slowly; so the reward is one that
    is easily had, and beta begins near where it will end.
    """
    reward_model(b, "tempting", 4000, 8, 2, "--label-noise", 0.05, "--length-bias", 4)
    for control, *options in (("proportional", "--kl-horizon", 640), ("lagrangian", "--kl-rate", 0.03)):
        _, steps = learn(b, control, "rloo", ["tempting"], 120, 1, *GROUPS, *LENGTH, "--learning-rate", 3e-4, "--lr-scheduler-type", "constant",
                            "--kl-control", control, "--kl-target", KL_TARGET, "--beta", 0.2, *options)
        held = mean([row["objective/kl"] for row in steps[-40:]])
        check(abs(held / KL_TARGET - 1) < 0.2,
              f"the {control} controller holds KL at {held:.2f} nats in the last third, beta at {steps[-1]['beta']:.3f}; the target is {KL_TARGET}")


if __name__ == "__main__":
    main(__doc__, "on_policy", (base_model, policy, methods, overoptimization, ensembles, controllers))
