"""Use the pages of an annotation project in headless Chromium as people do; scripts/check/annotation_pages installs what it needs.

Keyboard only, mouse only, on a phone, with a reload in the middle, in two tabs, with a session that has ended. Looks for errors of
scripts and of the content security policy, for pages wider than the screen, and for what axe finds against WCAG 2.1 AA.
"""
import argparse
import json
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from bench import ROOT, check, failures

ATTUNE = ROOT / ".build/release/attune"
ATTACK = "<script>document.title='attacked'</script><img src=x onerror=\"document.title='attacked'\"> **and** so on"


def attune(*arguments):
    return subprocess.run([ATTUNE, *map(str, arguments)], check=True, text=True, capture_output=True).stdout


class Server:
    def __init__(self, project):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen(
            [ATTUNE, "annotate", "serve", project, "--port", str(self.port)], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "serving" in line:
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.port}"


def make(folder):
    rows = [{
        "task": f"t{number}", "prompt": f"\n\nHuman: Question {number}?\n\nAssistant: What do you mean?\n\nHuman: {ATTACK}\n\nAssistant:",
        "responses": [f"The first answer to {number}. " * 12, f"The second answer, which is longer. {ATTACK} " * 6],
        "models": ["model-one", "model-two"]} for number in range(40)]
    rows.append({"task": "three", "prompt": "Rank these.", "responses": ["x", "y", "z"]})
    data = folder / "tasks.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "guide.md").write_text("# How to judge\n\nTake *care*.\n\n- Helpful first\n- [A page](https://example.org)\n\n" + ATTACK)
    project = folder / "project.sqlite"
    attune("annotate", "new", project, "--guidelines", folder / "guide.md", "--criteria", "helpfulness,honesty",
           "--overlap", 2, "--gold-rate", 0, "--repeat-rate", 0, "--idle-seconds", 5)
    attune("annotate", "import", project, "--data", data)
    return project


class Person:
    def __init__(self, browser, server, project, name, role="annotator", **screen):
        self.context = browser.new_context(**screen)
        self.server, self.name, self.problems = server, name, []
        self.page = self.open()
        link = attune("annotate", "invite", project, "--role", role, "--url", server.url).strip()
        self.page.goto(link)

    def open(self):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        # Answers that are refused on purpose are no problem of the page.
        page.on("console", lambda message: message.type == "error" and "Failed to load resource" not in message.text
                and self.problems.append(message.text))
        return page

    def join(self):
        self.page.fill("#name", self.name)
        self.page.fill("#password", "a long enough password")
        self.page.click("button[type=submit]")
        self.page.wait_for_url(re.compile("/(task|admin)$"))

    def given(self):
        return int(re.match(r"\d+", self.page.inner_text(".status"))[0])

    def done(self):
        check(not self.problems, f"{self.name}: no error of a script or against the policy {self.problems or ''}")
        self.context.close()


def says(page, selector, beginning):
    """Waits for a text from outside: the page's policy forbids what the browser's driver would evaluate in it."""
    deadline = time.monotonic() + 20
    while not page.inner_text(selector).startswith(beginning):
        if time.monotonic() > deadline:
            raise SystemExit(f"{selector} says {page.inner_text(selector)!r}, and not {beginning!r}")
        page.wait_for_timeout(50)


def fits(page, words):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(wide <= 0, f"{words}: nothing is wider than the screen")


def accessible(page, words):
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response
    found = [f"{v['id']} at {v['nodes'][0]['target']}" for v in results["violations"]]
    check(not found, f"{words}: axe finds nothing against WCAG 2.1 AA {found or ''}")


