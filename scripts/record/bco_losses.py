"""Record the binary classifier optimization from the last TRL that had it, evaluated in float64.

    python scripts/record/bco_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/bco_losses.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.13.0 transformers==5.23.0`; an unpacked wheel of that TRL on PYTHONPATH,
before the version that the other scripts need, will do.

`BCOTrainer.bco_loss` and `RunningMoments` run unchanged on given float64 log probabilities; autograd gives the gradients. The running
mean goes over the batches of a case in their order. `RunningMoments` would round each batch's mean to float32, and is kept from that.
"""
from types import SimpleNamespace

import torch
from loss_recording import PINNED, check_versions, write
from trl.experimental.bco.bco_trainer import BCOTrainer, RunningMoments

VERSIONS = PINNED | {"trl": "1.13.0"}
BATCHES = {
    "ordinary": {"policy": [-12.5, -30.25, -7.0, -18.0, -3.5], "reference": [-14.0, -29.0, -7.0, -16.5, -9.0],
                 "label": [True, False, True, False, True]},
    "moved": {"policy": [-2.5, -40.25, -1.0], "reference": [-14.0, -29.0, -8.0], "label": [True, False, True]},
    "desirable": {"policy": [-5.0, -6.0], "reference": [-5.5, -5.25], "label": [True, True]},
    "extreme": {"policy": [-5000.0, -10.0, -10.0, -5000.0], "reference": [-10.0, -5000.0, -5000.0, -10.0],
                "label": [True, True, False, False]},
}


class Unrounded(torch.Tensor):
    """A tensor whose `float()` keeps its precision."""

    def float(self):
        return self


class UnroundedMoments(RunningMoments):
    def update(self, rewards):
        return super().update(rewards.as_subclass(Unrounded))


def case(names, beta):
    trainer = SimpleNamespace(beta=beta, match_underlying_distribution=False,
                              running=UnroundedMoments(SimpleNamespace(use_distributed=False)))
    steps = []
    for name in names:
        batch = BATCHES[name]
        policy = torch.tensor(batch["policy"], requires_grad=True)
        reference, label = torch.tensor(batch["reference"]), torch.tensor(batch["label"])
        losses, _, _, delta = BCOTrainer.bco_loss(
            trainer, policy[label], policy[~label], reference[label], reference[~label], None, None)
        loss = losses.nanmean()
        assert loss.dtype == torch.float64 and loss.isfinite()
        loss.backward()
        steps.append({"batch": name, "delta": delta.item(), "loss": loss.item(), "gradient": policy.grad.tolist()})
    return {"beta": beta, "steps": steps}


def main():
    check_versions(VERSIONS)
    torch.set_default_dtype(torch.float64)  # delta becomes a tensor of a number
    write("bco_losses.json", VERSIONS, batches=BATCHES, cases=[
        case(names, beta) for beta in (0.1, 0.5) for names in (["ordinary", "moved", "desirable", "ordinary"], ["desirable", "moved"],
                                                               ["extreme"])])


if __name__ == "__main__":
    main()
