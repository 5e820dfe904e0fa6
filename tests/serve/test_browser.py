"""The page in a real browser: by link and by hand, with and without script, small, dark and hurt."""

import os
import signal
from pathlib import Path

import pytest

from grader.course.database import Database
from grader.serve import queue
from grader.serve.owner import owner
from tests import needs
from tests.html.browser import Browser
from tests.html.test_browser import CONTRAST
from tests.needs import AXE
from tests.serve.served import Served, found
from tests.support import CORPUS, eventually

pytestmark = [pytest.mark.serve, pytest.mark.chromium, pytest.mark.slow]
needs.imported("serve", "grader.serve.web.run")
WRONG = (CORPUS / "simple_rnn" / "wrong_answer" / "carry_missing_vectorised.py").read_text()
PICTURE = os.environ.get("RNN_JUDGE_PICTURE")  # where to put what the README shows
ROOM = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LONG_S = 300  # the first wrong submission of a course costs a table of mistakes
HERE = "location.pathname"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    served = Served(tmp_path_factory.mktemp("served") / "course", ("ada", "bob", "eve")).start()
    yield served
    served.stop()


@pytest.fixture
def browser(tmp_path):
    opened = Browser(tmp_path / "profile")
    yield opened
    opened.close()


def sign_in(browser, course, name, **how):
    browser.open(f"{course.address}/sign-in#{course.codes[name]}", **how)
    assert eventually(lambda: browser.run(f"{HERE} === '/' || {HERE} === '/staff'"))


def type_into(browser, selector, text):
    browser.click(selector)
    browser.call("Input.insertText", text=text)


def hand_in(browser, course, text):
    browser.open(f"{course.address}/assignments/rnn")
    type_into(browser, "#text", text)
    browser.click("#hand-in-form button")
    assert eventually(lambda: browser.run(f"{HERE}.startsWith('/submissions/')"))
    return browser.run(HERE).rpartition("/")[2]


def own_requests(browser, course):
    return [r for r in browser.requests if not r.startswith(course.address)] == []


def test_by_link_and_with_script_the_verdict_comes_by_itself(browser, course):
    """
    The code leaves the address; the verdict appears without a hand; nothing else is asked for.
    """
    sign_in(browser, course, "ada")
    assert course.codes["ada"] not in browser.run("location.href + document.body.innerHTML")
    public = hand_in(browser, course, WRONG)
    assert eventually(lambda: browser.run("document.querySelector('.verdict') !== null"), LONG_S)

    assert found(course, public).verdict == "WA"
    assert "WA" in browser.run("document.getElementById('state').textContent")
    assert browser.errors == []
    assert own_requests(browser, course)
    for width, theme in ((360, "light"), (1280, "dark")):
        for path in ("/", "/assignments/rnn", f"/submissions/{public}"):
            browser.open(course.address + path, width=width, theme=theme)
            assert browser.run(ROOM), path
            assert browser.run(CONTRAST)[0] >= 4.5, (path, browser.run(CONTRAST))
            assert browser.errors == []
    if PICTURE:
        browser.open(f"{course.address}/submissions/{public}", width=900, height=620)
        browser.picture(Path(PICTURE), whole=False)


def test_without_script_everything_can_be_done_by_keyboard(browser, course):
    """
    The code is typed, the program too; the page asks again by itself until there is a verdict.
    """
    browser.open(f"{course.address}/sign-in", script=False)
    type_into(browser, "#code", course.codes["bob"])
    browser.press("Enter")
    browser.wait_loaded()
    browser.open(f"{course.address}/assignments/rnn", script=False)
    type_into(browser, "#text", WRONG)
    browser.press("Tab")
    browser.press("Enter")
    browser.wait_loaded()

    assert eventually(lambda: set(course.verdicts().values()) <= {"WA"}, LONG_S)
    assert eventually(lambda: "WA" in text_of(browser), LONG_S)


def text_of(browser, selector="#state"):
    """
    What is said of the submission; nothing while another page is on its way, or has no such place.
    """
    try:
        root = browser.call("DOM.getDocument")["root"]["nodeId"]
        node = browser.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        return browser.call("DOM.getOuterHTML", nodeId=node)["outerHTML"]
    except AssertionError:
        return ""


