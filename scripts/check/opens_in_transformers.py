"""Check that transformers opens a model directory that Attune wrote, as it is.

    python scripts/check/opens_in_transformers.py DIR

Loads the directory with AutoModelForCausalLM and AutoTokenizer, without a network, encodes a sentence, scores it, and
prints what was seen. Ends with status 1 where a weight was missing, left over or of another format than config.json says,
or where a score is not a finite number. Needs torch and transformers (tried with torch 2.13.0, transformers 5.23.0).
"""
import os
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_FP16")

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

SENTENCE = "The quick brown fox jumps over the lazy dog."


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: opens_in_transformers.py DIR")
    directory = sys.argv[1]
    model, report = AutoModelForCausalLM.from_pretrained(directory, output_loading_info=True)
    problems = {kind: sorted(map(str, names)) for kind, names in report.items() if names}
    if problems:
        sys.exit(f"{directory}: transformers reports {problems}")
    if model.dtype != torch.float32:
        sys.exit(f"{directory}: transformers reads the weights as {model.dtype}, not as float32")

    tokenizer = AutoTokenizer.from_pretrained(directory)
    ids = tokenizer(SENTENCE, return_tensors="pt").input_ids
    if ids.numel() < 2 or ids.max() >= model.config.vocab_size:
        sys.exit(f"{directory}: the tokenizer's ids {ids.tolist()} do not fit a vocabulary of {model.config.vocab_size}")
    with torch.no_grad():
        logs = torch.log_softmax(model(ids).logits[0, :-1].double(), dim=-1)
    score = logs.gather(1, ids[0, 1:, None]).sum().item()
    if not torch.isfinite(logs).all():
        sys.exit(f"{directory}: log probabilities are not finite")

    count = sum(parameter.numel() for parameter in model.parameters())
    print(f"{directory}: a {type(model).__name__} of {count} weights; {ids.numel()} tokens "
          f"'{tokenizer.decode(ids[0])}' have log probability {score:.4f}")


if __name__ == "__main__":
    main()
