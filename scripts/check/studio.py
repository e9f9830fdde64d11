"""Use the studio in headless Chromium as a person does: ask, choose by keys, teach, change the policy, look at runs.

    python3 scripts/check/studio.py [--pictures FOLDER] [--model DIR] [--url ADDRESS]

Without --url it starts `attune studio` itself, which makes its model first unless --model names one. Looks for errors of scripts and of
the content security policy, for requests to anywhere else, and for pages wider than the screen.
"""
import argparse
import json
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time

from bench import ROOT, check, failures
from browser import Browser

ATTUNE = ROOT / ".build/release/attune"
ATTACK = "<img src=x onerror=\"document.title='attacked'\"><script>document.title='attacked'</script>"
IDLE = "document.getElementById('activity').hidden"


class Server:
    def __init__(self, folder, model):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        command = [ATTUNE, "studio", "--out", folder / "studio", "--port", str(port)]
        if model:
            command += ["--model", model]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "serving" in line:
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.url = f"http://127.0.0.1:{port}"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(timeout=60) == 0, "the studio ends when it is asked to, with status 0")


def begin(page, selector):
    """Begins a job, if need be once more: the server learns of one that was stopped with its next message."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.click(selector)
        time.sleep(0.7)
        if not page.evaluate(IDLE):
            return
    raise SystemExit(f"{selector} begins nothing")


def choices(page):
    return int(page.evaluate("(document.querySelector('#choose .status')?.innerText.match(/^(\\d+) choice/) ?? [0, 0])[1]"))


def pipeline(page, url, picture):
    page.open(url)
    picture("making")
    page.until("document.getElementById('ask')", seconds=900)
    page.until(IDLE)
    check(page.text("#choose").startswith("Ask something"), "nothing can be chosen before anything was asked")
    picture("beginning")

    page.click(".suggestions button")
    page.until("document.querySelectorAll('#ask .answers li').length === 4", seconds=120)
    check(len(page.text("#ask .prompt .said")) > 5, "the model has answered four times")
    page.until(f"document.getElementById('choose-a') && {IDLE}", seconds=120)
    picture("asked")

    # By keys alone; a key that is held down counts once.
    for done, key in enumerate("ababsaabba", start=1):
        before = page.text("#choose .prompt .said") + page.text("#choose .responses")
        page.press(key)
        page.until(
            f"(document.querySelector('#choose .prompt .said')?.innerText ?? '') + (document.querySelector('#choose .responses')?.innerText ?? '')"
            f" !== {json.dumps(before)}", seconds=120)
        page.until("document.getElementById('choose-a')", seconds=120)
    check(choices(page) == 9, "nine choices and one skip by keys alone")
    page.until(f"document.querySelector('#learn svg') && {IDLE}", seconds=300)
    check("comparisons" in page.text("#learn figcaption"), "the reward model has learned by itself at the first milestone")
    picture("chosen")

    page.click("#simulate-50")
    page.until("document.querySelector('#choose .status').innerText.startsWith('59 choices')", seconds=300)
    page.until(f"document.querySelector('#learn figcaption').innerText.includes('48 comparisons') && {IDLE}", seconds=600)
    page.click("#train")
    page.until(f"document.querySelector('#learn figcaption').innerText.includes('59 comparisons') && {IDLE}", seconds=300)
    check(True, "the curve goes on with the annotator's choices")
    picture("taught")

    # A key and a click on a job while another is under way: choosing goes on, and the job is refused with a word.
    page.click("#practise")
    page.until(f"!{IDLE}")
    page.click("#train")
    page.until("document.getElementById('word').innerText.includes('busy')")
    before = choices(page)
    page.press("a")
    page.until(f"document.querySelector('#choose .status').innerText.startsWith('{before + 1} choices')")
    page.until("document.querySelectorAll('#update figure').length === 3", seconds=300)
    picture("changing")
    page.click("#stop")
    page.until(IDLE)
    page.until("document.getElementById('word').innerText.includes('Stopped')")
    check(True, "a job can be stopped")

    begin(page, "#practise")
    page.until(f"document.querySelectorAll('#update table tbody tr').length === 4 && {IDLE}", seconds=900)
    check("before and" in page.text("#update"), "the policy has answered again, before beside after")
    picture("changed")

    page.open(url)
    check(choices(page) >= before + 1 and page.evaluate("document.querySelectorAll('#update table tbody tr').length") == 4,
          "all of it is there after a reload")

    page.evaluate("document.getElementById('typed').focus()")
    page.type(f"ab {ATTACK}")
    check(choices(page) >= before + 1, "letters in the field choose nothing")
    page.press("Enter")
    page.until(f"document.querySelector('#ask .prompt .said').innerText.includes('onerror') && {IDLE}", seconds=120)
    check(page.evaluate("document.title") != "attacked" and page.evaluate("document.querySelectorAll('main img').length") == 0,
          "markup in a prompt stays text")
    lines = page.evaluate("fetch('/pipeline/choices.jsonl').then((reply) => reply.text())").strip().split("\n")
    check(len(lines) == choices(page) and set(json.loads(lines[0])) >= {"prompt", "chosen", "rejected"},
          "the choices can be saved as preference records")
    page.size(390, 844)
    check(page.fits(), "the pipeline fits a phone")
    picture("pipeline-phone")
    page.size(1280)


def preferences(page, url, picture):
    page.open(url + "/preferences")
    check("Nothing was chosen yet" in page.text("#learned .status"), "nothing was learned before a choice")
    for count in range(1, 6):
        page.press("a" if count % 2 else "b")
        page.until(f"document.querySelector('#learned .status').innerText.startsWith('{count} choice')")
    check(True, "the weights follow each choice")
    page.click("#simulate-50")
    page.until("document.querySelector('#learned .status').innerText.startsWith('55 choices')")
    check(page.evaluate("document.querySelectorAll('#learned figure').length") == 3, "weights beside the judge's, and the curve")
    picture("preferences")
    page.size(390, 844)
    check(page.fits(), "preference learning fits a phone")
    picture("preferences-phone")
    page.size(1280)


def runs(page, url, picture):
    page.open(url + "/runs")
    check(page.evaluate("document.querySelectorAll('tbody tr').length") >= 3, "the studio's own runs are listed")
    picture("runs")
    page.click("tbody th a")
    page.until("location.pathname === '/run' && document.readyState === 'complete'")
    check(page.evaluate("document.querySelectorAll('svg').length") > 0, "a run has its curves")
    picture("run")
    page.open(url + "/runs")
    page.click("tbody td a")
    page.until("location.pathname === '/report' && document.readyState === 'complete'")
    check(page.evaluate("getComputedStyle(document.querySelector('h1')).letterSpacing !== 'normal'"), "a report has its style")
    picture("report")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--pictures", type=pathlib.Path)
parser.add_argument("--model", type=pathlib.Path)
parser.add_argument("--url", help="a studio that runs already and was not used yet")
options = parser.parse_args()

with tempfile.TemporaryDirectory() as scratch:
    server = None if options.url else Server(pathlib.Path(scratch), options.model)
    url = options.url or server.url
    for dark in (False, True):
        page = Browser(dark=dark)

        def picture(name):
            if options.pictures:
                page.picture(options.pictures / f"{name}{'-dark' if dark else ''}.png")

        try:
            if not dark:
                pipeline(page, url, picture)
                preferences(page, url, picture)
                runs(page, url, picture)
            else:
                for path, name in (("/", "pipeline"), ("/preferences", "preferences"), ("/runs", "runs")):
                    page.open(url + path)
                    picture(name)
            foreign = [request for request in page.requests if not request.startswith((url, "data:"))]
            check(not foreign, f"nothing is fetched from anywhere else {foreign or ''}")
            check(not page.problems, f"no error of a script or against the policy {page.problems or ''}")
        finally:
            page.close()
    if server:
        server.stop()
raise SystemExit(1 if failures else 0)