def keyboard(browser, server, project, picture):
    person = Person(browser, server, project, "Keyboard")
    page, keys = person.page, person.page.keyboard
    # From the top: past the link, to the fields, in their order.
    while page.evaluate("document.activeElement.id") != "name":
        keys.press("Tab")
    keys.type("Keyboard")
    keys.press("Tab")
    keys.type("a long enough password")
    keys.press("Enter")
    page.wait_for_url("**/task")
    check(page.title() != "attacked", "a script in a prompt does not run")
    check("model-one" not in page.content(), "the page does not know the models")
    accessible(page, "the task page")
    picture(page, "task")
    keys.press("a")
    keys.press("2")
    keys.press("9")
    keys.press("r")
    keys.type("because a is x, and b is not")
    check(page.input_value("#reason") == "because a is x, and b is not", "letters within the reason are letters")
    keys.press("Escape")
    page.wait_for_timeout(1200)
    keys.press("Enter")
    says(page, ".status", "1 ")
    keys.press("u")
    says(page, ".status", "0 ")
    check(page.is_checked("[name=verdict][value='0']") and page.is_checked("[name=strength][value='2']")
          and page.is_checked("[name=confidence][value=high]") and page.input_value("#reason").startswith("because"),
          "undo brings the answer back, as it was given")
    keys.press("Enter")
    says(page, ".status", "1 ")
    keys.press("t")
    check(page.is_disabled("[name=strength][value='1']"), "a tie has no strength")
    # Ratings by Tab and arrows.
    page.focus("[name='rating.helpfulness.0'][value='1']")
    keys.press("Space")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    check(page.is_checked("[name='rating.helpfulness.0'][value='3']"), "arrows choose a rating")
    keys.press("r")
    keys.press("Control+Enter")
    says(page, ".status", "2 ")
    keys.press("Enter")
    page.wait_for_selector("[role=alert]")
    check("Say which is better" in page.inner_text("[role=alert]"), "an answer without a choice is not taken, and why is said")
    keys.press("s")
    keys.type("not my field")
    keys.press("Enter")
    page.wait_for_selector("[role=alert]", state="detached")
    check(person.given() == 2, "a task can be skipped by keyboard")
    keys.press("f")
    keys.type("odd")
    with page.expect_navigation():
        keys.press("Enter")
    keys.press("?")
    check(page.evaluate("document.querySelector('.keys').open") is False, "the list of keys opens and closes")
    person.done()


def mouse(browser, server, project, picture):
    person = Person(browser, server, project, "Mouse")
    person.join()
    page = person.page
    page.click("text=Guidelines")
    accessible(page, "the guidelines")
    picture(page, "guidelines")
    check(page.title() != "attacked", "a script in the guidelines does not run")
    page.click("nav >> text=Tasks")
    page.click("label:has([name=verdict][value='1'])")
    page.click("label:has([name=strength][value='3'])")
    page.click("label:has([name='rating.honesty.1'][value='4'])")
    page.click("label:has([name=confidence][value=low])")
    page.click("#send")
    says(page, ".status", "1 ")
    page.click("summary:has-text('Skip')")
    page.click("#skip-reason")
    page.fill("#skip-reason", "no")
    with page.expect_navigation():
        page.click("details:has(#skip-reason) button")
    check(person.given() == 1, "everything can be reached by mouse")
    person.done()


def phone(browser, server, project, picture):
    person = Person(browser, server, project, "Phone", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    fits(person.page, "the invitation on a phone")
    picture(person.page, "invitation-phone")
    person.join()
    page = person.page
    fits(page, "the task page on a phone")
    picture(page, "task-phone")
    small = page.evaluate(
        "[...document.querySelectorAll('label.option, button')].filter(e => e.offsetHeight && e.offsetHeight < 40).length")
    check(small == 0, "what is touched is 40 pixels high at least")
    page.tap("label:has([name=verdict][value='both_bad'])")
    page.tap("#send")
    says(page, ".status", "1 ")
    person.done()


def reload_and_time(browser, server, project, picture):
    person = Person(browser, server, project, "Reload")
    person.join()
    page = person.page
    page.click("label:has([name=verdict][value='1'])")
    page.fill("#reason", "half a thought")
    says(page, "#saved", "Draft saved")
    page.reload()
    check(page.input_value("#reason") == "half a thought" and page.is_checked("[name=verdict][value='1']"), "a draft survives a reload")
    before = float(page.input_value("#active_seconds"))
    check(before > 0, f"and so does the time, {before} s")
    # Idle: after 5 seconds without a touch the clock stands.
    page.mouse.move(5, 5)
    start = float(page.input_value("#active_seconds"))
    page.wait_for_timeout(9000)
    spent = float(page.input_value("#active_seconds")) - start
    check(4 <= spent <= 6.5, f"of 9 idle seconds {spent:.1f} count, with 5 allowed")
    # A hidden tab: the page is told, as browsers tell it.
    page.mouse.move(9, 9)
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true}); document.dispatchEvent(new Event('visibilitychange'))")
    start = float(page.input_value("#active_seconds"))
    page.wait_for_timeout(3000)
    spent = float(page.input_value("#active_seconds")) - start
    check(spent < 0.5, f"of 3 hidden seconds {spent:.1f} count")
    person.done()


