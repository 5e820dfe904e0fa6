"""A node -> (kind, text) for what it calls: another function, other arguments, other steps."""

import ast
from collections.abc import Iterator, Mapping

from grader.explain.faulty.edits import bracketed, called, is_value
from grader.explain.faulty.mutations import OTHER_NAME, without_keyword
from grader.explain.faulty.tokens import Change
from grader.explain.faulty.tree import text_of

ALONG = {"sum", "reduce", "mean", "max", "min", "stack", "concatenate", "cumsum", "flip", "prod"}
SHAPING = {
    *("squeeze", "unsqueeze", "ravel", "flatten", "reshape", "view", "transpose", "swapaxes"),
    *("permute", "expand_dims", "atleast_2d", "t", "sum", "mean"),
}
ITERATORS = {"reversed", "map", "zip", "filter", "enumerate", "iter"}  # each ends once
CUTTING = {"detach", "item", "numpy", "tolist", "tensor", "Tensor", "from_numpy"}  # the gradient
RENAMED: Mapping[str, tuple[str, ...]] = {
    "outer": ("inner", "multiply", "dot"),
    "dot": ("outer", "multiply"),
    "multiply": ("dot", "outer"),
    "max": ("min",),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmin": ("argmax",),
    "argmax": ("argmin",),
    **dict.fromkeys(("tan", "sin", "cos", "sinh", "cosh", "arctan", "atan", "sigmoid"), ("tanh",)),
    **dict.fromkeys(("exp2", "expm1"), ("exp",)),
    **dict.fromkeys(("log2", "log10", "log1p"), ("log",)),
    "uniform": ("randn",),
    "insert": ("append",),
    "ljust": ("rjust",),
    "rjust": ("ljust",),
    "hstack": ("vstack", "stack"),
    "vstack": ("hstack", "stack"),
    "cat": ("stack",),
    "concat": ("stack",),
    "concatenate": ("stack",),
    "tensor": ("stack", "cat"),
    "Tensor": ("stack", "cat"),
    "array": ("stack", "concatenate"),
    "append": ("appendleft",),
    "appendleft": ("append",),
    "pop": ("popleft",),
    "popleft": ("pop",),
    "empty": ("zeros",),
    "random_sample": ("standard_normal",),
    **{name: (other,) for other, name in OTHER_NAME.items()},
    "randn": ("zeros", "ones", "rand"),
    "rand": ("zeros", "randn"),
}
METHODS = {  # that are often named without being called
    *("copy", "sum", "mean", "flatten", "ravel", "transpose", "item", "tolist", "keys", "values"),
    *("items", "pop", "popleft", "size", "numel", "dim", "clone", "detach", "t", "lower", "upper"),
}


def steps(node: ast.AST) -> Iterator[Change]:
    """A loop over other steps, or in the other order."""
    if called(node) == "range" and isinstance(node, ast.Call):
        args = list(map(bracketed, node.args))
        yield node, "range", f"reversed({text_of(node)})"
        if len(args) == 1:
            for text in (f"1, {args[0]}", f"{args[0]} - 1", f"{args[0]} + 1"):
                yield node, "range", f"range({text})"
        else:
            yield node, "range", f"range({args[1]})"
            if len(args) == 3:
                yield node, "range", f"range({args[0]})"
                yield node, "range", f"range({args[0]} - 1, -1, -1)"
            for n, arg in enumerate(args[:2]):
                for shift in (" + 1", " - 1"):
                    changed = [*args[:n], arg + shift, *args[n + 1 :]]
                    yield node, "range", f"range({', '.join(changed)})"
    elif isinstance(node, (ast.For, ast.comprehension)) and called(node.iter) != "range":
        text = text_of(node.iter)
        yield node.iter, "range", f"reversed(list({text}))"
        yield node.iter, "range", f"list({text})[1:]"
        yield node.iter, "range", f"list({text})[:-1]"


