"""What people see: receipts, verdicts, what counts; less of it where the course says so."""

import html
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.model import Diagnosis, Verdict
from grader.serve import queue, submissions
from tests import needs
from tests.html import pages
from tests.serve.asgi import OWN
from tests.serve.conftest import SEED, hand_in, judge, soon

pytestmark = pytest.mark.serve
web = needs.imported("serve", "grader.serve.web.app")
CAUSE = Diagnosis("truncated-bptt", "The gradient never comes back.", "梯度没有传回。", line=2)


def seen(visitor, path):
    """
    The text of a page, which must be well formed.
    """
    answer = visitor.get(path)
    assert answer.status == 200, answer.text
    return pages.Page(answer.text).text


def test_from_an_empty_page_to_a_verdict(visitors):
    """
    Assignment, form, receipt with hash and server time, place in the queue, report, what counts.
    """
    course, database, known = visitors()
    ada = known["ada"]
    assert "rnn" in seen(ada, "/")
    assert "SimpleRNN" in seen(ada, "/assignments/rnn")

    public = hand_in(ada, "first = 1\nsecond = 2\n")
    hand_in(known["bob"])
    waits = seen(ada, f"/submissions/{public}")
    assert public in waits
    assert submissions.by_public(database, public).source in waits
    assert "In the queue: 0 before this one" in waits
    assert "CET" in waits or "CEST" in waits

    judge(course, database, pages.report(diagnosis=(CAUSE,)))
    page = ada.get(f"/submissions/{public}").text
    assert "The gradient never comes back." in page
    assert re.search(r'<mark>.*>2</span> second = 2 <span class="said-of">.*</mark>', page)
    assert "counts" in seen(ada, "/assignments/rnn")
    assert "WA" in seen(ada, "/")


FORMS = ("", "/report.html", "/report.json")  # of a report


def test_no_page_names_the_seed(visitors):
    """
    Neither a student's nor staff's, in no place of the report.
    """
    course, database, known = visitors()
    public = hand_in(known["ada"])
    judge(course, database, pages.report(seed=SEED, counterexample=pages.CASE))

    for visitor, path in (("ada", "/submissions"), ("prof", "/staff/submissions")):
        for form in FORMS:
            page = known[visitor].get(f"{path}/{public}{form}").text
            assert "outputs" in page
            assert str(SEED) not in page
            assert "--seed" not in page


FULL = pages.report(
    diagnosis=(CAUSE,), counterexample=pages.CASE, printed="what it printed", message="its words"
)


@pytest.mark.parametrize(
    ("feedback", "told", "not_told"),
    [
        ("full", ["WA", "never comes back", "should be 2", "what it printed", "wrong"], []),
        ("cause", ["WA", "never comes back", "forward"], ["should be 2", "what it printed"]),
        ("verdict", ["WA"], ["never comes back", "should be 2", "what it printed", "forward"]),
    ],
)
def test_no_more_is_told_than_the_course_says(visitors, feedback, told, not_told):
    """
    By any page of the student's; staff see everything.
    """
    course, database, known = visitors(feedback=feedback)
    public = hand_in(known["ada"], "x = 1\ny = 2\n")
    judge(course, database, FULL)
    for form in FORMS:
        mine = known["ada"].get(f"/submissions/{public}{form}").text
        theirs = known["prof"].get(f"/staff/submissions/{public}{form}").text

        assert [text for text in told if text not in mine] == []
        assert [text for text in not_told if text in mine] == []
        assert [text for text in (*told, *not_told) if text not in theirs] == []
        assert ("<mark>" in mine) == (feedback != "verdict" and form != FORMS[2])


def test_what_is_shown_after_the_due_time_is_hidden_before(visitors):
    """
    On the submission, in the list and on the first page; an earlier due time of one's own shows it.
    """
    course, database, known = visitors(shown="after_due")
    public = hand_in(known["ada"])
    judge(course, database, FULL)
    places = ("/", "/assignments/rnn", f"/submissions/{public}")

    for path in places:
        assert "WA" not in seen(known["ada"], path).split(), path
        assert "<strong>" not in known["ada"].get(path).text.partition('<h2 id="statement')[0]
    assert "shown after the due time" in seen(known["ada"], places[-1])
    saved = [f"{places[-1]}{form}" for form in FORMS[1:]]
    assert [known["ada"].get(path).status for path in saved] == [404, 404]
    assert [known["prof"].get(f"/staff{path}").status for path in saved] == [200, 200]
    submissions.extend(database, course.assignments["rnn"], "ada", soon(hours=-1))
    for path in (*places, *saved):
        assert "WA" in known["ada"].get(path).text