def two_tabs(browser, server, project, picture):
    person = Person(browser, server, project, "Tabs")
    person.join()
    one, other = person.page, person.open()
    other.goto(server.url + "/task")
    check(one.inner_text(".prompt") == other.inner_text(".prompt"), "two tabs show the same task")
    for page in (one, other):
        page.click("label:has([name=verdict][value='tie'])")
    one.click("#send")
    says(one, ".status", "1 ")
    with other.expect_navigation():
        other.click("#send")
    check(re.match(r"1 ", other.inner_text(".status")) is not None, "the same answer from the second tab counts once")
    other.go_back()
    third = person.open()
    third.goto(server.url + "/task")
    fourth = person.open()
    fourth.goto(server.url + "/task")
    third.click("label:has([name=verdict][value='tie'])")
    with third.expect_navigation():
        third.click("#send")
    fourth.click("label:has([name=verdict][value='both_bad'])")
    with fourth.expect_navigation():
        fourth.click("#send")
    check("answered already" in fourth.inner_text("main"), "another answer from a stale tab is refused with a sentence")
    person.done()


def ended_session(browser, server, project, picture):
    person = Person(browser, server, project, "Ended")
    person.join()
    page = person.page
    cookies = person.context.cookies()
    page.fill("#reason", "saved")
    says(page, "#saved", "Draft saved")
    person.context.clear_cookies()
    page.fill("#reason", "saved, and then written without a session")
    says(page, "#saved", "You are signed out")
    picture(page, "signed-out")
    tab = person.open()
    tab.goto(server.url + "/task")
    check(tab.url.endswith("/sign-in"), "without a session one is asked to sign in")
    accessible(tab, "the entrance")
    picture(tab, "sign-in")
    tab.fill("#name", "Ended")
    tab.fill("#password", "a wrong password")
    with tab.expect_navigation():
        tab.click("button[type=submit]")
    check("do not belong together" in tab.inner_text("[role=alert]"), "a wrong password is said")
    tab.fill("#password", "a long enough password")
    tab.click("button[type=submit]")
    tab.wait_for_url("**/task")
    page.reload()
    check(page.input_value("#reason") == "saved, and then written without a session", "what was written meanwhile is kept")
    person.context.clear_cookies()
    person.context.add_cookies(cookies)
    person.done()


def management(browser, server, project, picture):
    for scheme in ("light", "dark"):
        person = Person(browser, server, project, f"Admin {scheme}", "administrator", color_scheme=scheme, viewport={"width": 1400, "height": 900})
        person.join()
        page = person.page
        accessible(page, f"the administrator's page, {scheme}")
        fits(page, "the administrator's page")
        picture(page, f"admin-{scheme}")
        page.goto(server.url + "/review")
        accessible(page, f"the review page, {scheme}")
        picture(page, f"review-{scheme}")
        page.goto(server.url + "/task")
        accessible(page, f"the task page, {scheme}")
        picture(page, f"task-{scheme}")
        page.goto(server.url + "/admin")
        page.set_viewport_size({"width": 390, "height": 844})
        fits(page, "the administrator's page on a phone")
        picture(page, f"admin-phone-{scheme}")
        person.done()


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--pictures", type=pathlib.Path)
options = parser.parse_args()


def picture(page, name):
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=options.pictures / f"{name}.png", full_page=True)


chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not chromium:
    raise SystemExit("chromium is needed: apt-get install chromium")
with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
    folder = pathlib.Path(scratch)
    project = make(folder)
    server = Server(project)
    try:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for part in (keyboard, mouse, phone, reload_and_time, two_tabs, ended_session, management):
            part(browser, server, project, picture)
        browser.close()
    finally:
        server.process.terminate()
        server.process.wait()
raise SystemExit(1 if failures else 0)
