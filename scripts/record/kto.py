"""Record what TRL's KTOTrainer logs for tiny real runs, and how it tokenizes and mismatches the rows.

    python scripts/record/kto.py         # rewrites Tests/TrainersTests/Fixtures/kto/, but for bco.json

Needs Python 3.11 or later with exactly these packages (the versions are written into the fixture), and the DPO fixture:

    torch==2.13.0 trl==1.16.0 transformers==5.23.0 tokenizers==0.23.3 datasets accelerate

The directory holds twelve completions with a judgment (`unpaired.jsonl`, sides of the DPO fixture's pairs) and `expected.json`: for
every case the settings that it ran with and each step's log, and the evaluation after the last step, on the first four rows; and the
token ids of all rows with the completion that each prompt is mismatched with in batches of four.

The first batch of four has both judgments, and so has the second; all of the third are undesirable, so `rewards/chosen` is missing
from its logs. A mismatched completion is that of the row before, around the end within each per-device batch of the prepared data;
the divergence `kl` is one of each per-device batch, so accumulation changes the loss, and a batch at the end that is smaller goes
around within itself. Rows whose prompt alone has `max_length` tokens are dropped before the batches are formed.
"""
import datasets
import torch
from trainer_runs import COMMON, FIXTURES, MODEL, PINNED, arguments, read_pairs, start, train, write_expected, write_rows
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import KTOConfig, KTOTrainer

FIXTURE = FIXTURES / "kto"
KTO = {**COMMON, "beta": 0.1, "loss_type": "kto", "desirable_weight": 1.0, "undesirable_weight": 1.0}
CASES = {
    "kto": {},
    "kto_weights": dict(desirable_weight=1.5, undesirable_weight=0.75),
    "kto_beta": dict(beta=0.5, learning_rate=1e-3),
    "kto_accumulation": dict(batch_size=2, gradient_accumulation_steps=2),
    "kto_uneven": dict(batch_size=5, max_steps=6),
    "kto_truncated": dict(max_length=64),
    "apo_zero_unpaired": dict(loss_type="apo_zero_unpaired"),
    "apo_zero_unpaired_weights": dict(loss_type="apo_zero_unpaired", desirable_weight=1.5, undesirable_weight=0.75),
    "apo_zero_unpaired_accumulation": dict(loss_type="apo_zero_unpaired", batch_size=2, gradient_accumulation_steps=2),
}
# Which side of which pair of the DPO fixture, three batches of four.
SIDES = [(0, "chosen"), (1, "rejected"), (2, "chosen"), (3, "rejected"), (4, "chosen"), (5, "chosen"), (6, "rejected"), (7, "chosen"),
         (0, "rejected"), (2, "rejected"), (4, "rejected"), (7, "rejected")]


def make_rows():
    pairs = read_pairs()
    return [{"prompt": pairs[pair]["prompt"], "completion": pairs[pair][side], "label": side == "chosen"} for pair, side in SIDES]


def trainer_for(rows, settings):
    return KTOTrainer(
        model=AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32), args=arguments(KTOConfig, settings),
        train_dataset=datasets.Dataset.from_list(rows), eval_dataset=datasets.Dataset.from_list(rows[:4]),
        processing_class=AutoTokenizer.from_pretrained(MODEL))


def main():
    start()
    rows = make_rows()
    FIXTURE.mkdir(exist_ok=True)
    write_rows(FIXTURE / "unpaired.jsonl", rows)
    cases = []
    for name, changes in CASES.items():
        settings = {**KTO, **changes}
        cases.append({"name": name, "settings": settings, **train(trainer_for(rows, settings), name)})
    prepared = trainer_for(rows, KTO).train_dataset
    tokens = [{key: row[key] for key in ("prompt_ids", "completion_ids", "KL_completion_ids", "label")} for row in prepared]
    write_expected(FIXTURE, 120_000, versions=PINNED, common=KTO, cases=cases, tokens=tokens)


if __name__ == "__main__":
    main()
