"""Everything the judge says of a submission, in every language; one sentence, one line of a table.

What Python or the submission said is no phrase: it is put in as it is.
"""

import re
from collections.abc import Callable, Mapping

from grader.model import LANGUAGES, Text, Verdict

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.AC: {"en": "accepted", "zh": "通过"},
    Verdict.WA: {"en": "wrong answer", "zh": "答案错误"},
    Verdict.TLE: {"en": "time limit exceeded", "zh": "超出时间限制"},
    Verdict.MLE: {"en": "memory limit exceeded", "zh": "超出内存限制"},
    Verdict.OLE: {"en": "output limit exceeded", "zh": "超出输出限制"},
    Verdict.RTE: {"en": "run-time error", "zh": "运行时错误"},
    Verdict.CE: {
        "en": "cannot be compiled or imported, or lacks the interface",
        "zh": "无法编译或导入，或缺少规定的接口",
    },
    Verdict.JE: {"en": "judge error (not your fault)", "zh": "评测器出错（不是你的错）"},
}

SENTENCES: Mapping[str, Text] = {
    # of a group
    "all right": {"en": "all {cases} cases are right", "zh": "{cases} 个测例全部正确"},
    "some wrong": {
        "en": "{said} ({wrong} of {cases} cases are wrong)",
        "zh": "{said}（{cases} 个测例中有 {wrong} 个出错）",
    },
    "not judged": {"en": "not judged", "zh": "未评测"},
    "not started": {
        "en": "not judged, because the submission could not be started",
        "zh": "未评测，因为程序无法启动",
    },
    "not reached": {
        "en": "not judged, because the submission ended before it",
        "zh": "未评测，因为程序在此之前就结束了",
    },
    "another fails": {
        "en": "not judged, because {group} fails; mend that first",
        "zh": "未评测，因为 {group} 没有通过；请先改正它",
    },
    # of a report as text
    "points": {"en": ", {score} of {most} points", "zh": "，{score} 分，满分 {most} 分"},
    "smallest": {
        "en": "Smallest failing case found for {group}: {said}",
        "zh": "{group} 中找到的最小出错用例：{said}",
    },
    "inputs zero": {
        "en": "{shown}; the {n} other inputs are all zero",
        "zh": "{shown}；其余 {n} 个输入全为零",
    },
    "all zero": {"en": "all {n} inputs are zero", "zh": "全部 {n} 个输入都为零"},
    "expected": {"en": "{name}, expected: {values}", "zh": "{name}，期望：{values}"},
    "yours": {"en": "{name}, yours: {values}", "zh": "{name}，你的：{values}"},
    "where": {"en": "Where", "zh": "出错的位置"},
    "likely cause": {"en": "Likely cause", "zh": "可能的原因"},
    "diagnosed": {"en": "{label} ({id}): {said}", "zh": "{label}（{id}）：{said}"},
    "printed": {"en": "Printed: {first}", "zh": "打印了：{first}"},
    "printed lines": {
        "en": "Printed: {first} ... ({lines} lines)",
        "zh": "打印了：{first} ……（共 {lines} 行）",
    },
    "shortened": {
        "en": "... (--format json has all of it)",
        "zh": "……（--format json 有完整内容）",
    },
    "not in force": {"en": "Not in force here: {layers}.", "zh": "此处未生效：{layers}。"},
    "judged by": {
        "en": "{problem}, seed {seed}, suite {digest}",
        "zh": "{problem}，种子 {seed}，用例 {digest}",
    },
    # of a report that lacks a part
    "no search": {
        "en": "The search for a smallest case failed ({why}); the verdict does not depend on it.",
        "zh": "查找最小出错用例时出错（{why}）；这不影响结论。",
    },
    "no diagnosis": {
        "en": "The search for the mistake failed ({why}); the verdict does not depend on it.",
        "zh": "查找错误原因时出错（{why}）；这不影响结论。",
    },
    # of a value
    "of type": {
        "en": "{name} should be an array of numbers of shape {shape}; got {found}{where}",
        "zh": "{name} 应为形状 {shape} 的数值数组，得到的是 {found}{where}",
    },
    "of shape": {
        "en": "{name} has the shape {found}, it should be {shape}{where}",
        "zh": "{name} 的形状是 {found}，应为 {shape}{where}",
    },
    "nothing returned": {
        "en": "{said}: is a `return` missing?",
        "zh": "{said}：是否漏写了 return？",
    },
    "number for an array": {
        "en": "{said}: it is a single number; was it summed over too much?",
        "zh": "{said}：它只是一个数；是否求和过多？",
    },
    "axis of 1 missing": {
        "en": "{said}: the axis of length 1 is missing; x[..., None] or reshape adds it",
        "zh": "{said}：缺少长度为 1 的轴；可用 x[..., None] 或 reshape 补上",
    },
    "axis of 1 elsewhere": {
        "en": "{said}: the axis of length 1 is in another place; is it a row and no column?",
        "zh": "{said}：长度为 1 的轴位置不对；是否把列向量写成了行向量？",
    },
    "axis of 1 too many": {
        "en": "{said}: there is an axis of length 1 too many; reshape or squeeze removes it",
        "zh": "{said}：多了一个长度为 1 的轴；可用 reshape 或 squeeze 去掉",
    },
    "one place of the first axis": {
        "en": "{said}: one of {steps} along the first axis; return all of them, not the last alone",
        "zh": "{said}：第一个轴上只有 {steps} 个中的 1 个；应返回全部，而不只是最后一个",
    },
    "transposed": {
        "en": "{said}: its axes are the other way round; transpose it",
        "zh": "{said}：轴的顺序颠倒了；请转置",
    },
    "two axes swapped": {
        "en": "{said}: two axes are swapped; was one taken for the other, as steps for samples?",
        "zh": "{said}：有两个轴互换了；是否弄混了，例如把时间步当成样本？",
    },
    "column and row combined": {
        "en": "{said}: a column (n, 1) and a flat array (n,) were combined, which gives (n, n)",
        "zh": "{said}：列向量 (n, 1) 与一维数组 (n,) 运算会广播成 (n, n)",
    },
    "flattened": {
        "en": "{said}: the values are in one line; reshape them",
        "zh": "{said}：所有值排成了一维；请 reshape",
    },
    "one too many": {
        "en": "{said}: one too many along the first axis; is the initial state among them?",
        "zh": "{said}：第一个轴上多了一个；是否包含了初始状态？",
    },
    "one too many at last": {
        "en": "{said}: one too many along the last axis; is the initial state among them?",
        "zh": "{said}：最后一个轴上多了一个；是否包含了初始状态？",
    },
    "one too few": {
        "en": "{said}: one too few along the first axis; is the first or the last left out?",
        "zh": "{said}：第一个轴上少了一个；是否漏掉了第一个或最后一个？",
    },
    "another size": {
        "en": "{said}: one axis has the length of {size}, where another size is meant",
        "zh": "{said}：有一个轴的长度是 {size} 的大小，而应当是另一个",
    },
    "differs": {
        "en": "{place} should be {expected}, it is {actual}",
        "zh": "{place} 应为 {expected}，实际为 {actual}",
    },
    "is not finite": {
        "en": "{said}: not a finite number{where}",
        "zh": "{said}：不是有限的数{where}",
    },
    "holds not finite": {
        "en": "{said}, and {name} holds values that are not finite{where}",
        "zh": "{said}，且 {name} 中含有非有限的数{where}",
    },
    "off by": {
        "en": "{said}; off by {off}, allowed {bound}",
        "zh": "{said}；相差 {off}，允许 {bound}",
    },
    "values differ": {
        "en": "{said}; {wrong} of {size} values differ",
        "zh": "{said}；{size} 个值中有 {wrong} 个不同",
    },
    "in precision": {"en": "{said}; {hint}", "zh": "{said}；{hint}"},
    "narrow": {
        "en": "computed in {dtype}, use float64",
        "zh": "以 {dtype} 精度计算，请使用 float64",
    },
    "inexact": {
        "en": "the idea may be right but is inexact: at most {worst} of its size off",
        "zh": "思路可能正确但不精确：偏差最大为其大小的 {worst}",
    },
    "at sizes": {"en": " ({sizes})", "zh": "（{sizes}）"},
    # of a play that did not run to its end
    "in function": {"en": " in {function}", "zh": "，在 {function} 中"},
    "at place": {"en": ", {place}", "zh": "，{place}"},
    "line": {"en": "line {line}", "zh": "第 {line} 行"},
    "lines": {"en": "lines {line}", "zh": "第 {line} 行"},
    "lines of cell": {"en": "cell {cell}, lines {line}", "zh": "第 {cell} 个单元格第 {line} 行"},
    "line of cell": {"en": "cell {cell}, line {line}", "zh": "第 {cell} 个单元格第 {line} 行"},
    "out of TLE": {"en": "out of time", "zh": "超时"},
    "out of MLE": {"en": "out of memory", "zh": "内存不足"},
    "out of OLE": {"en": "too much output", "zh": "输出过多"},
    "with reason": {"en": "{said}: {why}", "zh": "{said}：{why}"},
    "packages": {
        "en": "{said}; allowed are the standard library and the packages of the statement",
        "zh": "{said}；只允许使用标准库和题面列出的包",
    },
    # of what is checked at home
    "samples of": {"en": "samples: {title}", "zh": "公开样例：{title}"},
    "no sample": {"en": "there is no sample of it", "zh": "没有公开样例"},
    "unwritten": {
        "en": "{function} is not written yet (NotImplementedError)",
        "zh": "{function} 还没有写（NotImplementedError）",
    },
    "not yet": {
        "en": "not tried yet, because {group} is not right",
        "zh": "尚未尝试，因为 {group} 还不正确",
    },
    "own differs": {
        "en": "{one} is {value}, {other} is {others}{where}",
        "zh": "{one} 为 {value}，{other} 为 {others}{where}",
    },
    "own not finite": {
        "en": "{other} is {others}, so it says nothing of {one}: look at {groups} first{where}",
        "zh": "{other} 为 {others}，无法据此检查 {one}：请先看 {groups}{where}",
    },
    "by this Python": {
        "en": "{said} (it is run by Python {version})",
        "zh": "{said}（由 Python {version} 运行）",
    },
    "pasted prompt": {
        "en": "{said}: there is >>> at the start of a line, pasted from a console; remove it",
        "zh": "{said}：行首有从控制台粘贴来的 >>>；请删去",
    },
    "pasted fence": {
        "en": "{said}: there is ``` around the program, pasted from a chat or a page; remove it",
        "zh": "{said}：程序前后有从聊天或网页粘贴来的 ```；请删去",
    },
    "pasted quotes": {
        "en": "{said}: there are curly quotes, pasted from a text; Python knows ' and \" only",
        "zh": "{said}：有从文档粘贴来的弯引号；Python 只认 ' 和 \"",
    },
    "pasted fullwidth": {
        "en": "{said}: there is full-width punctuation; Python knows ( ) , : ; = only",
        "zh": "{said}：有全角标点；Python 只认半角的 ( ) , : ; =",
    },
    "pasted space": {
        "en": "{said}: there are spaces of another kind, pasted from a page; type them anew",
        "zh": "{said}：有从网页粘贴来的特殊空格；请重新输入",
    },
    "mark ok": {"en": "ok   ", "zh": "正确 "},
    "mark wrong": {"en": "wrong", "zh": "错误 "},
    "mark unwritten": {"en": "todo ", "zh": "待写 "},
    "mark waits": {"en": "--   ", "zh": "未试 "},
    "of cases": {"en": "{right:>3} of {played:<3}", "zh": "{right:>3} / {played:<3}"},
    "with inputs": {"en": "with {inputs}", "zh": "输入：{inputs}"},
    "cannot start": {"en": "cannot be started: ", "zh": "无法启动："},
    "your program printed": {"en": "Your program printed:", "zh": "你的程序打印了："},
    "lines in all": {"en": "... ({lines} lines in all)", "zh": "……（共 {lines} 行）"},
    "checks right": {
        "en": "{good} of {all} checks are right. They are public and small; grading has\n"
        "hidden cases: longer sequences, larger sizes and values, other seeds.",
        "zh": "{all} 项自查中有 {good} 项正确。自查只用公开的小用例；正式评分另有隐藏用例：\n"
        "更长的序列、更大的规模与数值、其他种子。",
    },
    "not shut in": {
        "en": "(It ran as a plain process without isolation: for your own code only.)",
        "zh": "（程序以普通进程运行，没有隔离：只适合运行自己的代码。）",
    },
    "since last": {"en": "Since the last save: {changes}", "zh": "与上次保存相比：{changes}"},
    "right now": {"en": "{name} is right now", "zh": "{name} 现在正确了"},
    "wrong now": {"en": "{name} is wrong now", "zh": "{name} 现在出错了"},
    "more right": {
        "en": "{name}: {before} -> {after} right",
        "zh": "{name}：正确 {before} → {after}",
    },
    "nothing changed": {"en": "nothing changed", "zh": "没有变化"},
    # of what of a notebook is not taken
    "left no Python": {
        "en": "Not taken of the notebook: {place}, a cell that is no Python ({what}).",
        "zh": "笔记本中未取用：{place}，该单元格不是合法的 Python（{what}）。",
    },
    "left statement": {
        "en": "Not taken of the notebook: {place}, which sets {what}: only imports, functions, "
        "classes and assignments are taken.",
        "zh": "笔记本中未取用：{place}，该处设置了 {what}：只取用 import、函数、类和赋值语句。",
    },
    "left magic": {
        "en": "Not taken of the notebook: {place}, a cell that is handed to a %% command.",
        "zh": "笔记本中未取用：{place}，该单元格整个交给了 %% 命令。",
    },
    "left more": {
        "en": "Not taken of the notebook: {n} more such places.",
        "zh": "笔记本中另有 {n} 处未取用。",
    },
    # of what the budget did not allow
    "undone mistake": {
        "en": "Not every known mistake was tried: {why}.",
        "zh": "未能逐一尝试所有已知错误：{why}。",
    },
    "undone line": {
        "en": "The search for the line at fault was ended: {why}.",
        "zh": "寻找出错行的过程提前结束：{why}。",
    },
    "undone smallest": {
        "en": "The search for a smaller failing case was ended: {why}.",
        "zh": "寻找更小出错用例的过程提前结束：{why}。",
    },
    "used up plays": {
        "en": "the {n} plays that the problem allows for this are used up",
        "zh": "题目为此允许的 {n} 次运行已用完",
    },
    "used up candidates": {
        "en": "the {n} candidates that the problem allows for this are used up",
        "zh": "题目为此允许的 {n} 次比对已用完",
    },
    "used up changes": {
        "en": "the {n} changes that the problem allows for this are used up",
        "zh": "题目为此允许的 {n} 处改动已用完",
    },
    "used up time": {
        "en": "the {n:g} s of processor time for this are used up",
        "zh": "为此允许的 {n:g} 秒处理器时间已用完",
    },
    "kept": {
        "en": "A case that is wrong here is right when it is the first one in a fresh process. "
        "Look for what outlives a model or a call: a global, a class attribute, a default argument "
        "or a cache; or for memory that is never filled (np.empty), or random numbers.",
        "zh": "这里出错的用例，作为新进程中的第一个来运行时结果正确。"
        "请查找在模型或调用之后仍保留的内容：全局变量、类属性、默认参数或缓存；也可能是从未填充的内存（np.empty）或随机数。",
    },
    "pending": {
        "en": "The line at fault is still being looked for.",
        "zh": "仍在寻找出错的行。",
    },
    "stands": {"en": "Verdict and points stand.", "zh": "结论与得分不受影响。"},
    "too large": {"en": "the file is larger than {size} MiB", "zh": "文件大于 {size} MiB"},
}

