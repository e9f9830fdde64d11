"""Open pages in Chromium, as wide as a telephone and as a desk, light and dark, and say what is cut off or goes wrong.

    python3 scripts/check/pages.py PAGE.html… [--pictures FOLDER]

A page may scroll down but not sideways; tables and code may scroll within themselves. With --pictures what was seen is left there,
to be looked at. Ends with status 1 where a line is not met. Needs Python 3.9 and `chromium` or `google-chrome`.
"""
import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import check, failures

WIDTHS = (390, 1400)
# No window is as narrow as a telephone, but a frame can be.
FRAME = """<!doctype html><meta charset="utf-8"><body style="margin:0"><script>
addEventListener("message", (event) => document.body.dataset.seen = JSON.stringify(event.data));
</script><iframe src="{source}" style="border:0;display:block;width:{width}px;height:{height}px"></iframe></body>"""
# Runs in a copy of the page, and tells what it has seen.
PROBE = """<script>
const wrong = [];
addEventListener("error", (event) => wrong.push(`error: ${event.message}`));
addEventListener("load", () => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest(".table, .code") && !element.matches(".table, .code")) continue;
    if (element.closest("svg") && !element.matches("text")) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1))
      wrong.push(`${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}" from ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  const charts = [...document.querySelectorAll("svg.chart")].filter((svg) => svg.getBoundingClientRect().width);
  parent.postMessage({width, height: document.documentElement.scrollHeight, charts: charts.length, wrong: wrong.slice(0, 8)}, "*");
});
</script></head>"""


def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), None)
    return program or sys.exit(f"none of {', '.join(names)} is installed")


def chromium(program, size, dark, *arguments):
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size={},{}".format(*size), *scheme, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def look(program, page, pictures):
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "page.html").write_text(text.replace("</head>", PROBE, 1), encoding="utf-8")
        frame = Path(folder) / "frame.html"
        for width in WIDTHS:
            frame.write_text(FRAME.format(source="page.html", width=width, height=900), encoding="utf-8")
            document = chromium(program, (1600, 1000), False, "--virtual-time-budget=5000", "--dump-dom", frame.as_uri())
            found = re.search(r'data-seen="([^"]*)"', document)
            seen = json.loads(html.unescape(found[1])) if found else {"wrong": ["the page did not load"], "width": 0, "charts": 0}
            check(seen["width"] == width and not seen["wrong"], f"{page} at {width}: {seen['charts']} charts {seen['wrong'] or ''}")
            for dark in (False, True) if pictures and found else ():
                name = f"{page.parent.name}-{page.stem}-{width}{'-dark' if dark else ''}.png"
                frame.write_text(FRAME.format(source="page.html", width=width, height=seen["height"]), encoding="utf-8")
                chromium(program, (max(500, width), seen["height"]), dark, f"--screenshot={pictures / name}", frame.as_uri())


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("pages", type=Path, nargs="+")
parser.add_argument("--pictures", type=Path)
options = parser.parse_args()
if options.pictures:
    options.pictures.mkdir(parents=True, exist_ok=True)
program = browser()
for page in options.pages:
    look(program, page, options.pictures)
if failures:
    sys.exit(f"{len(failures)} not met")