def call(node: ast.AST) -> Iterator[Change]:
    """Another function in its place, or none."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
            yield node, "call", bracketed(node.func.value)
        if node.args and not isinstance(node.args[0], ast.Starred):
            yield node, "call", bracketed(node.args[0])
        for keyword in node.keywords:
            yield node, "argument", without_keyword(node, keyword)
        yield from _arguments(node)


def other_call(node: ast.AST) -> Iterator[Change]:
    """The function that is most easily taken for another one."""
    head = f"{bracketed(node.value)}." if isinstance(node, ast.Attribute) else ""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    if is_value(node):
        others = {*RENAMED.get(name, ()), OTHER_NAME.get(name, name)} - {name}
        yield from ((node, "call", head + other) for other in sorted(others))


def cut_off(node: ast.AST) -> Iterator[Change]:
    """A value itself, where what is made of it has lost what it was computed from."""
    inner = _before_cut(node)
    while inner is not None:
        yield node, "call", bracketed(inner)
        inner = _before_cut(inner)


def consumed(node: ast.AST) -> Iterator[Change]:
    """A list or a sum for a generator; a list for an iterator, which can be gone through once."""
    only = node.args[0] if isinstance(node, ast.Call) and len(node.args) == 1 else None
    if isinstance(node, ast.Call) and isinstance(only, ast.GeneratorExp):
        named = "".join(f", {text_of(k)}" for k in node.keywords)
        yield node, "list", f"{text_of(node.func)}([{text_of(only)[1:-1]}]{named})"
    for child in ast.iter_child_nodes(node) if not isinstance(node, ast.Call) else ():
        if called(child) in ITERATORS and not isinstance(node, (ast.For, ast.comprehension)):
            yield child, "list", f"list({text_of(child)})"
        if isinstance(child, ast.GeneratorExp):
            for name in ("sum", "list", "tuple"):
                yield child, "call", f"{name}{text_of(child)}"


def paired(node: ast.AST) -> Iterator[Change]:
    """Pairs, where a loop takes two values at a time; both from their ends, where one is."""
    if called(node) == "zip" and isinstance(node, ast.Call):
        turned = [called(a) == "reversed" or text_of(a).endswith("[::-1]") for a in node.args]
        for arg, is_turned in zip(node.args, turned, strict=True):
            if any(turned) and not is_turned:
                yield arg, "turned", f"{bracketed(arg)}[::-1]"
    if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Tuple):
        if isinstance(node.iter, (ast.Tuple, ast.List)):
            yield node.iter, "call missing", f"zip({', '.join(map(text_of, node.iter.elts))})"
        for form in ("{x}.items()", "enumerate({x})", "zip(*{x})"):
            yield node.iter, "call missing", form.format(x=bracketed(node.iter))


def reshaped(node: ast.AST) -> Iterator[Change]:
    """A value in the shape that it has already."""
    if called(node) in SHAPING and isinstance(node, ast.Call):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        given = (
            owner if owner is not None and not _is_module(owner) else next(iter(node.args), None)
        )
        if given is not None:
            yield node, "call", bracketed(given)
        args = [text_of(a) for a in node.args]
        if called(node) == "squeeze" and len(args) == (given is not owner) and not node.keywords:
            for axis in ("0", "1", "2", "-1"):
                inside = ", ".join([*args, axis])
                yield node, "argument", f"{text_of(node.func)}({inside})"


def packed(node: ast.AST) -> Iterator[Change]:
    """Arguments in one list, or what is in a list or tuple as arguments."""
    if not isinstance(node, ast.Call) or not node.args:
        return
    head, args = text_of(node.func), list(map(text_of, node.args))
    named = "".join(f", {text_of(k)}" for k in node.keywords)
    only = node.args[0] if len(args) == 1 else None
    if isinstance(only, ast.Starred):
        yield node, "packing", f"{head}({text_of(only.value)}{named})"
    elif isinstance(only, (ast.Tuple, ast.List)):
        yield node, "packing", f"{head}({', '.join(map(text_of, only.elts))}{named})"
    elif only is not None:
        yield node, "packing", f"{head}(*{bracketed(only)}{named})"
    else:
        yield node, "packing", f"{head}([{', '.join(args)}]{named})"
        yield node, "packing", f"{head}({', '.join([*args[:-1], f'*{args[-1]}'])}{named})"
        for n in range(2, len(args)):  # the last ones are something else, such as an axis
            rest = ", ".join(args[n:])
            yield node, "packing", f"{head}(({', '.join(args[:n])}), {rest}{named})"


def _before_cut(node: ast.AST) -> ast.expr | None:
    """Return what is cut off, by a method, an attribute or a function; None if nothing is."""
    if isinstance(node, ast.Attribute):
        return node.value if node.attr == "data" and isinstance(node.ctx, ast.Load) else None
    if called(node) not in CUTTING or not isinstance(node, ast.Call):
        return None
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    if owner is not None and not _is_module(owner):
        return owner
    return node.args[0] if node.args else None


def registered(node: ast.AST) -> Iterator[Change]:
    """A parameter for what is registered as a buffer."""
    if called(node) == "register_buffer" and isinstance(node, ast.Call) and len(node.args) > 1:
        owner = text_of(node.func).rpartition(".")[0]
        name, value = map(text_of, node.args[:2])
        text = f"{owner}.register_parameter({name}, torch.nn.Parameter({value}))"
        yield node, "call", text


def made(node: ast.AST) -> Iterator[Change]:
    """An object of a class, where the class itself is kept; a call of what is only named."""
    value = node.value if isinstance(node, ast.Assign) else None
    for part in ast.iter_child_nodes(node):
        method = isinstance(part, ast.Attribute) and part.attr in METHODS
        if method and part is not getattr(node, "func", None):
            yield part, "call missing", f"{text_of(part)}()"
    if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Attribute, ast.Name)):
        yield node.value, "call missing", f"{text_of(node.value)}()"
    name = text_of(value).rpartition(".")[2] if value is not None else ""
    if isinstance(value, (ast.Name, ast.Attribute)) and name[:1].isupper() and name != "T":
        yield value, "call missing", f"{text_of(value)}()"


def of_the_base(node: ast.AST) -> Iterator[Change]:
    """`super()` as it finds class and object itself."""
    if called(node) == "super" and isinstance(node, ast.Call) and node.args:
        yield node, "no argument", "super()"


def repeated(node: ast.AST) -> Iterator[Change]:
    """As many things made one by one, for a list that holds one of them many times."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for one, times in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, ast.List) and len(one.elts) == 1:
                yield node, "copy", f"[{text_of(one.elts[0])} for _ in range({text_of(times)})]"