# What the sandbox and the reader of files say, in English only; {} is what changes.
RELAYED: Mapping[str, str] = {
    "more than {} s of processor time": "处理器时间超过 {} 秒",
    "more than {} s of processor time for all cases": "所有测例的处理器时间合计超过 {} 秒",
    "no answer within {} s": "{} 秒内没有回应",
    "no end within {} s for all cases": "所有测例在 {} 秒内没有结束",
    "more than {} MiB were printed": "打印超过 {} MiB",
    "too much was printed": "打印过多",
    "more than {} MiB were used": "使用内存超过 {} MiB",
    "the process meddled with the judge's channel": "进程干扰了评测器的通信通道",
    "the process was ended with exit code {}": "进程以退出码 {} 结束",
    "the process was ended by the signal {}": "进程被信号 {} 终止",
    "there is no {} in the file": "文件中没有 {}",
    "there is no {} in the file; rename {}": "文件中没有 {}；请把 {} 改成这个名字",
    "{} is a {}, which cannot be called": "{} 是 {}，不能调用",
    "an object made by {} has no {}; rename {}": "{} 创建的对象没有 {}；请把 {} 改成这个名字",
    "an object made by {} has no {}": "{} 创建的对象没有 {}",
    "{} of {} cannot be called": "{}（属于 {}）不能调用",
    "{} that is no array ({})": "{}，无法转换为数组（{}）",
    "{} of objects (dtype object)": "元素为对象的 {}（dtype object）",
    "None, no gradient reached it": "None，没有梯度到达它",
    "missing, since a second call with the same x gave another result": (
        "空缺，因为对同一个 x 再次调用得到了不同的结果"
    ),
    "{} of dtype {}": "dtype 为 {1} 的 {0}",
    "the notebook is larger than {} MiB; clear its outputs": (
        "笔记本大于 {} MiB；请清除其中的输出"
    ),
    "the notebook cannot be read ({})": "笔记本无法读取（{}）",
    "the notebook has more than {} code cells or {} KiB of code": (
        "笔记本的代码单元格多于 {} 个，或代码超过 {} KiB"
    ),
    "{} is a symbolic link; name the file itself": "{} 是符号链接；请提交文件本身",
    "{} is not an ordinary file": "{} 不是普通文件",
    "{} cannot be read: {}": "{} 无法读取：{}",
    # why a member of a class has no verdict
    "no {} in it; it is empty": "其中没有 {}，是空的",
    "no {} in it; it is {}": "其中没有 {}，它是 {}",
    "no {} in it; there is {}": "其中没有 {}，但有 {}",
    "no {} in it; it cannot be read": "其中没有 {}，它无法读取",
    "no {} in it; more is in it than is looked at": "其中没有 {}，内容过多，未全部查看",
    "it is {}": "它是 {}",
    "there is no folder {}": "没有文件夹 {}",
    "on the roster, nothing handed in": "在名单上，但没有提交",
    "on the roster; {} could be this student": "在名单上；{} 可能就是该学生",
    "its name may be {}, both on the roster": "其名称可能是 {}，都在名单上",
    "its name is not in UTF-8, and no encoding makes it one on a roster": (
        "其名称不是 UTF-8，也没有哪种编码能使它与名单相符"
    ),
}


def _pattern(english: str) -> re.Pattern[str]:
    """Return what matches such a sentence; "Kind: message" of an exception never does."""
    return re.compile(re.escape(english).replace(r"\{\}", "([^:]*)"))


_RELAYED = [(_pattern(en), zh) for en, zh in RELAYED.items()]


def say(lang: str, key: str, **values: object) -> str:
    """Return a sentence of the table with the values put in."""
    return SENTENCES[key][lang].format(**values)


def both(words: Callable[[str], str]) -> Text:
    """Return what words(language) says in every language."""
    return {lang: words(lang) for lang in LANGUAGES}


def relayed(lang: str, text: str) -> str:
    """Return what the sandbox said; what the submission or Python said is left as it is."""
    if lang == "en":
        return text
    for pattern, translated in _RELAYED:
        found = pattern.fullmatch(text)
        if found:
            return translated.format(*found.groups())
    return text
