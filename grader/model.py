"""Every type that passes between modules: frozen data, no behaviour beyond looking itself up."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
Array = NDArray[Any]
Sizes = Mapping[str, int]
FAULTY_LINE = "faulty-line"  # the id of a diagnosis that tells the line at fault
LANGUAGES = ("en", "zh")
Text = Mapping[str, str]  # language -> text
# What a student may be known by, the strongest first.
KINDS = ("moodle", "canvas", "ids", "emails", "names")


class Verdict(StrEnum):
    """What the judge says of a submission, a group or a case."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    MLE = "MLE"
    OLE = "OLE"
    RTE = "RTE"
    CE = "CE"
    JE = "JE"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named array with a symbolic shape, such as W_xh (H, I)."""

    name: str
    shape: tuple[str | int, ...]
    update_of: str | None = None  # the input whose update is this quantity's natural scale
    precision: str = "float64"  # what it is computed in: rounding, and so the bound, follow it
    agrees_with: str | None = None  # in a self-check: the quantity that this one should equal
    within: float = 0.0  # and how nearly, of the larger one's size

    def shape_in(self, sizes: Sizes) -> tuple[int, ...]:
        """Return the shape in numbers."""
        return tuple(sizes[n] if isinstance(n, str) else n for n in self.shape)


@dataclass(frozen=True, slots=True)
class Draw:
    """How many cases of one stratum of sizes and one regime of values a group gets."""

    stratum: str
    regime: str
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A test group: one function of the driver and the points it is worth."""

    name: str
    max_score: int
    title: Text
    inputs: tuple[Quantity, ...]
    observes: tuple[Quantity, ...]
    requires: tuple[str, ...]
    draws: tuple[Draw, ...]
    means: Mapping[str, Text] = field(default_factory=dict)  # how names begin, and what that means

    @property
    def symbols(self) -> set[str]:
        """Return the sizes that inputs and observed quantities are shaped by."""
        quantities = (*self.inputs, *self.observes)
        return {n for q in quantities for n in q.shape if isinstance(n, str)}

    def beginning(self, name: str) -> str:
        """Return the longest beginning of a quantity's name whose meaning is said, if any."""
        fit = (b for b in self.means if f"{name}_".startswith(f"{b}_"))
        return max(fit, key=len, default="")

    def positions(self, sizes: Sizes) -> dict[str, slice]:
        """Return where each observed quantity lies in arrays of all of them, flattened."""
        found, at = {}, 0
        for q in self.observes:
            size = math.prod(q.shape_in(sizes))
            found[q.name] = slice(at, at + size)
            at += size
        return found


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use; a case's limits are parts of the whole submission's."""

    cpu_s: float
    wall_s: float
    case_cpu_s: float
    case_wall_s: float
    memory_mib: int
    output_kib: int


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be done to say why one submission is wrong, beside its scored cases."""

    plays: int = 2500  # of other cases, on the submission
    candidates: int = 20000  # plays of known mistakes, held against what the submission gave
    changes: int = 8000  # of its own text, to find the line at fault
    tells_change: bool = False  # whether students are told the change too, not only the line


