"""The problem's own files: problem.yaml is sound, the driver covers it, the starter is a start."""

import ast

from grader import layout
from grader.cases import generate
from grader.home.check import check as check_at_home
from grader.judge.judge import Judge
from grader.model import Case, Group, Problem, Report, Verdict
from grader.oracle import load
from grader.problems.load import line_of
from grader.problems.node import nearest
from grader.problems.uses import READABLE
from grader.setting.verify.findings import Check, Finding, error, warning
from grader.setting.verify.stumbles import misfits_of

POINTS = 100
MOST_USED = 0.5  # of a limit, which the reference may use


def check_yaml(problem: Problem) -> Check:
    """That points add up; loading has checked the rest."""
    findings: list[Finding] = []
    points = sum(g.max_score for g in problem.groups)
    if points != POINTS:
        place = line_of(problem, "groups")
        findings.append(error(f"{place}: the points add up to {points}, make it {POINTS}"))
    if READABLE not in problem.regimes:
        place = line_of(problem, "regimes")
        findings.append(warning(f"{place}: no regime {READABLE}, for cases people can read"))
    cases = sum(d.count for g in problem.groups for d in g.draws)
    summary = f"{len(problem.groups)} groups, {cases} cases, {points} points"
    return Check("problem.yaml", summary, tuple(findings), {"cases": cases, "points": points})


def check_functions(problem: Problem) -> Check:
    """That the driver has a function for each group and self-check."""
    functions = [n for n, v in vars(load.driver(problem)).items() if callable(v)]
    kinds = {"groups": problem.groups, "self_checks": problem.self_checks}
    findings = [
        error(
            f"{line_of(problem, kind, group.name)}: driver.py has no function {group.name}"
            f"{nearest(group.name, functions)}"
        )
        for kind, groups in kinds.items()
        for group in groups
        if group.name not in functions
    ]
    count = sum(map(len, kinds.values()))
    return Check("functions", f"driver.py has all {count} functions", tuple(findings))


def check_driver(problem: Problem, bench: Judge) -> Check:
    """That each function returns exactly what its group observes, and leaves its case alone."""
    findings: list[Finding] = []
    observed = 0
    for kind, groups in (("groups", problem.groups), ("self_checks", problem.self_checks)):
        for group in groups:
            case = _first_case(problem, group, bench)
            observed += len(group.observes)
            if case is not None:
                place = line_of(problem, kind, group.name, "observes")
                findings += [error(f"{place}: {said}") for said in misfits_of(problem, group, case)]
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
    """That the starter compiles, has every name that is asked for, and is not implemented."""
    file = problem.root / "starter.py"
    try:
        source = file.read_bytes()
        tree = ast.parse(source, str(file))
        compile(source, str(file), "exec", dont_inherit=True)
    except SyntaxError as failure:
        text = f"starter.py:{failure.lineno}: cannot be compiled: {failure.msg}: mend that line"
        return Check("starter", "cannot be used", (error(text),))
    except (OSError, ValueError) as failure:
        return Check("starter", "cannot be used", (error(f"starter.py: {failure}"),))
    defined = [n.name for n in tree.body if isinstance(n, ast.ClassDef | ast.FunctionDef)]
    findings = [
        error(f"{line_of(problem, 'interface', i.name)}: starter.py has no {i.name}{hint}")
        for i in problem.interface
        if i.name not in defined
        for hint in [nearest(i.name, defined)]
    ]
    report = bench.judge(source, file.name, search=False)
    if report.verdict is not Verdict.RTE or "NotImplementedError" not in _said(report):
        text = f"starter.py: {report.verdict} ({_said(report)})"
        findings.append(error(f"{text}, it should raise NotImplementedError"))
    summary = f"compiles; {report.verdict} {_said(report)}"
    return Check("starter", summary, tuple(findings))


def check_reference(problem: Problem, bench: Judge) -> Check:
    """That the reference, handed in as a file, gets every point and is right at home."""
    source = (layout.answers(problem.root) / f"{problem.id}.py").read_bytes()
    report = bench.judge(source, "reference.py", search=False)
    findings: list[Finding] = []
    if report.verdict is not Verdict.AC:
        text = f"the reference, handed in, is judged {report.verdict}: {_said(report)}"
        findings.append(error(f"{text} ({_advice(problem, report.verdict)})"))
    used = report.usage["cpu_s"] / problem.limits.cpu_s
    if used > MOST_USED:
        place = line_of(problem, "limits", "cpu_s")
        findings.append(error(f"{place}: the reference alone uses {used:.0%} of it: raise it"))
    start, found, *_ = check_at_home(problem, bench.sandbox, source)
    findings += [error(f"`grader check` of the reference: {start}")] if start else []
    findings += [
        error(f"`grader check` of the reference: {f.name} is wrong: {f.message}")
        for f in found
        if f.played and not f.ok  # what has no samples is told with them
    ]
    summary = f"gets every point and passes {len(found)} checks at home"
    return Check("reference", summary, tuple(findings), {"of_cpu_s": used})


def _advice(problem: Problem, verdict: Verdict) -> str:
    if verdict in (Verdict.TLE, Verdict.MLE, Verdict.OLE):
        return f"raise the limits, {line_of(problem, 'limits')}"
    if verdict is Verdict.WA:
        return "the same case must give the same numbers: look for what is not seeded, or is kept"
    return "mend reference, driver or interface"


def _said(report: Report) -> str:
    return report.message or next((g.message for g in report.groups if g.verdict != "AC"), "")