def test_a_page_that_loses_its_stream_asks_instead(browser, course):
    """
    The web process is killed while the page waits; the verdict comes all the same.
    """
    sign_in(browser, course, "eve")
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGSTOP)
    public = hand_in(browser, course, WRONG)
    assert browser.run("document.querySelector('.verdict') === null")
    for pid in course.children("web.run"):
        os.kill(pid, signal.SIGKILL)
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGCONT)

    assert eventually(lambda: found(course, public).verdict == "WA", LONG_S)
    assert eventually(lambda: browser.run("document.querySelector('.verdict') !== null"), LONG_S)


def test_seven_pages_wait_and_the_eighth_still_opens(browser, course):
    """
    Streams take only some of a browser's connections, and end with the verdict.
    """
    sign_in(browser, course, "ada")
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGSTOP)
    public = hand_in(browser, course, WRONG + "\n# again\n")
    for _ in range(7):
        browser.run(f"void open('/submissions/{public}')")
        browser.run(f"void fetch('/submissions/{public}/events')")
    browser.open(f"{course.address}/assignments/rnn")
    assert browser.run(HERE) == "/assignments/rnn"
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGCONT)
    assert course.judged_all(LONG_S)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_each_group_appears_as_it_is_judged(browser, course, script):
    """
    In the reader's language, without a hand, for who is read to as well; then the report does.
    """
    sign_in(browser, course, "ada")
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGSTOP)
    public = hand_in(browser, course, WRONG + f"\n# {script}\n")
    browser.open(f"{course.address}/submissions/{public}", script=script)
    with Database(course.folder) as database:
        lease = queue.take(database, owner(), course.course.assignments, idle=True, last=False)
        for note, said in NOTES:
            queue.tell(database, [(lease, note)])
            assert eventually(lambda s=said: s[0] in text_of(browser), 30)
            assert said[1] in text_of(browser, "#so-far")
        queue.give_back(database, owner())
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGCONT)

    assert eventually(lambda: "WA" in text_of(browser), LONG_S)
    assert eventually(lambda: text_of(browser, "#so-far") == "", LONG_S)
    assert browser.errors == []


NOTES = (
    ('[["initialisation", "AC", 10]]', ("1 of 5 groups done, 10 points", "seeded initial weights")),
    ('[["initialisation", "AC", 10], ["forward", "WA", 0]]', ("共 5 组，已完成 2 组", "0/25")),
)


@pytest.mark.axe
def test_axe_finds_nothing(browser, course):
    """
    On the pages of students and of staff, as axe-core checks accessibility.
    """
    sign_in(browser, course, "prof")
    public = next(iter(course.verdicts()))
    paths = ["/staff", "/staff/roster", "/staff/students", "/staff/students/ada", "/staff/audit",
             "/staff/assignments/rnn", f"/staff/submissions/{public}", "/sign-in"]  # fmt: skip
    faults = {}
    for path in paths:
        browser.open(course.address + path)
        faults[path] = broken_rules(browser)
    sign_in(browser, course, "ada")
    for path in ("/", "/assignments/rnn", f"/submissions/{public}"):
        browser.open(course.address + path)
        faults[path] = broken_rules(browser)
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGSTOP)
    waiting = hand_in(browser, course, WRONG + "\n# for axe\n")
    with Database(course.folder) as database:
        lease = queue.take(database, owner(), course.course.assignments, idle=True, last=False)
        queue.tell(database, [(lease, NOTES[1][0])])
        browser.open(f"{course.address}/submissions/{waiting}")
        faults["waiting"] = broken_rules(browser)
        queue.give_back(database, owner())
    for pid in course.children("serve.judging"):
        os.kill(pid, signal.SIGCONT)

    assert {p: f for p, f in faults.items() if f} == {}


def broken_rules(browser):
    browser.run(f"{AXE.read_text()}; 0")
    return browser.run(
        "axe.run().then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | ')))"
    )
