"""Where a model keeps its weights, and the text of the class around its methods."""

import re

from tests.styles.compose import block, lines

AXES = {
    "holder": (
        "attributes", "slots", "params", "getattr", "views", "aliases", "dataclass", "closure",
        "inherited", "transposed", "namespace", "loop",
    ),
    "access": ("locals", "direct"),
}  # fmt: skip
KEEP_THEIR_MEMORY = {"views", "aliases"}  # weights are never replaced by other arrays
KEPT = ("hs", "zs", "ys", "x", "cache")


def class_text(c, name, arguments, draws, methods):
    """The class, or what is called like one.

    draws: the weights' names and their initial values. methods: (name, arguments, body) each; a
    body calls the weights by their bare names.
    """
    holder = c["holder"]
    bodies = [(n, a, _reached(c, body, draws)) for n, a, body in methods]
    if holder == "closure":
        return _closure(name, arguments, draws, bodies)
    defs = [f"def {n}(self{''.join(f', {x}' for x in a)}):\n{block(b)}\n" for n, a, b in bodies]
    rest = block("\n".join(defs))
    signature = f"def __init__(self, {', '.join(arguments)}):"
    plain = block(lines(signature, block(_started(holder, draws)))) + "\n\n"
    if holder == "slots":
        return f"class {name}:\n    __slots__ = {(*draws, *KEPT)}\n\n{plain}{rest}\n"
    if holder == "dataclass":
        fields = block(lines(*(f"{n}: np.ndarray" for n in draws)))
        values = ", ".join(f"{n}={value}" for n, value in draws.items())
        model = f"@dataclasses.dataclass(eq=False)\nclass Model:\n{fields}\n\n{rest}\n\n"
        return f"{model}\ndef {name}({', '.join(arguments)}):\n    return Model({values})\n"
    if holder == "inherited":
        base = f"class Weights:\n{plain}"
        return f"{base}\nclass {name}(Weights):\n{rest}\n"
    if holder in SHARED:
        return _shared(holder, name, signature, draws, rest)
    return f"class {name}:\n{plain}{rest}\n"


def _started(holder, draws):
    """The body of __init__."""
    made = [f"self.{n} = {value}" for n, value in draws.items()]
    if holder == "views":
        return _views(draws)
    if holder == "aliases":
        return lines(*made, f"self.weights = [{', '.join(f'self.{n}' for n in draws)}]")
    if holder == "loop":
        values = lines("initial = {}", *(f"initial['{n}'] = {v}" for n, v in draws.items()))
        return lines(
            values, "for weight, value in initial.items():\n    setattr(self, weight, value)"
        )
    return lines(*made)


SHARED = {
    "params": ("self.params = {}", "self.params[name]", "self.params[name] = value"),
    "namespace": (
        "self.held = types.SimpleNamespace()",
        "getattr(self.held, name)",
        "setattr(self.held, name, value)",
    ),
    "transposed": (
        "self.turned = {}",
        "self.turned[name].T",
        "self.turned[name] = np.array(value).T.copy()",
    ),
    "getattr": ("self.__dict__['params'] = {}", "", ""),
}


def _shared(holder, name, signature, draws, rest):
    """A class whose weights are properties of what it holds."""
    start, get, put = SHARED[holder]
    made = lines(start, *(f"self.{n} = {value}" for n, value in draws.items()))
    init = block(lines(signature, block(made))) + "\n\n"
    if holder == "getattr":
        ways = f"""
def __getattr__(self, name):
    try:
        return self.__dict__["params"][name]
    except KeyError:
        raise AttributeError(name) from None

def __setattr__(self, name, value):
    where = self.params if name in {tuple(draws)} else self.__dict__
    where[name] = value
"""
        return f"class {name}:\n{init}{block(ways)}\n\n{rest}\n"
    shared = f"""
def held(name):
    def get(self):
        return {get}

    def put(self, value):
        {put}

    return property(get, put)


"""
    names = block(lines(*(f"{n} = held('{n}')" for n in draws)))
    return f"{shared.lstrip()}class {name}:\n{names}\n\n{init}{rest}\n"


def _views(draws):
    values = ", ".join(draws.values())
    loop = f"""
at = 0
for name, value in zip({tuple(draws)}, values):
    view = self.flat[at : at + value.size].reshape(value.shape)
    view[...] = value
    setattr(self, name, view)
    at += value.size
"""
    return lines(f"values = [{values}]", "self.flat = np.empty(sum(v.size for v in values))", loop)


def _closure(name, arguments, draws, bodies):
    """A function that returns a namespace; `self` is a variable that its functions see."""
    defs = [f"def {n}({', '.join(a)}):\n{block(b)}\n" for n, a, b in bodies]
    given = lines(*(f"self.{n} = {n}" for n, _, _ in bodies))
    body = lines(
        "self = types.SimpleNamespace()", _started("", draws), "\n".join(defs), given, "return self"
    )
    return f"def {name}({', '.join(arguments)}):\n{block(body)}\n"


def _reached(c, body, draws):
    """The body with its weights fetched first, or each time."""
    used = [n for n in draws if re.search(rf"(?<![\w.'\"]){n}\b", body)]
    if c["access"] == "locals":
        where = "self.weights" if c["holder"] == "aliases" else ""
        if where and used:
            return lines(f"{', '.join(draws)} = {where}", body)
        return lines(*(f"{n} = self.{n}" for n in used), body)
    for n in used:
        body = re.sub(rf"(?<![\w.'\"]){n}\b(?!['\"])", f"self.{n}", body)
    return body
