"""What open pages are told of groups that are judged, as soon as the judge has noted them."""

import asyncio
import json

import pytest

from grader.serve import queue
from tests import needs
from tests.serve.conftest import judge
from tests.serve.test_queue import submit, take

pytestmark = pytest.mark.serve
watch = needs.imported("serve", "grader.serve.web.watch")
ONE, TWO = '[["initialisation", "AC", 10]]', '[["initialisation", "AC", 10], ["forward", "WA", 0]]'


def told(course, database, *, groups):
    """
    What a page hears from its opening to the verdict, while the judge notes two groups.
    """
    public = submit(course, database, "ada", "1")
    problem = course.assignments["rnn"].problem

    async def heard():
        seen = watch.Watch(course.folder)
        stream = seen.stream("ada", public, problem, groups=groups)
        events, lease = [await anext(stream)], take(course, database)
        page = asyncio.create_task(_listen(stream, events))
        for note in ("", ONE, ONE, TWO):
            queue.tell(database, [(lease, note)])
            await _look(seen, database)
        queue.give_back(database, "judge")
        judge(course, database)
        await _look(seen, database)
        await page
        return events

    return [json.loads(event.removeprefix("data: ")) for event in asyncio.run(heard())]


async def _listen(stream, events):
    async for event in stream:
        events.append(event)


async def _look(seen, database):
    """
    As it does now and then; then everybody has a turn to hear of it.
    """
    seen._tell(database)
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_page_hears_of_each_group_once(made):
    """
    In words for who is read to, and group by group; the verdict is the end.
    """
    events = told(*made(), groups=True)

    assert [event["done"] for event in events] == [False] * 4 + [True]
    assert [len(event["groups"]) for event in events] == [0, 0, 1, 2, 0]
    assert events[2]["text"]["en"] == "Being judged: 1 of 5 groups done, 10 points so far"
    assert events[3]["groups"][1] == {
        "title": {"en": "outputs of a sequence", "zh": "整个序列的输出"},
        "verdict": "WA",
        "score": 0,
        "max_score": 25,
    }


def test_a_page_that_is_told_no_groups_hears_nothing_meanwhile(made):
    """
    Not even that something has changed.
    """
    events = told(*made(), groups=False)

    assert [event["text"]["en"] for event in events] == [
        "In the queue: 0 before this one", "Being judged", "Judged"
    ]  # fmt: skip
    assert not any(event["groups"] for event in events)


def test_pages_that_wait_leave_room_for_others(made):
    """
    An account has a few streams, which end with the verdict; then there is room again.
    """
    course, database = made()
    public = submit(course, database, "ada", "1")
    problem = course.assignments["rnn"].problem

    async def crowded():
        seen = watch.Watch(course.folder)
        heard = [[] for _ in range(watch.MOST_STREAMS)]
        pages = [
            asyncio.create_task(_listen(seen.stream("ada", public, problem, groups=True), events))
            for events in heard
        ]
        await _look(seen, database)
        room = seen.has_room("ada"), seen.has_room("bob")
        judge(course, database)
        await _look(seen, database)
        await asyncio.gather(*pages)
        return room, seen.has_room("ada"), heard

    room, after, heard = asyncio.run(crowded())
    assert (room, after) == ((False, True), True)
    assert all('"done": true' in events[-1] for events in heard)
