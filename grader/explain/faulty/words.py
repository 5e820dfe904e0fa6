"""What is said of a faulty line, in English and Chinese: where, which kind, what it spoils."""

from collections.abc import Mapping, Sequence

from grader.messages.wording import places_text
from grader.model import Place, Text

MOST_CODE = 90  # characters of a line that are quoted
SHOWN = 6  # quantities named one by one

KINDS: Mapping[str, Text] = {
    "accumulate": {
        "en": "`=` overwrites where something must be added or subtracted",
        "zh": "此处用 `=` 覆盖了原值，而应当累加或累减",
    },
    "assign": {
        "en": "it accumulates where a plain `=` is needed",
        "zh": "此处在累加，而应当用 `=` 赋值",
    },
    "operator": {
        "en": "an operator is wrong, or a bracket stands elsewhere",
        "zh": "有一个运算符不对，或括号的位置不对",
    },
    "swapped": {
        "en": "two operands, arguments or names are the wrong way round",
        "zh": "两个操作数、参数或名字的先后次序反了",
    },
    "less term": {"en": "there is a term too many", "zh": "多了一项"},
    "less factor": {"en": "there is a factor too many", "zh": "多乘（或多除）了一个因子"},
    "term": {"en": "a term is missing", "zh": "缺少一项"},
    "factor": {"en": "a factor is missing", "zh": "缺少一个因子"},
    "sign": {"en": "a sign is wrong", "zh": "有一个符号不对"},
    "transpose": {
        "en": "a transpose is missing, or there is one too many",
        "zh": "缺少或多了一次转置",
    },
    "no transpose": {"en": "there is a transpose too many", "zh": "多了一次转置"},
    "transpose missing": {"en": "a transpose is missing", "zh": "缺少一次转置"},
    "index": {
        "en": "an index or slice is off, missing or should not be there",
        "zh": "下标或切片有偏差、缺失或多余",
    },
    "no index": {
        "en": "there is an index or slice that should not be there",
        "zh": "多了一个下标或切片",
    },
    "index missing": {"en": "an index or slice is missing", "zh": "缺少一个下标或切片"},
    "other index": {"en": "an index or slice is off", "zh": "下标或切片不对"},
    "constant": {"en": "a constant is wrong", "zh": "有一个常数不对"},
    "floats": {
        "en": "it makes whole numbers, where others are needed",
        "zh": "这里得到的是整数，而需要的是浮点数",
    },
    "axis": {"en": "it is done along another axis than the one meant", "zh": "操作的轴不对"},
    "condition": {"en": "a condition is wrong", "zh": "有一个条件不对"},
    "range": {
        "en": "the loop takes the wrong steps or the wrong order",
        "zh": "循环的步骤或顺序不对",
    },
    "turned": {
        "en": "the elements come in the wrong order",
        "zh": "元素的先后顺序反了",
    },
    "call": {
        "en": "a call is of the wrong function, missing or should not be there",
        "zh": "调用的函数不对、缺失或多余",
    },
    "no call": {
        "en": "a function is called that should not be",
        "zh": "多调用了一个函数",
    },
    "call missing": {"en": "the call of a function is missing", "zh": "缺少一次函数调用"},
    "other call": {"en": "another function is needed", "zh": "调用的函数不对"},
    "limit": {
        "en": "a limit is put on values that should have none",
        "zh": "对数值加了不应有的上下限",
    },
    "no argument": {
        "en": "an argument of a call should not be there",
        "zh": "调用时多了一个参数",
    },
    "argument missing": {"en": "an argument of a call is missing", "zh": "调用时缺少一个参数"},
    "argument": {
        "en": "an argument of a call is wrong",
        "zh": "调用的某个参数不对",
    },
    "packing": {
        "en": "values are given one by one where one list or tuple is meant, or the reverse",
        "zh": "应把这些值放进一个列表或元组传入，或者相反，应逐个传入",
    },
    "tracked": {
        "en": "what autograd keeps track of is changed in place",
        "zh": "就地修改了 autograd 正在跟踪的张量",
    },
    "in place": {
        "en": "an array is changed in place where a new one is needed",
        "zh": "就地修改了数组，而此处需要一个新数组",
    },
    "shadowing": {
        "en": "the name of a function is given to another value",
        "zh": "把函数的名字赋给了别的值",
    },
    "keyword only": {
        "en": "a parameter behind `*` can be given by name only",
        "zh": "`*` 之后的参数只能按名字传入",
    },
    "default": {"en": "a parameter needs a default value", "zh": "某个参数需要默认值"},
    "first step": {
        "en": "index -1 is the last one: at the first step there is none before it",
        "zh": "下标 -1 指的是最后一个：第一步之前没有元素",
    },
    "bound late": {
        "en": "the function sees a name as it is when it is called, not when it is made",
        "zh": "函数看到的是调用时的变量值，而不是定义时的值",
    },
    "changed argument": {
        "en": "an argument is changed, though it belongs to the caller: a copy is missing",
        "zh": "修改了属于调用者的参数：缺少一次复制",
    },
    "list": {
        "en": "a generator or the like, which ends once, stands where a list is needed",
        "zh": "此处需要列表，而不是只能遍历一次的生成器之类",
    },
    "shared": {
        "en": "it belongs to the class: all objects share the one that is made here",
        "zh": "它属于类：所有对象共用这里创建的同一个",
    },
    "taken": {
        "en": "it is taken out of what is needed again: reading it is enough",
        "zh": "它被取走了，而之后还需要：读取即可",
    },
    "result": {
        "en": "a part of what is to be returned is missing",
        "zh": "返回值缺少一部分",
    },
    "updated early": {
        "en": "it is changed while what it was before is still needed",
        "zh": "还需要旧值时就已经改变了它",
    },
    "self": {"en": "the parameter `self` is missing", "zh": "缺少参数 `self`"},
    "name": {
        "en": "a wrong name is used, where another value is meant",
        "zh": "用错了变量，应当是另一个量",
    },
    "value": {"en": "another value is meant there", "zh": "此处应当用另一个量"},
    "target": {"en": "the result goes to a wrong name", "zh": "结果存到了不该存的名字里"},
    "exception": {"en": "another exception is meant", "zh": "应当抛出另一种异常"},
    "entries": {
        "en": "the values of a dict are meant, and a dict gives its keys",
        "zh": "此处要的是字典的值，而遍历字典得到的是键",
    },
    "decorator": {
        "en": "a decorator is missing, such as the one that makes a dataclass",
        "zh": "缺少装饰器，例如使类成为 dataclass 的那一个",
    },
    "import": {
        "en": "an import is missing, or gives what it imports another name than is used",
        "zh": "缺少导入，或导入后的名字与使用的不同",
    },
    "other key": {
        "en": "a key has another name than the one that is asked for",
        "zh": "有一个键的名字与题目要求的不同",
    },
    "called otherwise": {
        "en": "it has another name than the one that is asked for",
        "zh": "名字与题目要求的不同",
    },
    "copy": {
        "en": "a copy is missing, so two names share one array",
        "zh": "缺少一次复制，两个名字共用了同一个数组",
    },
    "order": {
        "en": "the statement comes too early or too late",
        "zh": "该语句的位置过早或过晚",
    },
    "into loop": {"en": "the statement belongs inside the loop", "zh": "该语句应当放在循环里面"},
    "out of loop": {
        "en": "the statement belongs outside the loop",
        "zh": "该语句应当放在循环外面",
    },
    "superfluous": {"en": "the statement should not be there", "zh": "不应当有这条语句"},
    "missing": {"en": "a statement is missing beside it", "zh": "它旁边缺少一条语句"},
    "unkept": {
        "en": "a value is computed and not kept where it is needed",
        "zh": "算出的值没有保存到需要它的地方",
    },
    "entry": {
        "en": "an entry of a list, tuple or dict is missing",
        "zh": "列表、元组或字典中缺少一项",
    },
    "printed": {
        "en": "the values are printed that must be returned",
        "zh": "这里把应当返回的值打印出来了",
    },
    "returns None": {
        "en": "the call changes its object in place and returns None, which is kept for it",
        "zh": "该调用就地修改对象并返回 None，而这里保存的是这个 None",
    },
    "spread out": {
        "en": "the elements of a value go into the list, where the value itself is meant",
        "zh": "把值的各个元素逐一放进了列表，而应当放入整个值",
    },
    "listed": {
        "en": "a list is meant there, with this value as its first entry",
        "zh": "此处应当是一个列表，以这个值作为第一项",
    },
    "joined": {
        "en": "two values are added where both are meant side by side in one array",
        "zh": "把两个值相加了，而应当把它们并排放进一个数组",
    },
    "room": {
        "en": "it is empty, and has no places that could be set by their number",
        "zh": "它是空的，没有可以按下标赋值的位置",
    },
    "parameter": {"en": "a parameter is missing", "zh": "缺少一个参数"},
    "overflow": {
        "en": "e to the power of a large value is infinite, and what is computed with it no number",
        "zh": "指数过大时 e 的幂会溢出为无穷大，再参与计算就不再是数",
    },
    "comma": {
        "en": "a comma makes a tuple of one value",
        "zh": "一个逗号把单个值变成了元组",
    },
    "shape": {"en": "the shape is wrong", "zh": "形状不对"},
}


