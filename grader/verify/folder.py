"""The problem's own files: problem.yaml is sound, the driver covers it, the starter is a start."""

from grader import generate, oracle
from grader.declaration.uses import READABLE
from grader.errors import ProblemError
from grader.judge import Judge
from grader.model import Case, Group, Problem, Verdict
from grader.verify.findings import Check, Finding, error, warning

POINTS = 100


def check_yaml(problem: Problem) -> Check:
    """That points add up and nothing is declared in vain; loading has checked the rest."""
    findings: list[Finding] = []
    points = sum(g.max_score for g in problem.groups)
    if points != POINTS:
        findings.append(error(f"problem.yaml: the points add up to {points}, not {POINTS}"))
    draws = [d for g in problem.groups for d in g.draws]
    unused = [
        *(f"stratum {n}" for n in problem.strata if n not in {d.stratum for d in draws}),
        *(
            f"regime {n}"
            for n in problem.regimes
            if n not in {READABLE, *(d.regime for d in draws)}
        ),
    ]
    findings += [warning(f"problem.yaml: the {what} is not used") for what in unused]
    if READABLE not in problem.regimes:
        findings.append(warning(f"problem.yaml: no regime {READABLE}, for cases people can read"))
    findings += [
        error(f"problem.yaml: the group {g.name} has no cases")
        for g in problem.groups
        if not g.draws
    ]
    cases = sum(d.count for d in draws)
    summary = f"{len(problem.groups)} groups, {cases} cases, {points} points"
    return Check("problem.yaml", summary, tuple(findings), {"cases": cases, "points": points})


def check_driver(problem: Problem, bench: Judge) -> Check:
    """That each group's function returns exactly what the group observes."""
    findings: list[Finding] = []
    observed = 0
    for group in (*problem.groups, *problem.self_checks):
        play = getattr(oracle.driver(problem), group.name, None)
        if play is None:
            findings.append(error(f"driver.py: there is no function {group.name}"))
            continue
        case = _first_case(problem, group, bench)
        if case is not None:
            returned = set(play(oracle.reference(problem), case))
            declared = {q.name for q in group.observes}
            observed += len(declared)
            findings += [
                error(f"driver.py: {group.name} does not return {name}")
                for name in sorted(declared - returned)
            ]
            findings += [
                error(f"driver.py: {group.name} returns {name}, which is not under observes")
                for name in sorted(returned - declared)
            ]
    count = len(problem.groups) + len(problem.self_checks)
    summary = f"{count} functions return the {observed} quantities that are looked at"
    return Check("driver", summary, tuple(findings), {"quantities": observed})


def _first_case(problem: Problem, group: Group, bench: Judge) -> Case | None:
    scored = (c for c in bench.suite.cases if c.group == group.name)
    if group in problem.groups or READABLE not in problem.regimes:
        return next(scored, None)
    return next(
        generate.growing_cases(problem, group, READABLE, bench.seed, largest=2, most=2), None
    )


def check_starter(problem: Problem, bench: Judge) -> Check:
    """That the starter compiles and is judged as not implemented."""
    file = problem.root / "starter.py"
    try:
        source = file.read_bytes()
        compile(source, str(file), "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError) as problem_with_it:
        return Check("starter", "cannot be used", (error(f"starter.py: {problem_with_it}"),))
    report = bench.judge(source, file.name, search=False)
    said = report.message or next((g.message for g in report.groups if g.verdict), "")
    if report.verdict is Verdict.RTE and "NotImplementedError" in said:
        return Check("starter", f"compiles; {report.verdict} {said}")
    text = f"starter.py: {report.verdict} ({said}), it should be RTE with NotImplementedError"
    return Check("starter", str(report.verdict), (error(text),))


def suite_or_error(bench: Judge) -> Finding | None:
    """Return why the reference cannot play the suite, or None."""
    try:
        _ = bench.suite
    except ProblemError as failure:
        return error(str(failure))
    return None
