"""How the source is cut: sizes of folders, modules and functions, and imports between packages."""

import tomllib
from collections import Counter
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.structure.source import (
    EMPTY_NAMES,
    PACKAGES,
    ROOT,
    empty_names_per_10000,
    exports_of,
    files_of,
    function_lines,
    functions_in,
    identifiers,
    imports_of,
    is_package,
    module_name,
    modules,
    room_of,
)

pytestmark = pytest.mark.xdist_group("structure")  # one worker parses the source

MAX_MODULES = 22  # spaCy's largest folder; Flask has 18, httpx 17
MAX_LINES = 300
MAX_TEST_LINES = 450
MAX_FUNCTION_LINES = 40
# Word lists: 140 constants, each imported from the module of its class of words. A list of them all
# in `__init__` would be 280 lines that say nothing new.
DATA_PACKAGES = {"standpoint.lexicon"}
TORCH_PACKAGES = {"train.finetune", "train.judge"}
"""Their ``__init__`` cannot export what imports torch."""
MAX_EMPTY_NAMES = 2.0  # in 10,000 identifiers; Flask, httpx and spaCy are under 2
# Sub-packages without a folder of unit tests, and the folder of the tests that run their code.
TESTED_ELSEWHERE = {
    "serve.api": "tests/behaviour/service",
    "serve.champions": "tests/behaviour/service",
    "serve.openapi": "tests/behaviour/service",
    "serve.pages": "tests/behaviour/pages",
    "serve.system": "tests/behaviour/service",
    "standpoint.lexicon": "tests/unit/standpoint/attribution",
    "train.features": "tests/golden",
}


def test_no_folder_holds_more_modules_than_a_reader_can_survey():
    counts = Counter(file.parent for file in files_of(*PACKAGES, "tests", "benchmarks"))
    assert {str(f.relative_to(ROOT)): n for f, n in counts.items() if n > MAX_MODULES} == {}


@pytest.mark.parametrize(
    ("folders", "most"), [(PACKAGES, MAX_LINES), (("tests", "benchmarks"), MAX_TEST_LINES)]
)
def test_no_module_is_long(folders, most):
    lengths = {
        str(f.relative_to(ROOT)): f.read_text("utf-8").count("\n") for f in files_of(*folders)
    }
    assert {name: n for name, n in lengths.items() if n > most} == {}


def test_no_function_is_long():
    long = {
        f"{module_name(file)}.{function.name}": n
        for file in files_of(*PACKAGES)
        for function in functions_in(file)
        if (n := function_lines(function)) > MAX_FUNCTION_LINES
    }
    assert long == {}


def test_names_say_what_they_name():
    names = identifiers(*PACKAGES)
    assert empty_names_per_10000(names) < MAX_EMPTY_NAMES, {n: names[n] for n in EMPTY_NAMES}


def test_no_module_imports_itself_by_way_of_others_not_even_when_a_function_runs():
    graph = {name: {target for target, *_ in imports_of(name)} for name in modules()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_private_name_is_imported_from_another_module():
    private = [
        (module, target, name)
        for module in modules()
        for target, name, _ in imports_of(module)
        if name.startswith("_") and not name.startswith("__")
    ]
    assert private == []


def test_what_a_package_takes_of_another_is_what_that_one_exports():
    around = [
        (module, target, name)
        for module in modules()
        for target, name, deferred in imports_of(module)
        if not (
            room_of(target) in TORCH_PACKAGES and (deferred or room_of(module) in TORCH_PACKAGES)
        )
        and room_of(module) not in (room_of(target), "standpoint.__main__")
        and target != room_of(target)
        and room_of(target) not in DATA_PACKAGES
        and name
    ]
    assert around == []


def test_what_a_package_exports_is_used_by_another():
    used = {(target, name) for module in modules() for target, name, _ in imports_of(module)}
    public = {("standpoint.client", "Client"), ("standpoint.client", "Problem")}
    idle = [
        (package, name)
        for package in modules()
        if package.count(".") == 1
        for name in exports_of(package)
        if (package, name) not in used | public
    ]
    assert idle == []


def test_folders_of_unit_tests_are_named_after_sub_packages():
    folders = {
        f"{package}.{folder.name}"
        for package in PACKAGES
        for folder in (ROOT / "tests" / "unit" / package).iterdir()
        if any(folder.glob("test_*.py"))
    }
    packages = {name for name in modules() if name.count(".") == 1 and is_package(name)}
    assert folders - packages == set()
    assert packages - folders == set(TESTED_ELSEWHERE)
    empty = [path for path in TESTED_ELSEWHERE.values() if not any((ROOT / path).glob("test_*.py"))]
    assert empty == []


def test_unit_tests_beside_the_folders_are_named_after_modules_of_the_package():
    files = [file for package in PACKAGES for file in (ROOT / "tests/unit" / package).glob("*.py")]
    tested = {f"{file.parent.name}.{file.stem.removeprefix('test_')}" for file in files}
    assert tested - set(modules()) == set()


def test_every_package_says_in_a_sentence_what_it_holds():
    silent = [
        module_name(file)
        for file in files_of(*PACKAGES)
        if file.name == "__init__.py" and not file.read_text("utf-8").startswith('"""')
    ]
    assert silent == []


def test_every_package_is_installed():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = set(settings["tool"]["setuptools"]["packages"]) - {"standpoint.shipped"}
    there = {module_name(file) for file in files_of(*PACKAGES) if file.name == "__init__.py"}
    assert listed == there
