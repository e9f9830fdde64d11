"""Compare `attune tokenizer encode` with the `tokenizers` library, id by id, and in speed.

    python scripts/check/tokenizer_parity.py WORK [--data DIR] [--attune .build/release/attune]

Trains a tokenizer in every style of scripts/record/tokenizer_fixtures.py on the texts of DIR (.jsonl,
.jsonl.gz and .json files, every string in them), and encodes with both: those texts; a large fuzz
corpus; and every code point among letters, digits and apostrophes. Prints a line for each, and exits
with 1 if any id differed. WORK receives the tokenizers and corpora and may be thrown away.

Code points are those that Python's unicodedata assigns (14.0 in Python 3.11), so that all sides know
them; --unassigned takes the others too, on which lower case and `single_word` may differ: these alone
follow the Unicode version of Swift's library here, and that of Rust's there.
"""

import argparse
import glob
import gzip
import json
import os
import subprocess
import sys
import time
import unicodedata

os.environ["TOKENIZERS_PARALLELISM"] = "false"
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "record"))

from tokenizers import Regex, pre_tokenizers  # noqa: E402

from tokenizer_fixtures import CL100K, LLAMA3, PROSE, STYLES, TEXTS, fuzz, train  # noqa: E402

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
# Spellings of one expression: the reader takes them for the same.
SPELLINGS = [
    [GPT2, GPT2.replace("'s|'t|'re|'ve|'m|'ll|'d", "'(?:[sdmt]|ll|ve|re)")],
    [LLAMA3, CL100K, CL100K.replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'(?i:[sdmt]|ll|ve|re)")],
]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for v in value.values():
            yield from strings(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)


def texts_of(folder):
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.json*"), recursive=True)):
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
            rows = [json.load(file)] if path.endswith(".json") else map(json.loads, file)
            for row in rows:
                yield from strings(row)


def scalars(assigned):
    """Every code point, 32 to a text, beside words, digits and apostrophes."""
    points = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
    if assigned:
        points = [c for c in points if unicodedata.category(c) != "Cn"]
    return ["".join(f"{c}word{c} '{c}\u0301x1{c}{c} {c}" for c in points[i:i + 32])
            for i in range(0, len(points), 32)]


def spellings_agree(texts):
    """Whether the library cuts alike with all spellings of an expression."""
    for first, *others in SPELLINGS:
        cuts = [pre_tokenizers.Split(Regex(p), "isolated") for p in [first, *others]]
        for text in texts:
            pieces = [cut.pre_tokenize_str(text) for cut in cuts]
            if any(p != pieces[0] for p in pieces):
                print("spellings differ on", ascii(text))
                return False
    return True


def write(path, texts):
    with open(path, "w") as out:
        out.writelines(json.dumps({"text": text}) + "\n" for text in texts)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("work")
    arguments.add_argument("--data")
    arguments.add_argument("--attune", default=".build/release/attune")
    arguments.add_argument("--fuzz", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--vocabulary", type=int, default=32_000)
    arguments.add_argument("--unassigned", action="store_true", help="draw unassigned code points too")
    options = arguments.parse_args()
    os.makedirs(options.work, exist_ok=True)
    texts = list(texts_of(options.data)) if options.data else TEXTS + PROSE.split("\n")
    corpora = {"text": texts,
               "fuzz": TEXTS + fuzz(options.seed, options.fuzz, assigned=not options.unassigned),
               "scalars": scalars(assigned=not options.unassigned)}
    for name, corpus in corpora.items():
        write(os.path.join(options.work, name + ".jsonl"), corpus)
    failed = not spellings_agree(corpora["fuzz"][:20_000])
    for style in STYLES:
        model = os.path.join(options.work, style)
        os.makedirs(model, exist_ok=True)
        tokenizer, file = train(style, texts + [PROSE] * 3, options.vocabulary)
        with open(os.path.join(model, "tokenizer.json"), "w", encoding="utf-8") as out:
            out.write(file)
        for name, corpus in corpora.items():
            data = os.path.join(options.work, name + ".jsonl")
            process = subprocess.run(
                options.attune.split() + ["tokenizer", "encode", "--model", model, "--data", data, "--field", "text"],
                capture_output=True, text=True)
            if process.returncode:
                sys.exit(process.stderr)
            ours = process.stdout.splitlines()
            start = time.perf_counter()
            theirs = [tokenizer.encode(text).ids for text in corpus]
            seconds = time.perf_counter() - start
            wrong = [i for i, ids in enumerate(theirs) if i >= len(ours) or json.loads(ours[i]) != ids]
            tokens, size = sum(map(len, theirs)), sum(len(t.encode()) for t in corpus)
            print(f"{style:10} {name}: {len(corpus)} texts, {size / 1e6:.1f} MB, {tokens} tokens, "
                  f"{len(wrong)} differ; tokenizers took {seconds:.2f} s", flush=True)
            for i in wrong[:3]:
                print("  text", ascii(corpus[i])[:300], "\n  theirs", theirs[i][:60], "\n  ours  ", ours[i][:300])
            failed = failed or bool(wrong)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
