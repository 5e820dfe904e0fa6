"""Who handed in, as the root of an export from Gradescope says: submission_metadata.yml.

Gradescope's file holds what submissions printed, too. So it is split at its outermost keys, which
no text in it can forge, since whatever lies deeper is indented; each part is read as events,
without aliases, and costs nobody but its own submission where it is broken.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from grader.course.find.platforms import readable
from grader.course.identity import of_table
from grader.model import Identity

METADATA = "submission_metadata.yml"
FOLDER = re.compile(r"submission_[0-9]+")
MOST_METADATA = 256 * 2**20  # with everything that every submission printed
MOST_PART = 16 * 2**20
FIELDS = (":sid", ":email", ":name")
IDENTITY = 500  # characters that a name may have
TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
RESOLVER = yaml.resolver.Resolver()
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Submitters(NamedTuple):
    """Who handed in one submission; flaw says why that cannot be read."""

    who: tuple[tuple[str, Identity], ...]  # what results call them, and what is known of them
    flaw: str = ""


def is_export(folders: Sequence[str], files: Sequence[str]) -> bool:
    """Return whether these stand at the root of an export."""
    return METADATA in files and bool(folders) and all(map(FOLDER.fullmatch, folders))


def submitters(data: bytes) -> dict[str, Submitters]:
    """Return folder -> who handed it in. What is too large or no text is nobody."""
    if len(data) > MOST_METADATA:
        return {}
    text = data.decode("utf-8-sig", "replace")
    parts: dict[str, list[str]] = {}
    for part in re.split(r"^(?=submission_[0-9]+:)", text, flags=re.MULTILINE):
        folder, colon, _ = part.partition(":")
        if colon and FOLDER.fullmatch(folder):
            parts.setdefault(folder, []).append(part)
    return {folder: _read(folder, found) for folder, found in parts.items()}


def _read(folder: str, parts: Sequence[str]) -> Submitters:
    if len(parts) > 1:
        return Submitters((), f"{folder} stands in {METADATA} more than once")
    if len(parts[0]) > MOST_PART:
        return Submitters((), f"its part of {METADATA} is too large")
    try:
        people = list(_people(_plain(yaml.parse(parts[0], Loader=LOADER))))
    except (yaml.YAMLError, ValueError) as error:
        why = " ".join(str(error).split())[:200]
        return Submitters((), f"its part of {METADATA} cannot be read ({why})")
    who = tuple(found for about in people if (found := _submitter(about)))
    if len(who) < max(1, len(people)):
        return Submitters((), f"its part of {METADATA} does not say who handed in")
    return Submitters(who)


def _submitter(about: dict[str, str]) -> tuple[str, Identity] | None:
    fields = {name: readable(about.get(name, "")[:IDENTITY].strip()) for name in FIELDS}
    label = next((text for text in fields.values() if text), "")
    known = of_table(ids=[fields[":sid"]], emails=[fields[":email"]], names=[fields[":name"]])
    return (label, known) if label else None


def _people(events: Iterator[Event]) -> Iterator[dict[str, str]]:
    """Yield the mappings in `submission_N: {:submitters: [...]}`; all else is passed over."""
    next(event for event in events if isinstance(event, MappingStartEvent))
    for _ in _keys(events):
        first = next(events)
        if not isinstance(first, MappingStartEvent):
            _skip(events, first)
            continue
        for name in _keys(events):
            first = next(events)
            if name == ":submitters" and isinstance(first, SequenceStartEvent):
                yield from _list(events)
            else:
                _skip(events, first)


def _plain(events: Iterator[Event]) -> Iterator[Event]:
    """Yield the events; ValueError for what refers to another place."""
    for event in events:
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise ValueError("it has an alias")
        yield event


def _keys(events: Iterator[Event]) -> Iterator[str]:
    """Yield the keys of a mapping that has begun; who asks for the next has read the value."""
    for event in events:
        if isinstance(event, MappingEndEvent):
            return
        if not isinstance(event, ScalarEvent):
            raise ValueError("a key is no text")  # noqa: TRY004  # of a file, not of a caller
        yield event.value


def _list(events: Iterator[Event]) -> Iterator[dict[str, str]]:
    for event in events:
        if isinstance(event, SequenceEndEvent):
            return
        if isinstance(event, MappingStartEvent):
            yield _person(events)
        else:
            _skip(events, event)
            yield {}


def _person(events: Iterator[Event]) -> dict[str, str]:
    """Return the texts and numbers of a mapping."""
    about = {}
    for name in _keys(events):
        first = next(events)
        if isinstance(first, ScalarEvent) and _is_text(first):
            about[name] = first.value
        else:
            _skip(events, first)
    return about


def _skip(events: Iterator[Event], first: Event) -> None:
    """Pass over the rest of a value."""
    depth = int(isinstance(first, CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)


def _is_text(event: ScalarEvent) -> bool:
    resolve: Callable[..., str] = RESOLVER.resolve
    return (event.tag or resolve(yaml.ScalarNode, event.value, event.implicit)) in TEXT
