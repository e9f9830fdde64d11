"""Record the Unicode tables with which the `tokenizers` library cuts and normalizes text.

    python scripts/record/unicode_tables.py Sources/Tokenization/Unicode

Recorded with tokenizers 0.23.3, whose parts carry Unicode data of different ages: Oniguruma (the
regular expressions of Split and ByteLevel), Rust's standard library (Digits) and an old copy of
unicode-normalization (NFC, NFKC). So nothing here is taken from a Unicode release: every code
point is put through the library and what it does is written down. The one number that cannot be
seen from outside, the canonical combining class, comes from Python's unicodedata, for those code
points alone that the library does reorder; Unicode promises never to change it.
"""

import os
import sys
import unicodedata

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

VERSION = "0.23.3"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
HANGUL = range(0xAC00, 0xAC00 + 11172)
WIDTH = 96


def matching(pattern):
    """The code points that a one-character pattern of the regular expression engine matches."""
    cut = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    return [c for c in SCALARS if cut.pre_tokenize_str(chr(c))]


def digits():
    """The code points that the Digits pre-tokenizer isolates."""
    cut = pre_tokenizers.Digits(individual_digits=True)
    return [c for c in SCALARS if len(cut.pre_tokenize_str("a" + chr(c))) == 2]


def ranges(points):
    runs = []
    for c in points:
        if runs and runs[-1][1] == c - 1:
            runs[-1][1] = c
        else:
            runs.append([c, c])
    return [f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs]


def combining_classes():
    """Runs of code points with one combining class, as `class:first-last`.

    U+0345 is the only one of class 240, so exactly the lower classes move in front of it.
    """
    reorder = normalizers.NFD()
    classes = {0x345: 240}
    for c in SCALARS:
        if unicodedata.combining(chr(c)) and reorder.normalize_str("\u0345" + chr(c))[0] != "\u0345":
            classes[c] = unicodedata.combining(chr(c))
    runs = []
    for c in sorted(classes):
        if runs and runs[-1][1] == c - 1 and runs[-1][2] == classes[c]:
            runs[-1][1] = c
        else:
            runs.append([c, c, classes[c]])
    return [f"{k}:{a:X}" if a == b else f"{k}:{a:X}-{b:X}" for a, b, k in runs]


def canonical():
    """Canonical mappings without Hangul: `C0=41.300` also composes, `!340=300` only decomposes."""
    nfd, nfc = normalizers.NFD(), normalizers.NFC()
    entries = []
    for c in SCALARS:
        full = nfd.normalize_str(chr(c))
        if full == chr(c) or c in HANGUL:
            continue
        if nfc.normalize_str(chr(c)) == chr(c):
            first = nfc.normalize_str(full[:-1])
            assert len(first) == 1 and nfc.normalize_str(first + full[-1]) == chr(c), hex(c)
            entries.append(f"{c:X}={ord(first):X}.{ord(full[-1]):X}")
        else:
            entries.append(f"!{c:X}=" + ".".join(f"{ord(x):X}" for x in full))
    return entries


def compatibility():
    """Full compatibility decompositions where they differ from the canonical ones."""
    nfd, nfkd = normalizers.NFD(), normalizers.NFKD()
    return [f"{c:X}=" + ".".join(f"{ord(x):X}" for x in nfkd.normalize_str(chr(c)))
            for c in SCALARS if nfkd.normalize_str(chr(c)) != nfd.normalize_str(chr(c))]


def literal(name, comment, entries):
    lines, line = [], ""
    for entry in entries:
        if len(line) + 1 + len(entry) > WIDTH - 6:
            lines.append(line)
            line = ""
        line += (" " if line else "") + entry
    lines.append(line)
    body = "\n".join("    " + x for x in lines)
    return f'  /// {comment}\n  static let {name} = """\n{body}\n    """\n'


def write(folder, type_name, summary, tables):
    with open(os.path.join(folder, type_name + ".swift"), "w") as out:
        out.write(f"// Written by scripts/record/unicode_tables.py with tokenizers {VERSION}; "
                  "not edited by hand.\n\n")
        out.write(f"/// {summary}\nenum {type_name} {{\n" + "\n".join(tables) + "}\n")


def main(folder):
    if tokenizers.__version__ != VERSION:
        sys.exit(f"tokenizers {VERSION} is needed, {tokenizers.__version__} is installed")
    write(folder, "RecordedCharacterClasses",
          "Code point ranges, in hexadecimal, that `tokenizers` treats alike.", [
              literal("letters", r"`\p{L}` of its regular expressions.", ranges(matching(r"\p{L}"))),
              literal("numbers", r"`\p{N}` of its regular expressions.", ranges(matching(r"\p{N}"))),
              literal("spaces", r"`\s` of its regular expressions.", ranges(matching(r"\s"))),
              literal("digits", "What its Digits pre-tokenizer isolates.", ranges(digits())),
          ])
    write(folder, "RecordedDecompositions",
          "How `tokenizers` decomposes and composes code points, in hexadecimal.", [
              literal("combiningClasses", "`class:first-last`; all others have class 0.",
                      combining_classes()),
              literal("canonical", "`C0=41.300` decomposes and composes; `!340=300` only decomposes.",
                      canonical()),
              literal("compatibility", "Full compatibility decompositions that differ from the "
                      "canonical ones.", compatibility()),
          ])


if __name__ == "__main__":
    main(sys.argv[1])
