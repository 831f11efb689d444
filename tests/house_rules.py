"""The rules of the house that no ready-made linter knows, each a function from source text to complaints.

tests/test_house.py asks them about every module of ours, and about a wrong one made up for each.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CLOCK, CHANCE = "mqviz.clock", "mqviz.sim.chance"
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40

THIRD_PARTY = {
    "mqviz.settings": {"msgspec", "tomli_w"},
    "mqviz.model": {"msgspec"},
    "mqviz.model.histogram": {"numpy"},
    "mqviz.engine": {"msgspec"},
    "mqviz.sim": {"msgspec", "numpy"},
    "mqviz.wire": {"pamqp"},
    "mqviz.wire.records": {"msgspec"},
    "mqviz.backends": {"httpx", "keyring", "msgspec", "pamqp", "pika", "tomli_w"},
    "mqviz.viewmodel": {"msgspec", "numpy"},
    "mqviz.gui": {"PySide6", "numpy", "pyqtgraph", "shiboken6"},
    "mqviz.report": {"PySide6", "msgspec", "pyqtgraph"},
    "mqviz.cli": {"platformdirs", "rich"},
    "mqviz.app": {"keyring", "platformdirs", "rich"},
}
"""Which packages a part of the house may know, beside the standard library; absent: none."""

LUCK_ONLY_AS_A_TYPE = {"numpy.random.Generator"}
TIME_OR_LUCK = r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|(np|numpy)\.random\.(?!Generator\b)\w+"
NO_QT = {"PySide6", "shiboken6", "pyqtgraph"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """A module: its dotted name, its text and the tree of it."""

    module: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, module: str, text: str) -> "Source":
        """A module from its text. Raises SyntaxError."""
        return cls(module, text, ast.parse(text))

    def is_in(self, *places: str) -> bool:
        """Whether this is one of these modules or inside one of these packages."""
        return any(f"{self.module}.".startswith(f"{place}.") for place in places)


Rule = Callable[[Source], Iterator[str]]


def time_and_chance_come_from_outside(source: Source) -> Iterator[str]:
    """Only clock and sim.chance may read the machine's time or luck: every run can be replayed."""
    if source.is_in(CLOCK, CHANCE):
        return
    for name, line in _imported(source.tree):
        lucky = name.startswith("numpy.random") and name not in LUCK_ONLY_AS_A_TYPE
        if lucky or name.split(".")[0] in {"time", "random", "secrets", "uuid"}:
            yield f"line {line}: imports {name}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and re.fullmatch(TIME_OR_LUCK, ast.unparse(node)):
            yield f"line {node.lineno}: uses {ast.unparse(node)}"


def packages_stay_where_they_belong(source: Source) -> Iterator[str]:
    """No third-party package outside the parts of the house that may know it."""
    allowed = {package for place, packages in THIRD_PARTY.items() if source.is_in(place) for package in packages}
    for name, line in _imported(source.tree):
        top = name.split(".")[0]
        if top not in allowed and top != "mqviz" and top not in sys.stdlib_module_names:
            yield f"line {line}: imports {top}"


def the_report_loads_qt_late(source: Source) -> Iterator[str]:
    """Outside gui, Qt may only be loaded inside a function: `mqviz run` starts without it."""
    if source.is_in("mqviz.gui"):
        return
    for statement in _at_import(source.tree.body):
        for name, line in _imported(statement):
            if name.split(".")[0] in NO_QT:
                yield f"line {line}: loads {name} at once"


def words_for_users_are_in_gui(source: Source) -> Iterator[str]:
    """`tr()` and `translate()` are called in gui only; lower layers give codes and numbers."""
    if source.is_in("mqviz.gui"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _name(node.func) == "tr":
            yield f"line {node.lineno}: translates"


def names_say_what_it_is(source: Source) -> Iterator[str]:
    """No module is a drawer for anything."""
    last = source.module.rsplit(".", 1)[-1]
    if re.fullmatch(r"(.*_)?(utils?|managers?|base)", last):
        yield f"the name {last} says nothing"


def modules_are_short(source: Source) -> Iterator[str]:
    """A module that grows holds a second idea."""
    count = len(source.text.splitlines())
    if count >= LONGEST_MODULE:
        yield f"{count} lines"


def functions_are_short(source: Source) -> Iterator[str]:
    """Above 40 lines only with a reason, `# long: ...`, directly above."""
    lines = source.text.splitlines()
    for function in functions(source.tree):
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        comment = lines[first - 2].strip() if first > 1 else ""
        if length(function) > LONGEST_FUNCTION and not re.match(r"# long: \S", comment):
            yield f"line {function.lineno}: {function.name} has {length(function)} lines"


def public_names_are_told(source: Source) -> Iterator[str]:
    """A public class, function or method has a docstring; what Qt calls (camelCase) was told by Qt."""
    if not ast.get_docstring(source.tree) and source.text.strip():
        yield "the module says nothing"
    for node in _public(source.tree):
        if not ast.get_docstring(node):
            yield f"line {node.lineno}: {node.name} says nothing"


def nothing_is_only_promised(source: Source) -> Iterator[str]:
    """No stubs, no notes to oneself."""
    for number, line in enumerate(source.text.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", line):
            yield f"line {number}: {line.strip()}"


def tests_do_not_sleep(source: Source) -> Iterator[str]:
    """Tests turn a clock and look; only the handful with the real program may have to wait."""
    if source.is_in("tests.e2e"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _called(node) in {"sleep", "time.sleep", "qtbot.wait", "QTest.qWait"}:
            yield f"line {node.lineno}: sleeps"


OF_MODULES: tuple[Rule, ...] = (
    time_and_chance_come_from_outside,
    packages_stay_where_they_belong,
    the_report_loads_qt_late,
    words_for_users_are_in_gui,
    names_say_what_it_is,
    modules_are_short,
    functions_are_short,
    public_names_are_told,
    nothing_is_only_promised,
)
OF_TESTS: tuple[Rule, ...] = (names_say_what_it_is, modules_are_short, tests_do_not_sleep)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    assert function.end_lineno is not None
    first = function.body[0]
    told = 0
    if ast.get_docstring(function, clean=False) is not None:
        assert first.end_lineno is not None
        told = first.end_lineno - first.lineno + 1
    return function.end_lineno - function.lineno + 1 - told


def _imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Absolute names that are imported, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that are carried out when the module is loaded: not in functions, not for type checkers only."""
    for statement in body:
        if isinstance(statement, ast.If) and _name(statement.test) == "TYPE_CHECKING":
            continue
        if isinstance(statement, ast.If | ast.Try | ast.With | ast.ClassDef):
            yield from _at_import(statement.body)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Function | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from _public(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_told(node):
            yield node


def _is_told(function: Function) -> bool:
    """Whether the function is public and ours: neither Qt's, nor the setter or overload of another one."""
    second = any(ast.unparse(each).endswith((".setter", "overload", "override")) for each in function.decorator_list)
    return re.fullmatch(r"[a-z][a-z0-9_]*", function.name) is not None and not second


def _name(node: ast.AST) -> str:
    """The last part of a name: tr of self.tr."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)