EITHER, BOTH, PART = "either", "both", "part"  # which changes mend all, or one a part


def told(
    where: Sequence[tuple[Sequence[Place], str, str]],
    wrong: tuple[str, Sequence[str]],
    cases: int,
    mends: str = EITHER,
    part: Sequence[str] = (),
) -> Text:
    """Return the message on the lines that mend a submission.

    where: for each change that mends it the places, the first of them as written, and the kind.
    wrong: a group, and what is wrong in it. cases: how many the proof played. part: of PART, what
    is right then.
    """
    group, names = wrong
    shown, then = _listed(names), _listed(part)
    places = [(at, _cut(code), kind) for at, code, kind in where]
    en = f"; {'and' if mends == BOTH else 'or'} ".join(
        f"{places_text(at, 'en')}, `{code}`: {KINDS[k]['en']}" for at, code, k in places
    )
    zh = f"；{'以及' if mends == BOTH else '或者'}".join(
        f"{places_text(at, 'zh')} `{code}`：{KINDS[k]['zh']}" for at, code, k in places
    )
    some_en = "one change there alone" if len(places) == 1 else "a change in one of them alone"
    some_zh = "只改动这一处" if len(places) == 1 else "只改动其中一处"
    if mends == BOTH:
        some_en = "there are two mistakes, and a change in each"
        some_zh = "这里有两处错误，两处都改"
    all_en, all_zh = "every test right", "全部测例"
    if mends == PART:
        all_en, all_zh = f"{then} right in every test of {group}", f" {group} 全部测例的 {then} "
    seen_en = f" As it is, {group} gives a wrong {shown}." if names else ""
    seen_zh = f"目前 {group} 得到的 {shown} 不对。" if names else ""
    return {
        "en": f"{en[0].upper()}{en[1:]}. Proved: {some_en} makes {all_en} ({cases} cases)."
        f"{seen_en}{' Other values are still wrong then.' if mends == PART else ''}",
        "zh": f"{zh}。已验证：{some_zh}就能使{all_zh}正确（共 {cases} 个测例）。{seen_zh}"
        f"{'改后仍有其他结果不对。' if mends == PART else ''}",
    }


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", ..." if len(names) > SHOWN else "")


def _cut(code: str) -> str:
    text = " ".join(code.split())
    return text if len(text) <= MOST_CODE else text[: MOST_CODE - 3] + "..."
