"""Record the supervised losses and their gradients from TRL's and transformers' own code, evaluated in float64.

    python scripts/record/sft_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/sft_losses.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

`SFTTrainer.compute_loss` and `LabelSmoother` run unchanged on a stand-in for the model that hands over given float64 logits, or
what the fused head makes of them; autograd gives the gradient by each logit. `LabelSmoother` adds up the vocabulary in
`torch.float32`; here it finds float64 under that name, so that the formula is recorded and not its rounding.
Some labels are -100; `num_items` is the count of the whole step where it is given, as under gradient accumulation.
"""
from types import SimpleNamespace

import torch
import transformers.trainer_pt_utils as trainer_pt_utils
from loss_recording import check_versions, stand_in, write
from transformers.trainer_pt_utils import LabelSmoother
from trl import SFTTrainer

VOCABULARY, ROWS, TIME = 7, 2, 5


class DoublePrecision:
    """`torch`, but for the name of single precision."""

    float32 = torch.float64

    def __getattr__(self, name):
        return getattr(torch, name)


def fused(logits, labels):
    """What TRL's fused head says: a number a predicted token, 0 where there is none."""
    labels = labels[:, 1:]
    mask = labels != -100
    log_probs = logits[:, :-1].log_softmax(-1).gather(-1, labels.clamp(min=0).unsqueeze(-1)).squeeze(-1) * mask
    return SimpleNamespace(log_probs=log_probs, label_mask=mask, entropy=torch.zeros_like(log_probs), is_top1=torch.zeros_like(mask))


def case(name, logits, labels, loss_type, smoothing, num_items):
    logits = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    labels = torch.tensor(labels)
    trainer = stand_in(
        aux_loss_enabled=False, compute_loss_func=None, label_smoother=LabelSmoother(epsilon=smoothing) if smoothing else None,
        args=SimpleNamespace(loss_type=loss_type, average_tokens_across_devices=False))

    def model(fused_lm_head=False, **_):
        return fused(logits, labels) if fused_lm_head else {"logits": logits}

    inputs = {"labels": labels, "attention_mask": torch.ones_like(labels)}
    value = SFTTrainer.compute_loss(trainer, model, inputs, num_items_in_batch=num_items)
    assert value.dtype == torch.float64 and value.isfinite()
    value.backward()
    return {"batch": name, "loss_type": loss_type, "label_smoothing_factor": smoothing, "num_items": num_items,
            "loss": value.item(), "gradient": logits.grad.tolist()}


def main():
    check_versions()
    trainer_pt_utils.torch = DoublePrecision()
    generator = torch.Generator().manual_seed(5)
    noise = torch.randn(ROWS, TIME, VOCABULARY, generator=generator, dtype=torch.float64)
    labels = torch.randint(VOCABULARY, (ROWS, TIME), generator=generator)
    labels[0, :2] = -100
    labels[1, 3] = -100
    batches = {"ordinary": {"logits": (2 * noise).tolist(), "labels": labels.tolist()},
               "extreme": {"logits": (300 * noise).tolist(), "labels": labels.tolist()}}
    write("sft_losses.json", batches=batches, cases=[
        case(name, batch["logits"], batch["labels"], loss_type, smoothing, num_items)
        for name, batch in batches.items() for num_items in (None, 23)
        for loss_type, smoothing in (("nll", 0.0), ("dft", 0.0), ("nll", 0.1), ("nll", 0.5), ("nll", 1.0))])


if __name__ == "__main__":
    main()
