"""Check what serving must show, one script after the other, and say in the end what was met.

    python3 scripts/check/serving.py [--seconds N] [--attune PROGRAM] [--folder FOLDER] [--threads N]

The openai client, load, hostile clients, stopping and killing, canaries; each script can be run alone and says what it checks.
Ends with status 1 where a line is not met. Needs Python 3.9, and PyPI for the openai client.
"""
import subprocess
import sys

from bench import ROOT, check, main

SCRIPTS = ("serving_client", "serving_load", "serving_hostile", "serving_drain", "serving_canary")


def script(name):
    def part(b):
        alone = ROOT / "scripts" / "check" / name
        command = [str(alone)] if alone.exists() else [sys.executable, f"{alone}.py"]
        command += ["--attune", b.program, "--folder", b.path(name), "--threads", str(b.threads)]
        if name == "serving_load":
            command += ["--seconds", str(b.options.seconds)]
        print(f"\n{name}", flush=True)
        lines = {"met    ": 0, "NOT MET": 0}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for line in process.stdout:
            print(f"  {line}", end="", flush=True)
            if line[:7] in lines:
                lines[line[:7]] += 1
        status = process.wait()
        verdicts.append((status == 0 and lines["met    "] > 0, f"{name}: {lines['met    ']} lines met, {lines['NOT MET']} not, status {status}"))
    return part


verdicts = []


def verdict(b):
    print()
    for holds, sentence in verdicts:
        check(holds, sentence)


if __name__ == "__main__":
    main(__doc__, "check-serving", [*map(script, SCRIPTS), verdict], numbers={"seconds": 60.0})
