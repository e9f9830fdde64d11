"""Record what TRL's RewardTrainer logs for tiny real runs, and what the models score before and after.

    python scripts/record/reward.py         # rewrites Tests/TrainersTests/Fixtures/reward/

Needs Python 3.11 or later with exactly these packages (the versions are written into the fixture), and the DPO fixture:

    torch==2.13.0 trl==1.16.0 transformers==5.23.0 tokenizers==0.23.3 datasets accelerate

The directory holds one-label sequence classifiers of three families (`llama/`, `gpt2/`, `qwen2/`) with random weights, the head
included, so that every run starts alike; their tokenizer is that of the DPO fixture, whose padding token is no end-of-sequence
token. `pairs.jsonl` has the DPO fixture's pairs with a margin each, `evaluation.jsonl` three others. `expected.json` has for every
case the settings that it ran with, each step's log, the evaluation after the last step, and the scores of eight rows by the trained
model; and the scores of the same rows by the untrained models, each row alone, unpadded, in float32.

The case `pad_is_eos` is a trap and not an example: its tokenizer pads with the end-of-sequence token. Transformers reads a score at
the rightmost token that is not the padding token, so there at the last token *before* the end, padded or not, and the embedding of
that token gets no gradient in Llama, where `padding_idx` is set. `scores_at` says for each row where each reading is.
"""
import shutil

import datasets
import torch
from trainer_runs import COMMON, FIXTURES, MODEL, PINNED, arguments, choose_others, read_pairs, start, train, write_expected, write_rows
from transformers import AutoModelForSequenceClassification, AutoTokenizer, GPT2Config, LlamaConfig, Qwen2Config
from trl import RewardConfig, RewardTrainer

FIXTURE = FIXTURES / "reward"
IDS = dict(vocab_size=512, num_labels=1, bos_token_id=0, eos_token_id=0, pad_token_id=1)
LLAMA = dict(hidden_size=32, intermediate_size=48, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=256, **IDS)
FAMILIES = {
    "llama": LlamaConfig(**LLAMA),
    "gpt2": GPT2Config(n_embd=24, n_layer=2, n_head=3, n_positions=192, **IDS),
    "qwen2": Qwen2Config(**{**LLAMA, "hidden_size": 24, "num_attention_heads": 3, "num_key_value_heads": 1}),
}
REWARD = {**COMMON, "center_rewards_coefficient": None}
CASES = {
    "plain": {},
    "margin": dict(has_margin=True),
    "centered": dict(center_rewards_coefficient=0.01),
    "margin_centered": dict(has_margin=True, center_rewards_coefficient=0.5),
    "accumulation": dict(batch_size=2, gradient_accumulation_steps=2),
    "filtered": dict(max_length=100),
    "weight_decay": dict(weight_decay=20.0),
    "gpt2": dict(family="gpt2"),
    "qwen2": dict(family="qwen2"),
    "pad_is_eos": dict(pad_token="<|endoftext|>"),
}
MARGINS = [0.0, 0.5, 1.0, 2.0, 0.25, 3.0, 0.0, 1.5]


def make_model(family):
    """Wide enough weights for attention to matter, and a head that is far from 0."""
    model = AutoModelForSequenceClassification.from_config(FAMILIES[family], dtype=torch.float32)
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = name.endswith("norm.weight") or ".ln_" in name and name.endswith("weight")
            parameter.copy_(1 + 0.1 * noise if is_norm else 0.2 * noise)
    shutil.rmtree(FIXTURE / family, ignore_errors=True)
    model.save_pretrained(FIXTURE / family)
    for file in ("tokenizer.json", "tokenizer_config.json"):
        if family == "llama":
            shutil.copy(MODEL / file, FIXTURE / family / file)


def load(family):
    return AutoModelForSequenceClassification.from_pretrained(FIXTURE / family, dtype=torch.float32)


def trainer_for(rows, evaluation, family="llama", has_margin=False, **settings):
    def columns(rows):
        return datasets.Dataset.from_list([{key: row[key] for key in row if has_margin or key != "margin"} for row in rows])

    return RewardTrainer(
        model=load(family), args=arguments(RewardConfig, settings, train_sampling_strategy="sequential"),
        train_dataset=columns(rows), eval_dataset=columns(evaluation), processing_class=AutoTokenizer.from_pretrained(MODEL))


def score(model, rows):
    model.eval()
    with torch.no_grad():
        return [model(input_ids=torch.tensor([ids])).logits.item() for ids in rows]


def score_at(ids, pad):
    """The position that transformers reads: the last that is not padding."""
    return max(position for position, token in enumerate(ids) if token != pad)


def main():
    start()
    shutil.rmtree(FIXTURE, ignore_errors=True)
    FIXTURE.mkdir()
    for family in FAMILIES:
        make_model(family)
    pairs = [{**pair, "margin": margin} for pair, margin in zip(read_pairs(), MARGINS, strict=True)]
    evaluation = [{**pair, "margin": 0.5} for pair in choose_others(3)]
    write_rows(FIXTURE / "pairs.jsonl", pairs)
    write_rows(FIXTURE / "evaluation.jsonl", evaluation)

    tokens = [{key: row[key] for key in ("chosen_ids", "rejected_ids")} for row in trainer_for(pairs, evaluation, **REWARD).train_dataset]
    # Long and short rows, the shortest of one token, and one that does not end in the end-of-sequence token.
    rows = [tokens[index][side] for index, side in ((0, "chosen_ids"), (1, "rejected_ids"), (3, "chosen_ids"), (4, "rejected_ids"),
                                                    (6, "chosen_ids"))] + [[7], [40, 41, 0], tokens[2]["chosen_ids"][:-1]]
    cases = []
    for name, changes in CASES.items():
        settings = {"family": "llama", "has_margin": False, **REWARD, **changes}
        trainer = trainer_for(pairs, evaluation, **settings)
        cases.append({"name": name, "settings": settings, **train(trainer, name), "scores": score(trainer.model, rows)})
    untrained = [{"family": family, "scores": score(load(family), rows)} for family in FAMILIES]
    with_eos = load("llama")
    with_eos.config.pad_token_id = 0
    rows = [{"ids": ids, "scores_at": {"pad_is_eos": score_at(ids, 0), "otherwise": score_at(ids, 1)}} for ids in rows]
    write_expected(FIXTURE, 420_000, versions=PINNED, common=REWARD, cases=cases, tokens=tokens, rows=rows, untrained=untrained,
                   untrained_pad_is_eos=score(with_eos, [row["ids"] for row in rows]))


if __name__ == "__main__":
    main()
