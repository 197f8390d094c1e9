"""The project's source as the structure tests see it: modules, imports, identifiers, code lines.

``python -m tests.structure.source`` prints the counts.
"""

import ast
import io
import keyword
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("standpoint", "train", "serve")
# Words that say nothing of the thing they name. They are counted as whole identifiers.
EMPTY_NAMES = frozenset({"found", "told", "kept", "held", "given", "one"})


def files_of(*folders: str) -> list[Path]:
    """Every Python file below the folders, sorted."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def module_name(file: Path) -> str:
    """The dotted name of a file's module; a package for its ``__init__.py``."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of the three packages by its dotted name."""
    return {module_name(file): file for file in files_of(*PACKAGES)}


def room_of(module: str) -> str:
    """The sub-package of a module, or the module itself where it stands at the root.

    >>> room_of("standpoint.text.article"), room_of("standpoint.errors"), room_of("train")
    ('standpoint.text', 'standpoint.errors', 'train')
    """
    return ".".join(module.split(".")[:2])


def is_package(module: str) -> bool:
    """Whether a module is a package, with modules inside."""
    return modules()[module].name == "__init__.py"


def is_type_checking(node: ast.AST) -> bool:
    """Whether a node is the block ``if TYPE_CHECKING``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports_of(module: str) -> Iterator[tuple[str, str, bool]]:
    """Imports of the project's own modules: the module, the name taken from it, and if deferred.

    A deferred import stands inside a function or under ``TYPE_CHECKING``. The name is empty where a module is imported.
    """
    tree = tree_of(modules()[module])
    inner = {
        id(node)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef) or is_type_checking(outer)
        for node in ast.walk(outer)
    }
    for node in ast.walk(tree):
        deferred = id(node) in inner
        if isinstance(node, ast.ImportFrom) and node.module in modules():
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (
                    (whole, "", deferred)
                    if whole in modules()
                    else (
                        node.module,
                        alias.name,
                        deferred,
                    )
                )
        elif isinstance(node, ast.Import):
            yield from ((a.name, "", deferred) for a in node.names if a.name in modules())


def exports_of(package: str) -> list[str]:
    """What ``__all__`` of a package lists."""
    for node in tree_of(modules()[package]).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def identifiers(*folders: str) -> Counter[str]:
    """How often each identifier occurs: tokens that are names and no keywords."""
    names: Counter[str] = Counter()
    for file in files_of(*folders):
        tokens = tokenize.generate_tokens(io.StringIO(file.read_text("utf-8")).readline)
        names.update(
            token.string
            for token in tokens
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string)
        )
    return names


def empty_names_per_10000(names: Counter[str]) -> float:
    """How many of 10,000 identifiers are one of EMPTY_NAMES."""
    return 10_000 * sum(names[name] for name in EMPTY_NAMES) / names.total()


def code_lines(file: Path) -> int:
    """Lines that hold code: neither blank, nor comment, nor docstring."""
    strings: set[int] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            strings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    blank = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(file.read_text("utf-8")).readline):
        if token.type not in blank | {tokenize.ENDMARKER}:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - strings)


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from ``def`` to its end, without its docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def functions_in(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def words_of(name: str) -> list[str]:
    """The words of an identifier.

    >>> words_of("SentenceView"), words_of("n_held_out")
    (['sentence', 'view'], ['n', 'held', 'out'])
    """
    return [w.casefold() for w in re.split(r"_+|(?<=[a-z])(?=[A-Z])", name) if w]


def main() -> None:
    """Print the counts of the three packages."""
    names = identifiers(*PACKAGES)
    print(f"identifiers {names.total():,}")
    print(f"empty names in 10,000 {empty_names_per_10000(names):.1f}")
    print(f"code lines {sum(code_lines(file) for file in files_of(*PACKAGES)):,}")


if __name__ == "__main__":
    main()
