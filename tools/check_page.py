"""Opens pages of reports in headless Chromium and fails where one loads anything, complains, does not filter, sort or open a photo, takes long to
paint, or breaks a rule of accessibility (axe-core).

    python tools/check_page.py report/report.html [other.html ...] [--screenshots DIR]

Needs `pip install playwright axe-playwright-python` and Chromium at /usr/bin/chromium (Debian: chromium) or $CHROMIUM.
"""

import argparse
import os
import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PAINT_MS = 2000


def failures(page, path, dark, screenshots):
    """What is wrong with the page at `path`, in words."""
    found, requests = [], []
    page.on("console", lambda message: found.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"script: {error}"))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.resolve().as_uri())
    paint = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime)).observe({type: 'paint', buffered: true}))"
    )
    if paint > PAINT_MS:
        found.append(f"first paint after {paint:.0f} ms")
    found += accessibility(page, "page")
    if screenshots:
        page.screenshot(path=screenshots / f"{path.stem}_{'dark' if dark else 'light'}.png")
    if page.query_selector("#rows"):
        found += used(page, path, dark, screenshots)
    found += [f"request of {url[:80]}" for url in requests if url != path.resolve().as_uri() and not url.startswith("data:")]
    print(f"{path} {'dark' if dark else 'light'}: {path.stat().st_size / 1e6:.1f} MB, first paint {paint:.0f} ms")
    return found


def accessibility(page, where):
    return [
        f"axe, {where}: {violation['id']} at {violation['nodes'][0]['target']}" for violation in Axe().run(page).response["violations"]
    ]


def used(page, path, dark, screenshots):
    """What does not work when the page is used."""
    found = []

    def expect(right, what):
        if not right:
            found.append(what)

    shown = lambda: [line.inner_text() for line in page.query_selector_all("#rows tr")]
    count = lambda: int(page.get_attribute("#count", "data-shown"))
    everything = count()
    expect(everything > 0 and shown(), "the table is empty")
    total, rejected = (int(page.locator(f"{tile} b").first.inner_text()) for tile in [".tile", ".tile.reject"])
    page.select_option("#verdict", "reject")
    expect(count() == rejected or everything < total, f"{count()} of {rejected} rejected photos are shown")
    expect(page.locator("#rows .verdict:not(.reject)").count() == 0, "a photo with another verdict is shown")
    expect("verdict=reject" in page.url, "the filter does not stand in the address")
    page.click("#clear")
    expect(count() == everything, "cleared filters do not show all photos")
    name = page.locator("#rows td.path").nth(0).inner_text().split("\n")[0]
    page.fill("#text", name)
    expect(count() >= 1 and name in shown()[0], "the search does not find a path")
    page.fill("#text", "no such photo anywhere")
    expect(count() == 0, "the search finds what is not there")
    page.click("#clear")
    page.click("#photos th[data-sort=path] button")
    paths = [cell.split("\n")[0] for cell in page.locator("#rows td.path").all_inner_texts()]
    expect(paths == sorted(paths), "paths are not sorted")
    page.click("#photos th[data-sort=verdict] button")
    page.locator("#rows tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet").is_visible(), "Enter does not open a photo")
    expect(page.locator("#detail td code").count() > 0, "a photo has no numbers")
    found.extend(accessibility(page, "photo"))
    if screenshots:
        page.screenshot(path=screenshots / f"{path.stem}_photo_{'dark' if dark else 'light'}.png")
    before = page.inner_text("#title")
    page.keyboard.press("ArrowRight")
    expect(page.inner_text("#title") != before or everything < 3, "the arrow does not go to the next photo")
    page.keyboard.press("Escape")
    expect(not page.locator("#sheet").is_visible(), "Escape does not close the photo")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("pages", nargs="+", type=pathlib.Path)
    arguments.add_argument("--screenshots", type=pathlib.Path)
    arguments = arguments.parse_args()
    if arguments.screenshots:
        arguments.screenshots.mkdir(parents=True, exist_ok=True)
    found = []
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in arguments.pages:
            for dark in [False, True]:
                page = browser.new_page(viewport={"width": 1280, "height": 1000}, color_scheme="dark" if dark else "light")
                found += [f"{path}: {failure}" for failure in failures(page, path, dark, arguments.screenshots)]
                page.close()
        browser.close()
    for failure in found:
        print(failure, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
