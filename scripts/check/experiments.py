"""Check that every experiment runs in its quick size, and goes on where it was killed; in minutes, from nothing.

    python3 scripts/check/experiments.py [--attune PROGRAM] [--folder FOLDER] [--threads N]

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import csv
import os
import signal
import subprocess
import time
import xml.etree.ElementTree

from bench import check, main
from quickstart import page_is_whole

PICTURES = {"frontier": 1, "overoptimization": 4, "ensembles": 2, "noise": 2, "compare": 1, "constitution": 2}


def quick(name):
    def part(b):
        folder = b.folder / name
        result = b.run("experiment", name, "--quick", "--out", folder)
        rows = list(csv.DictReader(open(folder / "results.csv", encoding="utf-8", newline="")))
        pictures = sorted(folder.glob("*.svg"))
        for picture in pictures:
            xml.etree.ElementTree.parse(picture)
        whole = page_is_whole(folder / "report.html") and len(pictures) == PICTURES[name] and result["findings"]
        check(rows and whole, f"{name}: {len(rows)} rows, {len(pictures)} pictures and a page, in {b.seconds:.0f} s")
    return part


def killed(b):
    """An experiment that was killed goes on with the part that was interrupted, and ends as if it had not been."""
    folder = b.folder / "killed"
    command = [b.program, "experiment", "noise", "--quick", "--out", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": str(b.threads)})
    log = folder / "measurements.jsonl"
    deadline = time.monotonic() + 120
    # The heading and two parts.
    while (not log.exists() or len(log.read_text().splitlines()) < 3) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = len(log.read_text().splitlines()) - 1
    check(process.returncode == -signal.SIGKILL and done < 5, f"noise was killed after {done} of 5 parts")
    check(not (folder / "report.html").exists(), "there is no page of an experiment that is not done")
    b.run("experiment", "noise", "--quick", "--out", folder)
    check((folder / "results.csv").read_bytes() == (b.folder / "noise" / "results.csv").read_bytes(), "it goes on, and measures the same")
    b.run("experiment", "noise", "--quick", "--out", folder)
    check(b.seconds < 5, "repeated, it measures nothing")


if __name__ == "__main__":
    main(__doc__, "check-experiments", [quick(name) for name in PICTURES] + [killed])