def tracked(node: ast.AST) -> Iterator[Change]:
    """What is changed in place, without the gradients that are kept of it."""
    target: ast.expr | None = node.target if isinstance(node, ast.AugAssign) else None
    if called(node).endswith("_") and isinstance(node, ast.Call):
        target = node.func.value if isinstance(node.func, ast.Attribute) else None
    if isinstance(target, (ast.Name, ast.Attribute)):
        yield target, "tracked", f"{text_of(target)}.data"


def _arguments(node: ast.Call) -> Iterator[Change]:
    """An argument less, or `axis` and `keepdims` more."""
    head = text_of(node.func)
    args = [text_of(a) for a in node.args]
    named = [text_of(k) for k in node.keywords]
    if len(args) > 1:
        yield node, "argument", f"{head}({', '.join([*args[:-1], *named])})"
    if called(node) in ALONG:
        for more in ("axis=0", "axis=1", "axis=-1", "keepdims=True"):
            if more.partition("=")[0] not in {k.arg for k in node.keywords}:
                yield node, "argument", f"{head}({', '.join([*args, *named, more])})"
        both = [*args, *(n for n in named if not n.startswith(("axis", "keepdims")))]
        for axis in (0, 1):
            more = f"axis={axis}, keepdims=True"
            yield node, "argument", f"{head}({', '.join([*both, more])})"


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "xp", "math", "copy", "torch")