@dataclass(frozen=True, slots=True)
class Interface:
    """A name that a submission must define, and what the object it makes must have."""

    name: str
    arguments: tuple[int, ...] | None  # None: a plain function, nothing is constructed
    methods: tuple[str, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem folder, read and found consistent."""

    id: str
    root: Path
    name: Text
    packages: tuple[str, ...]
    limits: Limits
    interface: tuple[Interface, ...]
    sizes: Mapping[str, tuple[int, int]]
    strata: Mapping[str, Mapping[str, tuple[int, int] | str]]  # a name: equal to that size
    regimes: Mapping[str, Mapping[str, Mapping[str, Any]]]
    groups: tuple[Group, ...]
    effort: Effort = Effort()
    self_checks: tuple[Group, ...] = ()  # what can be checked at home, without a reference
    reported: tuple[str, ...] = ()  # the sizes that reports name, in their order
    steps: Mapping[str, Text] = field(default_factory=dict)  # sizes that count steps, in words
    regime_words: Mapping[str, Text] = field(default_factory=dict)  # of some: what values are like

    def group(self, name: str) -> Group:
        """Return the group or self-check of that name."""
        return next(g for g in (*self.groups, *self.self_checks) if g.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What one play of a group needs: sizes, inputs and the seed for numpy.random."""

    group: str
    sizes: Mapping[str, int]
    inputs: Mapping[str, Array]
    seed: int
    regime: str = ""
    reported: tuple[str, ...] = ()  # as in Problem

    @property
    def named_sizes(self) -> dict[str, int]:
        """Return the sizes that a report names, in their order."""
        return {n: self.sizes[n] for n in self.reported if n in self.sizes}


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What a case should give: for every quantity in turn, value and absolute bound, flattened."""

    value: FloatArray
    bound: FloatArray
    scale: FloatArray
    well_conditioned: bool = True  # whether every provable bound is narrow enough to be scored


@dataclass(frozen=True, slots=True, eq=False)
class Suite:
    """The scored cases of one run with their expected values, and a digest that names them."""

    problem: Problem
    seed: int
    cases: tuple[Case, ...]
    expected: tuple[Expected, ...]
    digest: str
    passed_over: tuple[int, ...] = ()  # for every case: how many of its stream were not fit


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a returned value does not count: what it was, in words of the worker."""

    kind: str  # "shape" or "type"
    found: str


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """What a submission returned in one case, not yet believed.

    values is float64, the observed quantities flattened one after the other, NaN where a
    quantity does not count; dtypes and faults are by quantity name.
    """

    values: FloatArray
    dtypes: Mapping[str, str]
    faults: Mapping[str, Fault]


class Place(NamedTuple):
    """Where a line of a submission stands: in the file, or in a cell of a notebook."""

    line: int
    cell: int | None = None  # its position among the code cells, from 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a notebook that is not taken: a cell, or a statement that sets what is needed."""

    place: Place
    why: str  # magic, no Python, statement
    what: str = ""  # Python's words, or the name


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported of a submission; of a notebook where each line stands in it."""

    text: bytes
    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    flaw: str = ""  # why there is nothing that can be imported

    def place(self, line: int) -> Place:
        """Return where a line of the text stands."""
        return self.places[line - 1] if 0 < line <= len(self.places) else Place(line)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """How one play ended. Without a verdict it ran to the end and made claims."""

    verdict: Verdict | None
    claims: Claims | None = None
    message: str = ""
    line: int | None = None  # the submission's own deepest line
    function: str = ""  # the submission's function that this line stands in
    frames: tuple[tuple[str, int], ...] = ()  # its functions and lines, the innermost first
    cell: int | None = None  # of a notebook, in which the line is counted

    @property
    def place(self) -> Place | None:
        """Return where the line stands, if it is known."""
        return Place(self.line, self.cell) if self.line else None


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What the sandbox saw of a submission: an outcome for every case that was played.

    outcomes: by the case's position. Without any, start says why nothing could be played.
    """

    outcomes: Mapping[int, Outcome]
    layers: tuple[str, ...]
    missing_layers: Mapping[str, str]
    printed: str
    cpu_s: float
    wall_s: float
    peak_mib: float
    start: Outcome | None = None  # the failure to import or to construct, if any


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first place where a quantity is not within the bound, or why it does not count."""

    quantity: str
    kind: str  # shape, type, value, nonfinite
    shape: tuple[int, ...]
    found: str = ""
    dtype: str = "float64"
    index: tuple[int, ...] = ()
    expected: float = 0.0
    actual: float = 0.0
    bound: float = 0.0
    scale: float = 0.0
    wrong: int = 0
    worst: float = 0.0  # the largest error of the quantity, over its natural scale


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest failing case that the search found; never a scored case."""

    group: str
    sizes: Mapping[str, int]
    inputs: Mapping[str, Any]  # nested lists
    seed: int
    expected: Mapping[str, Any]
    actual: Mapping[str, Any]
    first_difference: Mapping[str, Any] | None
    message: str
    message_zh: str = ""
    bounds: Mapping[str, Any] = field(default_factory=dict)  # allowed, for each number expected
    shapes: Mapping[str, Any] = field(default_factory=dict)  # of what is expected, in symbols
    dtypes: Mapping[str, str] = field(default_factory=dict)  # of the inputs
    steps: Mapping[str, Text] = field(default_factory=dict)  # sizes that count steps, in words


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group's verdict and points. A verdict of None means that the group was not judged."""

    name: str
    title: str = field(default="", kw_only=True)
    title_zh: str = field(default="", kw_only=True)
    verdict: Verdict | None
    score: int
    max_score: int
    message: str
    message_zh: str = field(default="", kw_only=True)
    cases: int = 0
    failed: int = 0
    line: int | None = None
    cell: int | None = None  # of a notebook, in which the line is counted


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a misconception leaves open, and how to read it off claims.

    estimate(solution, case, claims by name) gives candidates; case is of that group and regime,
    solution is what the submission would be without this mistake.
    """

    name: str  # by which a change is given it
    group: str
    regime: str
    estimate: Callable[[Any, Case, Mapping[str, Array]], Iterable[float]]
    default: float  # an example, with which the mistake shows


@dataclass(frozen=True, slots=True)
class Misconception:
    """One thing wrong: what takes the place of which pieces of the reference, and what to tell.

    problems/mistakes.py says how a change is called. The message may hold {value}, the parameter.
    """

    id: str
    message: Text
    changes: Mapping[str, Callable[..., Any]]
    parameter: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A mistake that the evidence proves.

    line: the submission's own that is at fault. more_lines: others that are told with it, of the
    same cell. excerpt: numbers and text of the lines around them.
    change: what mends it, as a diff; for the instructor, and if it is told for the student too.
    """

    id: str
    message: str
    message_zh: str = ""
    line: int | None = None
    excerpt: tuple[tuple[int, str], ...] = ()
    change: str = ""
    told: bool = False
    cell: int | None = None  # of a notebook, in which the lines are counted
    more_lines: tuple[int, ...] = ()

    @property
    def lines(self) -> tuple[int, ...]:
        """Return all lines that are told, the first of them first."""
        return (self.line, *self.more_lines) if self.line else ()


NOTHING_SAID: Text = {"en": "", "zh": ""}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found out beside the verdict, and in words what was not tried or failed."""

    smallest: Counterexample | None = None
    diagnosis: tuple[Diagnosis, ...] = ()
    undone: Text = field(default_factory=lambda: NOTHING_SAID)  # not tried any more
    left_out: tuple[Text, ...] = ()  # could not be found out, since something failed
    pending: bool = False  # the line at fault is still to be looked for


@dataclass(frozen=True, slots=True)
class Report:
    """All there is to say about a submission; every output format is a function of it."""

    problem: str
    submission: str
    seed: int
    verdict: Verdict
    score: int
    max_score: int
    message: str
    message_zh: str = field(default="", kw_only=True)
    groups: tuple[GroupResult, ...]
    diagnosis: tuple[Diagnosis, ...]
    counterexample: Counterexample | None
    isolation: tuple[str, ...]
    missing_isolation: Mapping[str, str]
    printed: str
    suite: Mapping[str, Any]
    versions: Mapping[str, str]
    usage: Mapping[str, float] = field(default_factory=dict)
    line: int | None = field(default=None, kw_only=True)  # where it could not be started
    cell: int | None = field(default=None, kw_only=True)  # of a notebook, in which that is counted
    # What could not be found out, and what of a notebook was not taken.
    left_out: tuple[Text, ...] = field(default=(), kw_only=True)
    undone: str = field(default="", kw_only=True)  # what was not tried any more, and why
    undone_zh: str = field(default="", kw_only=True)
    pending: bool = field(default=False, kw_only=True)  # as in an Explanation


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a student; an empty field: nothing of that kind."""

    moodle: tuple[str, ...] = ()  # number of a participant, in a name that Moodle wrote
    canvas: tuple[str, ...] = ()  # number of a user, in a name that Canvas wrote
    ids: tuple[str, ...] = ()  # the institution's: matriculation number, login
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    label: str = ""  # of no known kind
    doubt: str = ""  # why it could be more than one person
    called: str = ""  # the name on the roster, for people; nobody is compared by it
    language: str = ""  # one of LANGUAGES that a roster asks for

    def beside(self, other: "Identity") -> "Identity":
        """Return what both say of one student; the label is understood now."""
        pairs = ((getattr(self, kind), getattr(other, kind)) for kind in KINDS)
        moodle, canvas, ids, emails, names = (tuple(dict.fromkeys((*a, *b))) for a, b in pairs)
        called, language = self.called or other.called, self.language or other.language
        return Identity(moodle, canvas, ids, emails, names, called=called, language=language)

    def all(self) -> tuple[str, ...]:
        """Return everything that the student may be called."""
        return (self.called, *self.moodle, *self.canvas, *self.ids, *self.emails, *self.names)

    def doubtful(self, why: str) -> "Identity":
        """Return the identity without the names, which could be another's too."""
        return replace(self, names=(), label="", doubt=why)


NOBODY = Identity()


def shown_as(student: str, identity: Identity) -> str:
    """Return what to call a student before people: name and id, so that namesakes differ."""
    return f"{identity.called} ({student})" if identity.called not in ("", student) else student


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a student was judged once; regraded: the same file was judged again right after it."""

    judged_at: str
    verdict: Verdict
    score: int
    regraded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A student's present result; without a verdict there is none yet, and note may say why."""

    student: str
    name: str
    note: str
    verdict: Verdict | None
    score: int
    max_score: int
    judged_at: str
    attempts: int
    report: Mapping[str, Any]
    identity: Identity = NOBODY
    gone: bool = False  # of an earlier run, and not in the last one
    earlier: tuple[Attempt, ...] = ()  # at the same problem, in the order of time

    @property
    def shown(self) -> str:
        """Return what people are told: the name on the roster with the student's id, or the id."""
        return shown_as(self.student, self.identity)

    @property
    def diagnosis(self) -> tuple[str, ...]:
        """Return the names of the mistakes that were proved."""
        return tuple(d["id"] for d in self.report.get("diagnosis", ()))


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: how many cases were right, and words for the first that was not."""

    name: str
    title: str
    right: int
    played: int
    message: str
    inputs: Mapping[str, Any] = field(default_factory=dict)  # of that case, nested lists, if few
    seed: int | None = None  # of that case, where it has no inputs
    waits_for: str = ""  # the check that must be right before this one says anything
    unwritten: bool = False  # whether the first that was not right is not written yet

    @property
    def ok(self) -> bool:
        """Whether every case was right, and there was one."""
        return 0 < self.played == self.right
