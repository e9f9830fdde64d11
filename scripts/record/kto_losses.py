"""Record the losses for unpaired judgments from TRL's own code, evaluated in float64.

    python scripts/record/kto_losses.py        # rewrites Tests/ObjectivesTests/Fixtures/kto_losses.json

Needs Python 3.11 or later with exactly `torch==2.13.0 trl==1.16.0 transformers==5.23.0`.

`KTOTrainer._compute_loss` runs unchanged, on a stand-in for the models that hands over given float64 log probabilities of the
completions and of the mismatched ones; autograd gives the gradients. BCO, which TRL 1.16.0 has no more, is in `bco_losses.py`.
"""
from types import SimpleNamespace

import torch
from loss_recording import check_versions, stand_in, write
from trl import KTOTrainer

BATCHES = {
    "ordinary": {"policy": [-12.5, -30.25, -7.0, -18.0, -3.5], "reference": [-14.0, -29.0, -7.0, -16.5, -9.0],
                 "kl_policy": [-20.0, -33.0, -15.0, -28.0, -9.5], "kl_reference": [-21.5, -34.0, -14.25, -29.0, -9.75],
                 "label": [True, False, True, False, True]},
    "negative_kl": {"policy": [-12.5, -30.25, -7.0], "reference": [-14.0, -29.0, -8.0], "kl_policy": [-20.0, -33.0, -15.0],
                    "kl_reference": [-19.0, -31.0, -15.25], "label": [False, True, True]},
    "desirable": {"policy": [-5.0, -6.0], "reference": [-5.5, -5.25], "kl_policy": [-9.0, -8.0], "kl_reference": [-9.5, -8.5],
                  "label": [True, True]},
    "extreme": {"policy": [-5000.0, -10.0, -10.0, -5000.0], "reference": [-10.0, -5000.0, -5000.0, -10.0],
                "kl_policy": [-10.0] * 4, "kl_reference": [-11.0] * 4, "label": [True, True, False, False]},
}


def column(numbers):
    return torch.tensor(numbers, dtype=torch.float64).unsqueeze(1)


def kto_case(name, loss_type, beta, desirable, undesirable):
    batch = BATCHES[name]
    policy = column(batch["policy"]).requires_grad_()

    def model(matched, mismatched):
        """One predicted token a row; the first id says which completions are meant."""
        def forward(input_ids, **_):
            nothing = torch.zeros_like(matched)
            return SimpleNamespace(log_probs=mismatched if input_ids[0, 0] else matched, entropy=nothing, mean_logits=nothing)
        return forward

    kl_model = model(policy, column(batch["kl_policy"]))
    trainer = stand_in(
        aux_loss_enabled=False, precompute_ref_logps=False, calculate_KL=loss_type == "kto", loss_type=loss_type, beta=beta,
        desirable_weight=desirable, undesirable_weight=undesirable, args=SimpleNamespace(gradient_checkpointing_kwargs=None),
        ref_model=model(column(batch["reference"]), column(batch["kl_reference"])))
    trainer._compute_kl_logps = lambda model, inputs: KTOTrainer._compute_kl_logps(trainer, model, inputs)
    ids = torch.zeros(len(policy), 2, dtype=torch.long)
    mask = torch.tensor([[0, 1]] * len(policy))
    inputs = {"input_ids": ids, "attention_mask": mask, "completion_mask": mask, "KL_input_ids": ids + 1, "KL_attention_mask": mask,
              "KL_completion_mask": mask, "label": torch.tensor(batch["label"])}
    value = KTOTrainer._compute_loss(trainer, kl_model, inputs, return_outputs=False)
    assert value.dtype == torch.float64 and value.isfinite()
    value.backward()
    metrics = trainer._metrics["train"]
    return {"batch": name, "loss_type": loss_type, "beta": beta, "desirable_weight": desirable, "undesirable_weight": undesirable,
            "loss": value.item(), "gradient": policy.grad.squeeze(1).tolist(), "kl": metrics["kl"][0],
            "rewards_chosen": metrics.get("rewards/chosen", [None])[0], "rewards_rejected": metrics.get("rewards/rejected", [None])[0]}


def main():
    check_versions()
    write("kto_losses.json", batches=BATCHES, cases=[
        kto_case(name, loss_type, beta, *weights) for name in BATCHES for loss_type in ("kto", "apo_zero_unpaired")
        for beta, weights in ((0.1, (1.0, 1.0)), (0.5, (1.5, 0.75)))])


if __name__ == "__main__":
    main()
