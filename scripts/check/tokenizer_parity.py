"""Compare `attune tokenizer encode` with the `tokenizers` library, id by id, and in speed.

    python scripts/check/tokenizer_parity.py WORK [--data DIR] [--attune .build/release/attune]

Trains a tokenizer in every style of scripts/record/tokenizer_fixtures.py on the texts of DIR (.jsonl,
.jsonl.gz and .json files, every string in them), and encodes those texts and a large fuzz corpus
with both. Prints one line a style and corpus, and exits 1 at the first difference. WORK receives the
tokenizers and corpora (`text.jsonl`, `fuzz.jsonl`) and may be thrown away.
"""

import argparse
import glob
import gzip
import json
import os
import subprocess
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "record"))

from tokenizer_fixtures import PROSE, STYLES, TEXTS, fuzz, train  # noqa: E402


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
               "fuzz": TEXTS + fuzz(options.seed, options.fuzz, assigned=not options.unassigned)}
    for name, corpus in corpora.items():
        write(os.path.join(options.work, name + ".jsonl"), corpus)
    failed = False
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
