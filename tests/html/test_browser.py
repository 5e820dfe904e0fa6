"""The pages in a real browser: at three widths, in both themes and languages, hostile text in them."""

import itertools
import re

import pytest

from grader.model import Attempt, Diagnosis, Verdict
from grader.report.html import course, student
from grader.report.insight import insight
from tests.html.browser import Browser
from tests.html.pages import CASE, hostile_report, report
from tests.html.test_class_pages import FIGURES, ROWS, row
from tests.needs import AXE
from tests.support import eventually, thinned

pytestmark = pytest.mark.chromium
WIDTHS, THEMES = (390, 1024, 1920), ("light", "dark")
EXTREMES = [(390, "light"), (1920, "dark")]
PLACES = [*EXTREMES, *(p for p in itertools.product(WIDTHS, THEMES) if p not in EXTREMES)]
SOURCE = (
    b"import numpy as np\n\n\ndef f(x):\n\ty = x @ W  # <b>" + b" long" * 90 + b"\n    return y\n"
)
VIOLATIONS = """
axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.map(
  (v) => `${v.id}: ${v.nodes.map((n) => n.target + " " + n.failureSummary).slice(0, 3)}`))
"""

# The lowest contrast of any text that is seen, as WCAG 2 defines it, and what that text is.
CONTRAST = """
(() => {
  const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let lowest = [21, ""];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement, own = element.getAttribute("fill");
    if (!node.data.trim() || !element.checkVisibility() || (own && own !== "currentColor")) continue;
    if (element.closest("script, style")) continue;
    const style = getComputedStyle(element);
    const front = light(parts(own ? style.fill : style.color)), back = light(behind(element));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (ratio < lowest[0]) lowest = [ratio, node.data.trim()];
  }
  return lowest;
})()
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    opened = Browser(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The folder of a class, with pages of its own for the reports."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "students").mkdir()
    for name, text in course.pages(ROWS, FIGURES):
        (folder / name).write_text(text, encoding="utf-8")
    attempts = [Attempt("2026-01-02T03:04:05+00:00", Verdict.RTE, 0), Attempt("", Verdict.WA, 10)]
    line = Diagnosis("faulty-line", "Line 5.", "第 5 行。", line=5, excerpt=((5, "y = x @ W"),))
    whole = report(diagnosis=(line,), printed="1\n2")
    (folder / "report.html").write_text(
        student.render(whole, source=SOURCE, attempts=attempts), encoding="utf-8"
    )
    (folder / "hostile.html").write_text(student.render(hostile_report()), encoding="utf-8")
    return folder


def choose(browser, name):
    browser.run(f'document.querySelector("#{name}").click()')


@pytest.mark.parametrize(("width", "theme"), thinned(PLACES, 1))
@pytest.mark.parametrize("name", ["report", "hostile", "index"])
def test_page_is_fit_to_be_read(browser, pages, name, width, theme):
    """
    Nothing scrolls sideways or is too faint; no error, no dialog, no request but for the page.
    """
    file = pages / f"{name}.html"
    browser.open(file, width, theme=theme)

    for language in ("lang-zh", "lang-en"):
        choose(browser, language)
        ratio, text = browser.run(CONTRAST)
        assert ratio >= 4.5, text
        assert browser.run("document.documentElement.scrollWidth") <= width
    browser.run('document.querySelectorAll("details").forEach((d) => d.open = true)')
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.errors == []
    assert browser.requests == [file.as_uri()]


@pytest.mark.axe
@pytest.mark.parametrize(("width", "theme"), thinned(PLACES, 1))
@pytest.mark.parametrize("name", ["report", "hostile", "index"])
def test_axe_has_nothing_to_say(browser, pages, name, width, theme):
    """
    No rule of axe-core is violated, with everything unfolded and in both languages.
    """
    browser.open(pages / f"{name}.html", width, theme=theme)
    browser.run('document.querySelectorAll("details").forEach((d) => d.open = true)')
    browser.run(AXE.read_text("utf-8") + "; 0")

    for language in ("lang-zh", "lang-en"):
        choose(browser, language)
        assert browser.run(VIOLATIONS) == []


def test_best_bar_is_seen_on_a_phone(browser, pages):
    """
    The distribution ends with the full points, and all of it is within the window.
    """
    browser.open(pages / "index.html", 390)

    last, width = browser.run(
        "(() => { const rows = [...document.querySelectorAll('.bars tbody tr')];"
        "return [rows.at(-1).cells[0].innerText, "
        "Math.max(...rows.map((r) => r.getBoundingClientRect().right))]; })()"
    )
    assert last == "100"
    assert width <= 390


def test_source_stands_beside_the_report_where_there_is_room(browser, pages):
    """
    Beside it on a wide screen, below it on a narrow one.
    """
    top = "document.querySelector('{}').getBoundingClientRect().{}"
    beside = {}
    for width in WIDTHS:
        browser.open(pages / "report.html", width)
        beside[width] = browser.run(top.format(".source-of", "left")) > width / 3

    assert beside == {390: False, 1024: False, 1920: True}


def test_page_is_printed_whole(browser, pages):
    """
    Nothing is cut off at the right, nothing stays folded, and a dark page is printed light.
    """
    browser.open(pages / "report.html", 700, theme="dark")
    choose(browser, "theme-dark")
    browser.call("Emulation.setEmulatedMedia", media="print")
    browser.run("dispatchEvent(new Event('beforeprint'))")

    background = browser.run("getComputedStyle(document.body).backgroundColor")
    wide = browser.run("document.documentElement.scrollWidth")
    folded = browser.run("document.querySelectorAll('details:not([open])').length")
    browser.call("Emulation.setEmulatedMedia", media="")
    choose(browser, "theme-system")
    assert background == "rgb(255, 255, 255)"
    assert wide <= 700
    assert folded == 0


def test_page_opens_in_the_language_it_was_made_for(browser, tmp_path):
    """
    Whatever the browser speaks, unless its reader has chosen.
    """
    file = tmp_path / "zh.html"
    file.write_text(student.render(report(), lang="zh"), encoding="utf-8")
    browser.open(file)
    browser.run("localStorage.removeItem('rnn-judge-lang')")
    browser.open(file)

    assert "答案错误" in browser.run("document.querySelector('h1').innerText")
    assert browser.run("document.documentElement.lang") == "zh-Hans"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_language_is_switched(browser, pages, script):
    """
    With a click on its name, script or no script; the other language is neither seen nor heard.
    """
    browser.open(pages / "report.html", script=script)
    browser.click("#lang-zh")

    shown = browser.run("document.body.innerText")
    assert "答案错误" in shown
    assert "wrong answer" not in shown
    if script:
        assert browser.run("document.documentElement.lang") == "zh-Hans"

    browser.click("#lang-en")
    shown = browser.run("document.body.innerText")
    assert "wrong answer" in shown
    assert "答案错误" not in shown


def test_language_is_remembered(browser, pages):
    """
    Who chose Chinese once reads the next page in Chinese.
    """
    browser.open(pages / "report.html")
    choose(browser, "lang-zh")
    browser.open(pages / "index.html")

    assert "班级报告" in browser.run("document.querySelector('h1').innerText")
    choose(browser, "lang-en")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_theme_follows_the_system_until_one_is_chosen(browser, pages, theme, script):
    """
    The background is light or dark as the system wants it, then as the switch says.
    """
    browser.open(pages / "report.html", theme=theme, script=script)
    seen = {}
    for choice in ("system", "light", "dark"):
        browser.click(f"#theme-{choice}")
        seen[choice] = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.click("#theme-system")

    assert seen["light"] == "rgb(255, 255, 255)"
    assert seen["dark"] != seen["light"]
    assert seen["system"] == seen[theme]


def test_table_is_sorted_from_the_keyboard(browser, pages):
    """
    Enter on a head sorts by its column, numbers as numbers; again turns the order around.
    """
    browser.open(pages / "index.html")
    column = (
        "[...document.querySelectorAll('.everyone tbody tr')].map((r) => +r.cells[2].dataset.sort)"
    )
    state = "document.querySelectorAll('.everyone th[scope=col]')[2].getAttribute('aria-sort')"
    browser.run("document.querySelectorAll('.everyone thead button')[1].focus()")
    browser.press("Tab")

    browser.press("Enter")
    assert browser.run(state) == "ascending"
    assert browser.run(column) == sorted(browser.run(column))
    assert -1 in browser.run(column)

    browser.press(" ")
    assert browser.run(state) == "descending"
    assert browser.run(column) == sorted(browser.run(column), reverse=True)
    assert browser.run("document.querySelectorAll('.everyone [aria-sort]').length") == 1
    assert browser.errors == []


def test_screen_reader_hears_what_matters(browser, pages):
    """
    Values that differ say what they should be, plots have names, of two languages one is heard.
    """
    browser.open(pages / "report.html")
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in browser.call("Accessibility.getFullAXTree")["nodes"]
        if not node["ignored"]
    ]
    names = {name for _, name in heard}

    assert ("heading", "WA wrong answer") in heard
    assert ("image", "|outputs - expected|") in heard
    assert any("2.5 (should be 2)" in name for role, name in heard if role in ("cell", "gridcell"))
    assert {("columnheader", "0"), ("rowheader", "1")} <= set(heard)
    assert ("radio", "English") in heard
    assert not any("答案错误" in name for name in names)


def test_keys_stop_only_where_there_is_something_to_do(browser, pages):
    """
    Tables that fit are no stops of the Tab key; those that scroll are.
    """
    scrolls = "[...document.querySelectorAll('.scroll')]"
    stops = "b.scrollWidth > b.clientWidth === (b.tabIndex === 0)"
    for width in (1280, 390):
        browser.open(pages / "index.html", width)
        told = f"{scrolls}.length > 0 && {scrolls}.every((b) => {stops})"
        assert eventually(lambda: browser.run(told))  # noqa: B023  # called at once


def test_links_lead_there_and_back(browser, pages):
    """
    From the class to a student and back.
    """
    browser.open(pages / "index.html")
    address = browser.run("document.querySelector('.everyone a').href")
    name = re.search(r"students/.*", address)[0]
    browser.open(pages / name)

    assert browser.run("document.querySelector('.bar a').href") == (pages / "index.html").as_uri()


def test_numbers_on_a_map_are_read(browser, tmp_path):
    """
    A number stands on its cell with enough contrast, whatever the cell's colour.
    """
    errors = [10.0**-n for n in range(12)]
    case = {n: getattr(CASE, n) for n in CASE.__slots__} | {
        "expected": {"W": [[0.0] * 12]},
        "actual": {"W": [errors]},
        "bounds": {"W": [[0.0] * 12]},
        "shapes": {},
    }
    file = tmp_path / "map.html"
    file.write_text(student.render(report(counterexample=type(CASE)(**case))), encoding="utf-8")
    browser.open(file)

    ratios = browser.run(
        """
        (() => {
          const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          document.querySelector("svg").scrollIntoView();
          return [...document.querySelectorAll("svg text")].filter((t) => /e[-+]/.test(t.textContent)
            && t.getAttribute("fill") !== "currentColor").map((text) => {
            const box = text.getBoundingClientRect();
            const cell = document.elementsFromPoint(box.x + 2, box.y + 2)
              .find((e) => e.localName === "path" && (e.getAttribute("fill") ?? "none") !== "none");
            const [a, b] = [text, cell].map((e) => light(getComputedStyle(e).fill));
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          });
        })()
        """
    )
    assert len(ratios) == 12
    assert min(ratios) >= 4.5


@pytest.mark.slow
def test_class_of_500_is_sorted_at_once(browser, tmp_path):
    """
    A large table is sorted in a moment.
    """
    rows = [row(f"s{n:03}", report(score=n * 7 % 101)) for n in range(500)]
    file = tmp_path / "index.html"
    file.write_text(course.index(rows, insight(rows, [])), encoding="utf-8")
    browser.open(file)

    took_ms = browser.run(
        "(() => { const before = performance.now();"
        "document.querySelectorAll('.everyone thead button')[2].click();"
        "return performance.now() - before; })()"
    )
    assert took_ms < 1000
