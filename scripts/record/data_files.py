"""Record how Python's csv and json modules read small awkward files.

    python scripts/record/data_files.py            # Python 3.11 or later, standard library; writes two fixtures
"""
import csv
import io
import json
import os
import random

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
FIXTURES = os.path.join(ROOT, "Tests", "PreferenceDataTests", "Fixtures")


def tables(count, seed=20261121):
    """Tables of random cells, as csv writes them with either line end and either quoting."""
    draw = random.Random(seed)
    alphabet = ["a", "b", " ", ",", '"', "\n", "\r\n", "\t", "\u00e9", "\u0301", "\u2028", "\u0085", "\U0001f600", ";"]
    for _ in range(count):
        width = draw.randrange(2, 4)
        rows = [["".join(draw.choices(alphabet, k=draw.randrange(5))) for _ in range(width)]
                for _ in range(draw.randrange(1, 5))]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=draw.choice(["\n", "\r\n"]),
                            quoting=draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        writer.writerow(["first", "second", "third"][:width])
        writer.writerows(rows)
        text = out.getvalue()
        if draw.random() < 0.5:
            text = text.rstrip("\r\n") if text.endswith('"\r\n') or text.endswith('"\n') else text
        read = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
        assert read == rows, (text, read, rows)
        yield {"text": text, "rows": rows}


VALUES = [
    '{"a": 1}', '[]', '{}', '""', '"\\u00e9"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\/\\b\\f\\n\\r\\t\\\\\\""', '0', '-0', '-0.0',
    '1e5', '1E+5', '1e-5', '0.1', '123456789012345678901234567890', '1.7976931348623157e308', '5e-324', 'true', 'false',
    'null', ' [ 1 , 2 ] ', '[[[]]]', '{"a": {"b": [null, true]}}', '"\u2028"', '"\U0001f600"', '"\x7f"', '{"": ""}',
    '', ' ', '01', '1.', '.5', '+1', '1e', '1e+', '-', '--1', '0x10', '[1,]', '[,1]', '[1 2]', '[', ']', '{', '{"a"}', '{"a":}',
    '{"a":1,}', "{'a': 1}", '{a: 1}', '"', '"\\', '"\\x"', '"\\u12"', '"\\u12G4"', '"\n"', '"\t"', '"\x00"', 'tru', 'truee', 'nul',
    'True', 'None', '1 1', '{} {}', '[1]]', '"a" "b"', '/* */ 1', '\u00a01',
]


def verdicts():
    for text in VALUES:
        try:
            yield {"text": text, "value": json.dumps(json.loads(text), ensure_ascii=False)}
        except json.JSONDecodeError:
            yield {"text": text, "value": None}


def write(name, cases):
    with open(os.path.join(FIXTURES, name), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")


if __name__ == "__main__":
    write("csv-tables.json", tables(150))
    write("json-values.json", verdicts())
