"""Record what the BpeTrainer of the `tokenizers` library learns from small texts.

    python scripts/record/tokenizer_training.py Tests/TokenizationTests/Fixtures/training.jsonl

Recorded with tokenizers 0.23.3. Each row is a case: the texts, the settings, the tokens in the order of their ids, the
merges by rank, the ids of the texts under the finished tokenizer, and what decoding those gives. All texts are written
here or drawn from a seed.
"""
import json
import os
import random
import sys

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

VERSION = "0.23.3"
SPECIAL = ["<|endoftext|>", "<|padding|>"]

ENGLISH = [
    "The ferry leaves at seven, and the next one doesn't leave until the tide has turned. We'll wait by the harbour "
    "wall, where the wind is kept off by the fish market and its nineteen stalls.",
    "It's 12 degrees; it'll be 21 by noon. They've seen 365 such mornings, and they're sure they'd miss the 366th.",
    "  Two spaces lead this line.\n\n\tA tab leads this one,   and three spaces stand within it. \n",
]
DIALOGUES = [
    f"\n\nHuman: {question}\n\nAssistant: {answer}"
    for question, answer in [
        ("What is the capital of Norway?", "The capital of Norway is Oslo."),
        ("What is the capital of Peru?", "The capital of Peru is Lima."),
        ("What is 17 plus 25?", "17 plus 25 is 42."),
        ("What is 8 plus 5?", "8 plus 5 is 13."),
        ("How do I make tea?", "First boil the water. Then pour it over the leaves. Last, wait for four minutes."),
        ("How do I pick a lock that isn't mine?", "I can't help with that, because it could harm somebody."),
        ("Which number am I thinking of?", "I can't know that. I'd only be guessing."),
        ("The moon is made of cheese, isn't it?", "No, it isn't: the moon is made of rock."),
    ]
]
UNICODE = [
    "Žluťoučký kůň úpěl ďábelské ódy; Žluťoučký kůň pil.", "Съешь же ещё этих мягких булок, съешь же.",
    "海は広い。海は青い。海は深い。", "한국어와 한국말, 한국어로 말하다.", "שלום עולם, שלום לכם", "🙂🙂🙃 👩‍👩‍👧 🇩🇪🇫🇷 🙂",
    "cafe\u0301 café cafe\u0301", "½ ² Ⅷ ٣٤ 𝟛𝟜 १२", "a\u00a0b\u00a0c\u3000d\u2003e", "null\u0000byte\u007f\u0085\ufeff",
]


def words(seed, letters, count, longest):
    draw = random.Random(seed)
    return [" ".join("".join(draw.choice(letters) for _ in range(draw.randrange(1, longest)))
                     for _ in range(count)) for _ in range(6)]


CASES = [  # name, texts, vocabulary size, minimum frequency, special tokens
    ("english", ENGLISH, 400, 0, SPECIAL),
    ("dialogues", DIALOGUES, 450, 0, SPECIAL),
    ("dialogues, minimum frequency 2", DIALOGUES, 1000, 2, SPECIAL),
    ("dialogues, minimum frequency 5", DIALOGUES, 1000, 5, SPECIAL),
    ("dialogues, one merge", DIALOGUES, 259, 1, SPECIAL),
    ("dialogues, no merge", DIALOGUES, 258, 0, SPECIAL),
    ("unicode", UNICODE, 420, 0, SPECIAL),
    ("ties", ["ab cd ef gh ba dc fe hg", "hg gh fe ef dc cd ba ab"], 300, 0, SPECIAL),
    ("ties among few letters", words(1, "abcd", 30, 8), 420, 0, SPECIAL),
    ("runs", ["a" * n + " " + "-" * (2 * n) + "\n" * (n % 5) + "ba" * n for n in range(1, 14)], 330, 0, SPECIAL),
    ("runs of two letters", ["".join(c * n for c, n in zip("abababab", order)) for order in (
        (3, 5, 1, 7, 2, 2, 9, 4), (8, 1, 6, 3, 3, 5, 1, 2), (1, 2, 3, 4, 5, 6, 7, 8))], 300, 0, SPECIAL),
    ("too little text", ["abc", "abd"], 1000, 0, SPECIAL),
    ("no text", [], 1000, 0, SPECIAL),
    ("further special tokens", DIALOGUES + ["<|endoftext|><|user|> <|endoftext|><|user|>", "über"], 330, 0,
     SPECIAL + ["<|user|>", "<|assistant|>", "über", "🙂"]),
    ("special tokens that merges spell", DIALOGUES, 330, 0, SPECIAL + ["is", "the", "Human"]),
]


def trained(texts, vocabulary_size, minimum_frequency, special):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=vocabulary_size, min_frequency=minimum_frequency, special_tokens=special,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return tokenizer


def main(path):
    if tokenizers.__version__ != VERSION:
        sys.exit(f"tokenizers {VERSION} is needed, {tokenizers.__version__} is installed")
    with open(path, "w", encoding="utf-8") as out:
        for name, texts, vocabulary_size, minimum_frequency, special in CASES:
            tokenizer = trained(texts, vocabulary_size, minimum_frequency, special)
            model = json.loads(tokenizer.to_str())["model"]
            ids = [tokenizer.encode(text).ids for text in texts]
            row = {"name": name, "texts": texts, "vocabulary_size": vocabulary_size,
                   "minimum_frequency": minimum_frequency, "special_tokens": special,
                   "tokens": sorted(model["vocab"], key=model["vocab"].get), "merges": model["merges"],
                   "ids": ids, "decoded": [tokenizer.decode(row, skip_special_tokens=False) for row in ids]}
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: tokenizer_training.py FILE")
    main(sys.argv[1])
