"""Record what TRL's SFTTrainer logs for tiny real runs.

    python scripts/record/sft.py         # rewrites Tests/TrainersTests/Fixtures/sft/

Needs Python 3.11 or later with exactly these packages (the versions are written into the fixture), and the DPO fixture:

    torch==2.13.0 trl==1.16.0 transformers==5.23.0 tokenizers==0.23.3 datasets accelerate

The directory holds eight demonstrations (`demonstrations.jsonl`, the chosen sides of the DPO fixture's pairs), the same as plain
texts (`texts.jsonl`), three demonstrations and texts for evaluation, and `expected.json`: for every case the settings that it ran
with, each step's log, and the evaluation after the last step; and the token ids and labels of the demonstrations and texts.

Under accumulation TRL divides the loss by the tokens of the whole step, but `entropy` and `mean_token_accuracy` are means over its
micro-batches. With label smoothing TRL computes the loss in a second forward pass; the evaluation is smoothed too.
"""
import datasets
import torch
from trainer_runs import COMMON, FIXTURES, MODEL, PINNED, arguments, choose_others, read_pairs, start, train, write_expected, write_rows
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl import SFTConfig, SFTTrainer

FIXTURE = FIXTURES / "sft"
CASES = {
    "completion": {},
    "accumulation": dict(batch_size=2, gradient_accumulation_steps=2),
    "uneven_accumulation": dict(batch_size=3, gradient_accumulation_steps=2, max_steps=6),
    "everything": dict(completion_only_loss=False),
    "text": dict(data="texts"),
    "text_accumulation": dict(data="texts", batch_size=2, gradient_accumulation_steps=2),
    "label_smoothing": dict(label_smoothing_factor=0.1),
    "label_smoothing_accumulation": dict(label_smoothing_factor=0.1, batch_size=2, gradient_accumulation_steps=2),
    "dft": dict(loss_type="dft"),
    "dft_accumulation": dict(loss_type="dft", batch_size=2, gradient_accumulation_steps=2),
    "truncated": dict(max_length=64),
    "linear_warmup": dict(lr_scheduler_type="linear", warmup_steps=2),
}


def trainer_for(rows, evaluation, settings):
    settings = {key: value for key, value in settings.items() if key != "data"}
    return SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32),
        args=arguments(SFTConfig, settings, train_sampling_strategy="sequential"),
        train_dataset=datasets.Dataset.from_list(rows), eval_dataset=datasets.Dataset.from_list(evaluation),
        processing_class=AutoTokenizer.from_pretrained(MODEL))


def main():
    start()
    pairs, others = read_pairs(), choose_others(3)
    data = {"demonstrations": [{"prompt": p["prompt"], "completion": p["chosen"]} for p in pairs],
            "texts": [{"text": p["prompt"] + p["chosen"]} for p in pairs]}
    evaluation = {"demonstrations": [{"prompt": p["prompt"], "completion": p["chosen"]} for p in others],
                  "texts": [{"text": p["prompt"] + p["chosen"]} for p in others]}
    FIXTURE.mkdir(exist_ok=True)
    for name in data:
        write_rows(FIXTURE / f"{name}.jsonl", data[name])
        write_rows(FIXTURE / f"{name}_evaluation.jsonl", evaluation[name])
    cases = []
    for name, changes in CASES.items():
        settings = {"data": "demonstrations", **COMMON, **changes}
        trainer = trainer_for(data[settings["data"]], evaluation[settings["data"]], settings)
        cases.append({"name": name, "settings": settings, **train(trainer, name)})
    tokens = {name: [{key: row[key] for key in ("input_ids", "labels")}
                     for row in trainer_for(rows, rows, COMMON).train_dataset] for name, rows in data.items()}
    write_expected(FIXTURE, 100_000, versions=PINNED, common=COMMON, cases=cases, demonstrations=tokens["demonstrations"],
                   texts=tokens["texts"])


if __name__ == "__main__":
    main()
