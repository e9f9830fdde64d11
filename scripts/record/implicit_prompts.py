"""Record where TRL cuts the prompt out of implicit preference pairs.

    python scripts/record/implicit_prompts.py      # trl==1.16.0; writes the fixture of PreferenceDataTests

Left out are the two cases in which extract_prompt goes astray: an empty side, where it raises, and a first difference
at the first character of a `chosen` that ends in a space, where its index wraps around.
"""
import json
import os
import random

import trl
from trl.data_utils import extract_prompt

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FIXTURE = os.path.join(ROOT, "Tests", "PreferenceDataTests", "Fixtures", "implicit-prompts.json")

BY_HAND = [
    ("What is red? A rose.", "What is red? A brick."),
    ("What is red? A rose.", "What is red? Blood."),
    ("one two", "one  two"),
    ("one two", "one two three"),
    ("one two ", "one two  three"),
    ("same", "same"),
    ("a", "a"),
    ("a", "ab"),
    ("x", "y"),
    ("caf\u00e9", "caf\u00e8"),
    ("cafe\u0301", "cafe\u0300"),
    ("caf\u00e9", "cafe\u0301"),
    ("\U0001f600 a", "\U0001f601 a"),
    ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f467"),
    ("tab\tone", "tab\ttwo"),
    ("zero\u0000one", "zero\u0000two"),
    ("  a", "  b"),
]


def usable(chosen, rejected):
    return chosen and rejected and (chosen[0] == rejected[0] or not chosen.endswith(" "))


def drawn(count, seed=20261121):
    draw = random.Random(seed)
    while count:
        prefix, chosen, rejected = ("".join(draw.choices("ab  \u00e9\u00e8\u4e2d\U0001f600", k=draw.randrange(5)))
                                    for _ in range(3))
        if usable(prefix + chosen, prefix + rejected):
            count -= 1
            yield prefix + chosen, prefix + rejected


def conversations():
    user, other = {"role": "user", "content": "Hi"}, {"role": "user", "content": "Hello"}
    good, bad = {"role": "assistant", "content": "Good"}, {"role": "assistant", "content": "Bad"}
    yield [user, good], [user, bad]
    yield [user, good, other, good], [user, good, other, bad]
    yield [user, good, other], [user, bad]
    yield [user, good], [user, good]
    yield [user, good], [user, good, other, bad]


def main():
    assert trl.__version__ == "1.16.0", trl.__version__
    pairs = [*BY_HAND, *drawn(200), *conversations()]
    cases = [{"chosen": c, "rejected": r, "split": extract_prompt({"chosen": c, "rejected": r})} for c, r in pairs]
    with open(FIXTURE, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    main()