def test_what_is_over_has_no_form(visitors):
    """
    The page says so once, with the grace that there was, and so does an answer to an older form.
    """
    course, _, known = visitors()
    ended = replace(course.assignments["rnn"], due=soon(hours=-1), grace=timedelta(minutes=90))
    course.assignments["rnn"] = ended
    open_still = known["ada"].get("/assignments/rnn").text
    assert "hand-in-form" in open_still
    assert "up to 90 minutes later" in open_still

    course.assignments["rnn"] = replace(ended, grace=timedelta())
    over = known["ada"].get("/assignments/rnn")
    answer = known["ada"].post("/assignments/rnn", {"text": "x", "nonce": "n"})
    assert (over.status, answer.status) == (200, 409)
    for page in (over.text, answer.text):
        assert "hand-in-form" not in page
        assert page.count("Nothing is taken any more") == 1


def test_a_judge_error_is_not_the_students(visitors):
    """
    Its words are for staff; the student reads that it costs nothing.
    """
    course, database, known = visitors(attempts=1)
    public = hand_in(known["ada"])
    judge(course, database, pages.report(verdict=Verdict.JE, message="/secret/place broke"))
    mine = known["ada"].get(f"/submissions/{public}").text

    assert "/secret/place" not in mine
    assert "costs no attempt" in mine
    saved = [known["ada"].get(f"/submissions/{public}{form}").status for form in FORMS]
    assert saved == [200, 404, 404]
    assert "1 attempts left today" in seen(known["ada"], "/assignments/rnn")
    assert "JE" in known["prof"].get(f"/staff/submissions/{public}").text


def multipart(**files):
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode()
        + data + b"\r\n"
        for name, (file, data) in files.items()
    ]  # fmt: skip
    return [b"".join(parts) + b"--b--\r\n"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("solution.py", "solution.py"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\x\\\\y.py", "y.py"),
        ("", "solution.py"),
        ("\u202e", "solution.py"),
        ("<img src=x onerror=alert(1)>.py", "<img src=x onerror=alert(1)>.py"),
        ("a" * 300 + ".py", "a" * 80),
    ],
)
def test_a_file_is_kept_byte_for_byte_and_its_name_is_text(visitors, given, kept):
    """
    Whatever it is called; what is saved of it later has a name of ours.
    """
    _, database, known = visitors()
    data = b"\x00\xff\r\nx = 1\r"
    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    answer = known["ada"].ask(
        "POST", "/assignments/rnn", headers=headers, body=multipart(file=(given, data))
    )
    public = answer.headers["location"].rpartition("/")[2]
    found = submissions.by_public(database, public)
    saved = known["ada"].get(f"/submissions/{public}/source")

    assert found.name == kept
    assert saved.body == data
    assert saved.headers["content-disposition"] == 'attachment; filename="solution.py"'
    assert html.escape(kept) in known["ada"].get(f"/submissions/{public}").text


def test_nothing_too_much_too_long_and_too_often_are_told(visitors):
    """
    Each with its own words and code, and nothing is kept.
    """
    _, database, known = visitors(attempts=1)
    ada = known["ada"]
    assert ada.post("/assignments/rnn", {"text": " \n"}).status == 400
    large = ada.post("/assignments/rnn", {"text": "x" * (submissions.MOST_BYTES + 1)})
    assert (large.status, "At most 200 KiB" in large.text) == (413, True)
    assert database.db.execute("SELECT count(*) FROM submissions").fetchone()[0] == 0

    hand_in(ada)
    again = ada.post("/assignments/rnn", {"text": "y", "nonce": "m"})
    assert (again.status, again.headers["retry-after"]) == (429, "30")
    assert "no attempt left today" in again.text


def test_what_differs_from_the_attempt_before(visitors):
    """
    As text, whatever stands there; what is too long is not compared.
    """
    _, _, known = visitors()
    hand_in(known["ada"], "a\n<b>\n", "1")
    second = hand_in(known["ada"], "a\n<i>\n", "2")
    page = known["ada"].get(f"/submissions/{second}/difference").text
    third = hand_in(known["ada"], "x\n" * 5000, "3")

    assert "<del>-&lt;b&gt;</del>" in page
    assert "<ins>+&lt;i&gt;</ins>" in page
    assert "Too long" in known["ada"].get(f"/submissions/{third}/difference").text


def test_any_two_of_ones_own_are_compared(visitors):
    """
    The older first, whichever is asked for; with another's, with itself, with none: not found.
    """
    _, _, known = visitors()
    publics = [hand_in(known["ada"], f"version {n}\n", f"{n}") for n in range(3)]
    foreign = hand_in(known["bob"])
    first, _, last = publics
    pages_ = {
        (known[who].get(f"{start}/submissions/{a}/difference?with={b}")).text
        for who, start in (("ada", ""), ("prof", "/staff"))
        for a, b in ((first, last), (last, first))
    }
    for page in pages_:
        assert "<del>-version 0</del>" in page
        assert "<ins>+version 2</ins>" in page

    for other in (foreign, first, "none", "%00"):
        assert known["ada"].get(f"/submissions/{first}/difference?with={other}").status == 404
    assert known["ada"].get(f"/submissions/{foreign}/difference?with={first}").status == 404


