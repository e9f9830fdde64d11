"""Record what the BCOTrainer of TRL 1.13.0, the last that had one, logs for tiny real runs.

    python scripts/record/bco.py         # rewrites Tests/TrainersTests/Fixtures/kto/bco.json

Needs what `kto.py` needs, whose rows it takes, but with `trl==1.13.0`; an unpacked wheel of it on PYTHONPATH, before the version
that the other scripts need, will do.

The rows are those of `unpaired.jsonl`, the settings those of `kto.py` without the class weights, and there is no weighting by
density ratio. `delta` is the mean of the implicit rewards of all rows so far, taken once a per-device batch, its own included.
The trainer would put a beginning-of-sequence token in front of every prompt if the tokenizer had one, so it is taken from it.
"""
import datasets
import torch
from kto import FIXTURE, make_rows
from trainer_runs import COMMON, MODEL, PINNED, arguments, start, train, write_expected
from transformers import AutoModelForCausalLM, AutoTokenizer
from trl.experimental.bco import BCOConfig, BCOTrainer

VERSIONS = PINNED | {"trl": "1.13.0"}
BCO = {**COMMON, "beta": 0.1}
CASES = {"bco": {}, "bco_beta": dict(beta=0.5, learning_rate=1e-3), "bco_accumulation": dict(batch_size=2, gradient_accumulation_steps=2)}


def trainer_for(rows, settings):
    tokenizer = AutoTokenizer.from_pretrained(MODEL)
    tokenizer.bos_token = None
    return BCOTrainer(
        model=AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32),
        ref_model=AutoModelForCausalLM.from_pretrained(MODEL, dtype=torch.float32),
        args=arguments(BCOConfig, settings, remove_unused_columns=False), train_dataset=datasets.Dataset.from_list(rows),
        processing_class=tokenizer)


def main():
    start(VERSIONS)
    rows = make_rows()
    cases = []
    for name, changes in CASES.items():
        settings = {**BCO, **changes}
        cases.append({"name": name, "settings": settings, **train(trainer_for(rows, settings), name, evaluates=False)})
    tokens = [{"completion_input_ids": row["completion_input_ids"], "prompt_length": len(row["prompt_input_ids"])}
              for row in trainer_for(rows, BCO).train_dataset]
    write_expected(FIXTURE, 120_000, "bco.json", versions=VERSIONS, common=BCO, cases=cases, tokens=tokens)


if __name__ == "__main__":
    main()
