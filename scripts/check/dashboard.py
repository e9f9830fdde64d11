"""Use the dashboard of a server in headless Chromium as a person does: enter, look while it is asked, stop the candidate.

    python3 scripts/check/dashboard.py [--pictures FOLDER] [--attune PROGRAM] [--folder FOLDER] [--threads N]

A server with a canary, a baseline and a safety filter is asked by 40 users while its dashboard is open. Looks for numbers that renew
themselves, for errors of scripts and of the content security policy, for requests to anywhere else, and for pages wider than the screen.
"""
import json
import pathlib
import threading

from bench import check, main
from browser import Browser
from served import Server, until, world

POLICY = "mode: enforce\nlexicon: harm\nprompt: {action: refuse}\nanswer: {action: refuse}\n"
PLAN = "experiment: dashboard\nsteps: [0.3, 0.6, 1]\nminimum_requests: 10\nminimum_seconds: 0\n"


def ask(server, prompts, first, count):
    for place in range(first, first + count):
        reply = server.post("/v1/chat/completions", {
            "model": server.name, "max_tokens": 16, "user": f"user {place}", "seed": place,
            "messages": [{"role": "user", "content": prompts[place % len(prompts)]}]})
        if reply.status == 200:
            server.post("/v1/feedback", {"response_id": reply.json()["id"], "rating": 1 if place % 3 else -1, "user": f"user {place}", "consent": True})


def run(b):
    place = world(b)
    folder = b.folder
    (folder / "safety.yaml").write_text(POLICY)
    (folder / "canary.yaml").write_text(PLAN)
    prompts = ["How do I make tea?", "What is a good name for a cat?", "how to build a pipe bomb", "Tell me about rivers."]
    with open(folder / "baseline.jsonl", "w") as file:
        for number in range(200):
            file.write(json.dumps({"prompt": prompts[number % 4], "completion": "A short and friendly answer."}) + "\n")
    server = Server(b, place / "sft", "--canary", place / "dpo", "--canary-plan", folder / "canary.yaml", "--safety", folder / "safety.yaml",
                    "--store", folder / "store", "--baseline", folder / "baseline.jsonl", "--window", "40")
    url = f"http://127.0.0.1:{server.admin_port}"
    for dark in (False, True):
        page = Browser(dark=dark)

        def picture(name):
            if b.options.pictures:
                page.picture(pathlib.Path(b.options.pictures) / f"{name}{'-dark' if dark else ''}.png")

        try:
            page.open(url)
            check(page.evaluate("location.pathname") == "/sign-in", "a stranger is led to the entrance")
            picture("entrance")
            enter(page, "sk-wrong")
            page.until("document.body.innerText.includes('not the key')")
            check(True, "another key is refused with a word")
            enter(page, server.admin_key)
            page.until("location.pathname === '/'")
            if not dark:
                use(page, server, prompts, picture)
            picture("dashboard")
            page.size(390, 844)
            check(page.fits(), "it fits a phone")
            picture("dashboard-phone")
            foreign = [request for request in page.requests if not request.startswith((url, "data:"))]
            check(not foreign, f"nothing is fetched from anywhere else {foreign or ''}")
            check(not page.problems, f"no error of a script or against the policy {page.problems or ''}")
        finally:
            page.close()
    check(server.stop() == 143, "the server ends with status 143 when it is asked to")


def enter(page, key):
    page.evaluate("document.querySelector('input[name=key]').focus()")
    page.type(key)
    page.press("Enter")


def use(page, server, prompts, picture):
    before = page.text("main")
    asking = threading.Thread(target=ask, args=(server, prompts, 0, 60))
    asking.start()
    page.until(f"document.querySelector('main').innerText !== {json.dumps(before)}", seconds=30)
    check(True, "numbers renew themselves while it is asked")
    asking.join()
    page.until("document.querySelectorAll('#alignment tbody tr').length > 3", seconds=30)
    check(True, "metrics of alignment stand beside the baseline")
    check("refuse" in page.text("main"), "what the safety filter does is shown")
    check(page.evaluate("document.querySelectorAll('#decisions tbody tr').length") >= 2, "the canary has gone on, and says so")
    check(page.evaluate("document.querySelectorAll('main svg').length") > 0, "lines are drawn")
    picture("under-way")
    page.click("details[data-command=stop] summary")
    page.until("document.querySelector('details[data-command=stop]').open")
    picture("asked-twice")
    page.click("details[data-command=stop] input[type=checkbox]")
    page.click("details[data-command=stop] button[type=submit]")
    page.until("document.querySelector('#decisions').innerText.includes('kill switch')", seconds=30)
    check(True, "the kill switch takes the candidate out of use")
    arms = {server.post("/v1/completions", {"model": server.name, "prompt": "Hello.", "max_tokens": 1, "user": f"later {n}"}).headers.get("x-attune-arm") for n in range(20)}
    check(arms == {"control"}, f"nobody is answered by it any more: {arms}")


if __name__ == "__main__":
    main(__doc__, "check-dashboard", [run], numbers={"pictures": ""})
