"""Check that transformers opens a model directory that Attune wrote, as it is.

    python scripts/check/opens_in_transformers.py DIR
    python scripts/check/opens_in_transformers.py DIR --data PAIRS --scores SCORES

Loads the directory with AutoTokenizer and with AutoModelForCausalLM or, where config.json names a sequence classifier,
AutoModelForSequenceClassification, without a network, encodes a sentence, scores it, and prints what was seen. Ends with status 1
where a weight was missing, left over or of another format than config.json says, or where a score is not a finite number.

With a classifier, PAIRS are rows with prompt, chosen and rejected, and SCORES what `attune score --reward-model DIR` made of them:
transformers then scores the same texts, each alone, and in batches with padding where the model has a padding token; status 1 where
the two differ by more than 1e-4. The head of an ensemble is the mean of its members, and so is Attune's score.

Needs torch and transformers (tried with torch 2.13.0, transformers 5.23.0).
"""
import argparse
import json
import os
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer

SENTENCE = "The quick brown fox jumps over the lazy dog."
TOLERANCE = 1e-4


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--data")
    parser.add_argument("--scores")
    arguments = parser.parse_args()
    directory = arguments.directory
    classifies = "SequenceClassification" in AutoConfig.from_pretrained(directory).architectures[0]
    if arguments.data and not classifies:
        sys.exit(f"{directory}: is no classifier, so there are no scores to compare")

    kind = AutoModelForSequenceClassification if classifies else AutoModelForCausalLM
    model, report = kind.from_pretrained(directory, output_loading_info=True)
    problems = {kind: sorted(map(str, names)) for kind, names in report.items() if names}
    if problems:
        sys.exit(f"{directory}: transformers reports {problems}")
    if model.dtype != torch.float32:
        sys.exit(f"{directory}: transformers reads the weights as {model.dtype}, not as float32")

    tokenizer = AutoTokenizer.from_pretrained(directory)
    ids = tokenizer(SENTENCE, return_tensors="pt").input_ids
    if ids.numel() < 2 or ids.max() >= model.config.vocab_size:
        sys.exit(f"{directory}: the tokenizer's ids {ids.tolist()} do not fit a vocabulary of {model.config.vocab_size}")
    count = sum(parameter.numel() for parameter in model.parameters())
    measure = "score" if classifies else "log probability"
    value = score(model, ids) if classifies else log_probability(model, ids)
    if not torch.isfinite(torch.tensor(value)):
        sys.exit(f"{directory}: the {measure} is {value}")
    print(f"{directory}: a {type(model).__name__} of {count} weights; {ids.numel()} tokens "
          f"'{tokenizer.decode(ids[0])}' have {measure} {value:.4f}")
    if arguments.data:
        compare(model, tokenizer, directory, arguments.data, arguments.scores)


def log_probability(model, ids):
    with torch.no_grad():
        logs = torch.log_softmax(model(ids).logits[0, :-1].double(), dim=-1)
    return logs.gather(1, ids[0, 1:, None]).sum().item()


def score(model, ids):
    if model.config.num_labels != 1:
        sys.exit(f"transformers takes the classifier to have {model.config.num_labels} labels")
    with torch.no_grad():
        return model(ids).logits.item()


def compare(model, tokenizer, directory, data, scores):
    texts, expected = [], []
    for row, result in zip(read(data), read(scores), strict=True):
        for side in ("chosen", "rejected"):
            if result[f"{side}_score"] is not None:
                texts.append(row["prompt"] + row[side] + tokenizer.eos_token)
                expected.append(result[f"{side}_score"])
    rows = [tokenizer(text).input_ids for text in texts]
    alone = [score(model, torch.tensor([ids])) for ids in rows]
    check(directory, "each alone", alone, expected)
    pad = model.config.pad_token_id
    if pad is None:
        print(f"{directory}: no padding token, so no batches")
        return
    together = []
    for start in range(0, len(rows), 8):
        part = rows[start:start + 8]
        width = max(map(len, part))
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in part])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in part])
        with torch.no_grad():
            together += model(ids, attention_mask=mask).logits[:, 0].tolist()
    check(directory, "in padded batches", together, expected)


def check(directory, how, seen, expected):
    worst = max(abs(a - b) for a, b in zip(seen, expected, strict=True))
    print(f"{directory}: {len(seen)} completions {how}: scores differ from Attune's by at most {worst:.1e}")
    if not worst <= TOLERANCE:
        sys.exit(1)


def read(path):
    with open(path) as file:
        return [json.loads(line) for line in file if line.strip()]


if __name__ == "__main__":
    main()
