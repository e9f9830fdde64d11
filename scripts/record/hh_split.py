"""Count what splitting Anthropic's HH transcripts at their last turn leaves, for RealDataTests.

    python scripts/record/hh_split.py hh-harmless-test.jsonl.gz
"""
import gzip
import json
import sys

ANSWER = "\n\nAssistant:"


def split(text):
    cut = text.rindex(ANSWER) + len(ANSWER)
    return text[:cut], text[cut:]


counts = dict(usable=0, promptsDiffer=0, emptyCompletion=0, identicalSides=0)
sizes = dict(prompt=0, chosen=0, rejected=0)
with gzip.open(sys.argv[1], "rt") as lines:
    for line in lines:
        row = json.loads(line)
        (prompt, chosen), (other, rejected) = split(row["chosen"]), split(row["rejected"])
        if prompt != other:
            counts["promptsDiffer"] += 1
        elif not chosen.strip() or not rejected.strip():
            counts["emptyCompletion"] += 1
        elif chosen == rejected:
            counts["identicalSides"] += 1
        else:
            counts["usable"] += 1
            for name, text in dict(prompt=prompt, chosen=chosen, rejected=rejected).items():
                sizes[name] += len(text.encode())
print(counts, "bytes of the usable pairs:", sizes)