def test_state_and_events_say_the_same_and_end_at_the_verdict(visitors):
    """
    A page that lost its stream asks; a stream of what is judged ends at once.
    """
    course, database, known = visitors()
    public = hand_in(known["ada"])
    waiting = known["ada"].get(f"/submissions/{public}/state").text
    assert '"done": false' in waiting
    queue.take(database, "judge", course.assignments, idle=True, last=False)
    assert "Being judged" in known["ada"].get(f"/submissions/{public}/state").text
    queue.give_back(database, "judge")
    judge(course, database)

    stream = known["ada"].get(f"/submissions/{public}/events")
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.text == f"data: {known['ada'].get(f'/submissions/{public}/state').text}\n\n"
    assert '"done": true' in stream.text


SO_FAR = (
    '[["forward", "AC", 25], ["backward", "WA", 0], ["training", null, 0],'
    ' ["of another version", "AC", 5]]'
)


@pytest.fixture
def half_judged(visitors):
    """
    A function from a course's settings to visitors, the id of a submission of which two groups are
    judged, and a function that judges the rest.
    """

    def make(**settings):
        course, database, known = visitors(**settings)
        public = hand_in(known["ada"])
        lease = queue.take(database, "judge", course.assignments, idle=True, last=False)
        queue.tell(database, [(lease, SO_FAR)])

        def rest():
            queue.give_back(database, "judge")
            judge(course, database)

        return known, public, rest

    return make


def test_each_group_is_shown_as_it_is_judged(half_judged):
    """
    In both languages, without script, by stream and by asking; the report then takes their place.
    """
    known, public, rest = half_judged()
    page = known["ada"].get(f"/submissions/{public}").text
    told = json.loads(known["ada"].get(f"/submissions/{public}/state").text)
    status = re.search(r'<p id="state" role="status"[^>]*>(.*?)</p>', page)[1]
    for words in (status, json.dumps(told["text"], ensure_ascii=False)):
        assert "3 of 5 groups done, 25 points so far" in words
        assert "已完成 3 组" in words
    assert [(g["verdict"], g["score"], g["max_score"]) for g in told["groups"]] == [
        ("AC", 25, 25), ("WA", 0, 40), (None, 0, 15)
    ]  # fmt: skip
    items = re.search(r'<ul id="so-far"[^>]*>(.*?)</ul>', page, re.DOTALL)[1]
    for group in told["groups"]:
        assert all(title in items for title in group["title"].values())
    assert "of another version" not in page
    theirs = known["prof"].get(f"/staff/submissions/{public}").text
    assert items in theirs

    rest()
    page = known["ada"].get(f"/submissions/{public}").text
    assert "so-far" not in page
    assert json.loads(known["ada"].get(f"/submissions/{public}/state").text)["groups"] == []


@pytest.mark.parametrize(
    "settings", [{"feedback": "cause"}, {"feedback": "verdict"}, {"shown": "after_due"}]
)
def test_no_group_is_shown_early_where_less_is_told(half_judged, settings):
    """
    Not on the page, not to who asks, not in the stream; staff see them.
    """
    known, public, rest = half_judged(**settings)
    page = known["ada"].get(f"/submissions/{public}").text
    told = json.loads(known["ada"].get(f"/submissions/{public}/state").text)

    assert "Being judged" in page
    assert "points so far" not in page
    assert re.search(r'<ul id="so-far"[^>]*>\s*</ul>', page)
    assert (told["groups"], told["text"]["en"]) == ([], "Being judged")
    assert "25 points so far" in known["prof"].get(f"/staff/submissions/{public}").text
    rest()


def test_hostile_words_are_text_on_every_page(visitors):
    """
    In a submission, in its name and in a report, for the student and for staff.
    """
    course, database, known = visitors()
    public = hand_in(known["ada"], pages.HOSTILE.replace("\ud800", ""))
    judge(course, database, replace(pages.hostile_report(), problem="simple_rnn"))
    for visitor, path in (
        ("ada", f"/submissions/{public}"),
        ("ada", "/assignments/rnn"),
        ("prof", f"/staff/submissions/{public}"),
        ("prof", "/staff/assignments/rnn"),
    ):
        page = pages.Page(known[visitor].get(path).text)
        assert [s.get("src") for s in page.all("script")] == ["/static/page.js", "/static/site.js"]
        assert not page.all("style", "img", "iframe", "object", "base")
        assert not [a for _, attrs in page.elements for a in attrs if a.startswith("on")]
        assert not [attrs for _, attrs in page.elements if "style" in attrs]


