"""Make what the benchmark runs on: untrained checkpoints in published shapes, and preference pairs.

    python bench/make_models.py FOLDER         # writes FOLDER/{nano,smol135}{,-classifier}/ and FOLDER/pairs.jsonl

nano     6.8 M parameters: 6 layers of width 256, vocabulary 8,192
smol135  134.5 M parameters, the shape of SmolLM2-135M: 30 layers of width 576, vocabulary 49,152

Weights are random (seed 0), because speed, memory and agreement do not depend on training. Pairs are the human
preferences in $ATTUNE_DATA/hh-harmless-test.jsonl.gz or, when that variable is not set, those of the demo;
rows that no trainer uses (identical sides, prompts of 512 tokens or more) are left out.
"""
import gzip
import json
import os
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification, PreTrainedTokenizerFast

MAX_LENGTH = 512
SHAPES = {
    "nano": dict(vocab_size=8192, hidden_size=256, intermediate_size=768, num_hidden_layers=6, num_attention_heads=8,
                 num_key_value_heads=4),
    "smol135": dict(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30, num_attention_heads=9,
                    num_key_value_heads=3),
}


def human_preferences(path):
    """HH dialogues, cut behind the last 'Assistant:', where both sides have the same dialogue so far."""
    marker = "\n\nAssistant:"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            (prompt, _, chosen), (other, _, rejected) = (row[side].rpartition(marker) for side in ("chosen", "rejected"))
            if prompt == other and chosen.strip() and rejected.strip():
                yield {"prompt": prompt + marker, "chosen": chosen, "rejected": rejected}


def load_pairs():
    folder = os.environ.get("ATTUNE_DATA")
    if folder:
        source = Path(folder) / "hh-harmless-test.jsonl.gz"
        return source, list(human_preferences(source))
    source = Path(__file__).resolve().parents[1] / "Demo" / "pairs.jsonl"
    return source, [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]


def train_tokenizer(pairs):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    texts = (text for pair in pairs for text in (pair["prompt"] + pair["chosen"], pair["rejected"]))
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=SHAPES["nano"]["vocab_size"], special_tokens=["<|endoftext|>", "<|pad|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<|endoftext|>", eos_token="<|endoftext|>",
                                   pad_token="<|pad|>")


def main(folder):
    source, pairs = load_pairs()
    tokenizer = train_tokenizer(pairs)
    usable = [pair for pair in pairs
              if pair["chosen"] != pair["rejected"] and len(tokenizer(pair["prompt"])["input_ids"]) < MAX_LENGTH]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pairs.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in usable), encoding="utf-8")
    print(f"{len(usable)} of {len(pairs)} pairs of {source}", file=sys.stderr)
    for name, shape in SHAPES.items():
        torch.manual_seed(0)
        model = LlamaForCausalLM(LlamaConfig(tie_word_embeddings=True, bos_token_id=0, eos_token_id=0, pad_token_id=1,
                                             max_position_embeddings=2048, **shape))
        model.save_pretrained(folder / name)
        tokenizer.save_pretrained(folder / name)
        # One head for both sides of the comparison.
        classifier = LlamaForSequenceClassification.from_pretrained(folder / name, num_labels=1)
        classifier.save_pretrained(folder / f"{name}-classifier")
        tokenizer.save_pretrained(folder / f"{name}-classifier")
        print(f"{name}: {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
