"""Check that `attune quickstart` does what it should, from nothing.

    python3 scripts/check/quickstart.py [--quick] [--attune PROGRAM] [--folder FOLDER] [--threads N]

On three seeds, each in less than five minutes: fine-tuning, DPO and PPO each raise the gold score, by intervals that do not reach 0.
With --quick, on one seed and with less of everything: it takes less than a minute, leaves a page and the runs of all stages, does
nothing when it is repeated. Without it that is done too, and it is killed and goes on to the same end.

All seeds are fixed. Ends with status 1 where a line is not met. Needs Python 3.9 and nothing else.
"""
import os
import signal
import subprocess
import time
from html.parser import HTMLParser

from bench import check, main

STAGES = ("base", "sft", "reward", "dpo", "ppo")
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Whether every element is closed, and where links lead."""

    def __init__(self, text):
        super().__init__()
        self.open, self.broken, self.links, self.scripts = [], [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script"
        self.links += [value for name, value in attributes if name == "href"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)


def page_is_whole(path):
    page = Page(path.read_text(encoding="utf-8"))
    linked = all((path.parent / link).exists() for link in page.links if not link.startswith("#"))
    return not (page.broken or page.open or page.scripts) and linked


def difference(result, name):
    model = next(model for model in result["models"] if model["name"] == name)
    return model["comparison"]["difference"]


def full(seed):
    def part(b):
        folder = b.folder / f"seed-{seed}"
        result = b.run("quickstart", "--seed", seed, "--out", folder)
        seconds = b.seconds
        check(seconds < 300, f"seed {seed}: {seconds:.0f} s, less than 300")
        base = difference(result, "base")
        check(base["upper"] < 0, f"seed {seed}: fine-tuning raises gold by {-base['value']:.3f} ({-base['upper']:.3f} to {-base['lower']:.3f})")
        for name in ("dpo", "ppo"):
            change = difference(result, name)
            check(change["lower"] > 0, f"seed {seed}: {name} raises gold by {change['value']:.3f} ({change['lower']:.3f} to {change['upper']:.3f})")
        check(page_is_whole(folder / "report.html"), f"seed {seed}: the page is whole")
    return part


def quick(b):
    folder = b.folder / "quick"
    result = b.run("quickstart", "--quick", "--out", folder)
    print(f"  gold {result['gold']}")
    check(result["gold"]["base"] < result["gold"]["sft"] < result["gold"]["ppo"], "gold rises from base to sft to ppo")
    for path in [folder / "report.html"] + [folder / stage / "report.html" for stage in STAGES]:
        check(page_is_whole(path), f"{path.relative_to(folder)} is whole, without scripts, and its links lead somewhere")
    again = b.run("quickstart", "--quick", "--out", folder)
    check(again["gold"] == result["gold"] and b.seconds < 5, "repeated, it does nothing and says the same")


def killed(b):
    """The last stages are done again after a kill, to the same end."""
    folder = b.folder / "quick"
    whole = b.run("quickstart", "--quick", "--out", folder)
    record = folder / "quickstart.json"
    command = [b.program, "quickstart", "--quick", "--out", str(b.folder / "killed")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": str(b.threads)})
    log = b.folder / "killed" / "ppo" / "metrics.jsonl"
    deadline = time.monotonic() + 120
    while not (log.exists() and log.stat().st_size) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    check(process.returncode == -signal.SIGKILL and record.exists(), "it was killed while PPO ran")
    check(not (b.folder / "killed" / "report.html").exists(), "there is no page of a quickstart that is not done")
    again = b.run("quickstart", "--quick", "--out", b.folder / "killed")
    check(again["gold"] == whole["gold"], "it goes on after the kill, and ends as if there had been none")


if __name__ == "__main__":
    main(__doc__, "check-quickstart", [quick, killed] + [full(seed) for seed in (0, 1, 2)], quick=[quick])