def test_staff_import_a_roster_after_a_look(visitors):
    """
    The look changes nothing; the import gives links to the new, whose codes work.
    """
    _, database, known = visitors()
    roster = "id,name,email\nada,Ada\neve,Ève,eve@x.org\n".encode("cp1252")
    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    before = list(database.db.iterdump())
    look = known["prof"].ask(
        "POST", "/staff/roster", headers=headers, body=multipart(file=("r.csv", roster))
    )
    assert list(database.db.iterdump()) == before
    kept = re.search(r'name="roster" value="([^"]+)"', look.text)[1]
    links = known["prof"].post("/staff/roster/import", {"roster": kept})

    (code,) = re.findall(r'"eve","eve@x.org","http://127.0.0.1:8000/sign-in#(\w+)"', links.text)
    assert known["nobody"].sign_in(code).get("/").status == 200
    assert "Ève" in seen(known["prof"], "/staff/students")
    assert known["bob"].get("/").status == 303
    for broken in ("", "not base64", "aWQ="):
        assert known["prof"].post("/staff/roster/import", {"roster": broken}).status == 400


def test_staff_see_a_student_with_a_banner_and_a_note(visitors):
    """
    Read only; and who looked is in the audit.
    """
    course, database, known = visitors()
    public = hand_in(known["ada"])
    judge(course, database)
    for path in ("/staff/students/ada", f"/staff/submissions/{public}"):
        assert "You see what ada sees" in seen(known["prof"], path)

    audit = seen(known["prof"], "/staff/audit")
    assert "looked at a student ada" in " ".join(audit.split())
    assert f"looked at a submission ada, {public}" in " ".join(audit.split())


def test_staff_extend_and_revoke(visitors):
    """
    Times are local; what is none is told.
    """
    _, database, known = visitors()
    prof = known["prof"]
    place = "/staff/students/ada/extension"
    assert prof.post(place, {"assignment": "rnn", "due": "2198-07-01 08:00"}).status == 303
    due = submissions.extension(database.db, "rnn", "ada")
    assert due.isoformat() == "2198-07-01T06:00:00+00:00"
    assert prof.post(place, {"assignment": "rnn", "due": "soon"}).status == 400
    assert "extended for you" in seen(known["ada"], "/")
    link = prof.post("/staff/students/ada/code").text
    assert re.search(r"http://127.0.0.1:8000/sign-in#\w{26}", link)
    assert known["ada"].get("/").status == 303


def test_staff_have_gradebook_class_and_backup(visitors):
    """
    The same points as `grader gradebook`; the copy is a whole database.
    """
    course, database, known = visitors()
    hand_in(known["ada"])
    judge(course, database, pages.report(diagnosis=(CAUSE,)))

    book = known["prof"].get("/staff/assignments/rnn/gradebook")
    assert '"ada",' in book.text
    assert "truncated-bptt" in seen(known["prof"], "/staff/assignments/rnn")
    copy = known["prof"].post("/staff/backup")
    assert copy.body.startswith(b"SQLite format 3\0")
    assert "1" in seen(known["prof"], "/staff")


def test_staff_rejudge_by_looking_first(visitors):
    """
    Begun, judged, looked at, applied; twice is once.
    """
    course, database, known = visitors()
    public = hand_in(known["ada"])
    judge(course, database)
    place = known["prof"].post("/staff/assignments/rnn/rejudge").headers["location"]
    assert known["prof"].post(f"{place}/apply").status == 409
    assert known["prof"].get("/staff/rejudges/" + "9" * 30).status == 404
    judge(course, database, pages.report(verdict=Verdict.AC, score=100))

    assert "AC 100" in seen(known["prof"], place)
    for _ in range(2):
        assert known["prof"].post(f"{place}/apply").status == 303
        assert submissions.by_public(database, public).verdict == "AC"
    assert "Applied at" in seen(known["prof"], place)


def test_a_full_disk_gives_no_receipt_and_loses_nothing(visitors, capsys):
    """
    What was handed in meanwhile is not there, and can be handed in by the same form later.
    """
    _, database, known = visitors()
    first = hand_in(known["ada"], nonce="1")
    (pages_now,) = database.db.execute("PRAGMA page_count").fetchone()
    database.db.execute(f"PRAGMA max_page_count = {pages_now}")
    text = "".join(chr(97 + n % 26) for n in range(150_000))
    refused = known["ada"].post("/assignments/rnn", {"text": text, "nonce": "2"})
    assert (refused.status, "location" in refused.headers) == (503, False)
    assert "the disk may be full" in capsys.readouterr().err
    assert [s.public for s in submissions.of_student(database, "rnn", "ada")] == [first]

    database.db.execute(f"PRAGMA max_page_count = {2**30}")
    second = hand_in(known["ada"], text, nonce="2")
    assert [s.public for s in submissions.of_student(database, "rnn", "ada")] == [second, first]
