"""What the documentation says is what the project does."""

import inspect
import json
import re
import tomllib
from typing import get_args

import pytest
from pydantic import TypeAdapter
from werkzeug.serving import make_server

from serve.api.service import Service
from serve.app import create_app
from standpoint.cli.main import build_parser
from standpoint.client.service_client import Client
from standpoint.codebook.parsing import parse_codebook
from standpoint.settings import Settings
from tests.golden.record import PARTS
from tests.stub import Silent, running
from train.config.data import TASKS_OF, Data
from train.config.model import FinetunedModel
from train.config.protocol import Protocol
from train.config.schema import Scoring, load_config
from train.downloads import load_catalog
from train.tracking.benchmark_page import around_markers, load_sheet

PROTOCOLS = get_args(Protocol)[0]
# Fields of `Settings` that follow from other variables.
NOT_VARIABLES = {"pooling", "keys_required"}

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/api.md",
    "docs/architecture.md",
    "docs/benchmarks.md",
    "docs/client.md",
    "docs/codebooks.md",
    "docs/data.md",
    "docs/deploy.md",
    "docs/evaluation.md",
    "docs/experiments.md",
    "docs/finetuning.md",
    "docs/judges.md",
)


@pytest.fixture(scope="module")
def pages(root):
    return {name: (root / name).read_text("utf-8") for name in PAGES}


def examples(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def described(still_house, root):
    """The service with the project's own codebooks."""
    codebooks = root / "configs" / "codebooks"
    settings = Settings(models_dir=still_house.models, codebooks_dir=codebooks)
    return create_app(Service(settings), settings).test_client()


def test_every_link_in_the_pages_leads_somewhere(pages, root):
    for name, text in pages.items():
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert ((root / name).parent / target).exists(), f"{name} links to {target}"


def test_every_module_and_file_that_the_architecture_names_exists(pages, root):
    page = pages["docs/architecture.md"] + pages["CONTRIBUTING.md"]
    files = re.findall(r"`((?:standpoint|train|serve|tests|configs)/[\w/.-]+)`", page)
    modules = re.findall(r"`((?:standpoint|train|serve)(?:\.[a-z_]+)+)(?=[`.])", page)
    places = [root / file for file in files] + [root / m.replace(".", "/") for m in modules]
    assert len(places) > 60
    assert [p for p in places if not p.exists() and not p.with_suffix(".py").exists()] == []


def test_every_make_target_that_is_named_exists(pages, root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    for name, text in pages.items():
        named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", text, re.MULTILINE))
        assert {word for pair in named for word in pair if word} <= targets, name


def test_every_command_that_is_named_is_one_and_its_options_parse(pages):
    for text in pages.values():
        for line in re.findall(r"(?:\.venv/bin/)?standpoint ([a-z][^`\n#|>]*)", text):
            words = line.replace("*.txt", "a.txt").split()
            if words[0] in ("reads", "imports", "knows"):
                continue  # prose about the package of the same name
            build_parser().parse_args(words)


def test_every_config_and_benchmark_that_is_named_exists(pages, root):
    for text in pages.values():
        for path in re.findall(r"(?:configs|benchmarks)/[\w/.-]+\.(?:toml|py)", text):
            assert (root / path).is_file(), path


def test_every_data_table_of_the_experiments_page_is_one_that_a_config_may_hold(pages):
    shown = examples(pages["docs/experiments.md"], "toml")
    assert len(shown) == 2
    for text in shown:
        TypeAdapter(Data).validate_python(tomllib.loads(text)["data"])


def test_the_config_of_the_fine_tuning_page_is_one(pages):
    (shown,) = examples(pages["docs/finetuning.md"], "toml")
    FinetunedModel.model_validate(tomllib.loads(shown)["model"])


def test_the_experiments_page_names_every_corpus_protocol_kind_and_score(pages):
    page = pages["docs/experiments.md"]
    kinds = [get_args(part.model_fields["kind"].annotation)[0] for part in get_args(PROTOCOLS)]
    told = re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)
    assert sorted(told) == sorted([*kinds, "kind"])
    scores = get_args(Scoring.model_fields["metric"].annotation)
    assert all(f"`{name}`" in page for name in scores)
    assert all(name in page for name in TASKS_OF)


def test_the_data_page_names_every_set_and_how_it_comes(pages):
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", pages["docs/data.md"], re.MULTILINE)
    told = dict(rows[: len(load_catalog())])
    assert {name: ("by hand" in how, "asks" in how) for name, how in told.items()} == {
        name: (bool(each.by_hand), bool(each.read_first)) for name, each in load_catalog().items()
    }


def test_the_benchmark_sheet_shows_every_set_that_has_a_benchmark(root):
    shown = {part.corpus for part in load_sheet(root / "configs" / "benchmarks.toml").sets}
    configs = (root / "configs" / "runs" / "benchmarks").glob("*.toml")
    assert {load_config(path).data.corpus for path in configs} == shown
    around_markers(root / "docs" / "benchmarks.md")


def test_contributing_names_the_parts_of_golden_results_that_can_be_recorded(pages):
    (listed,) = re.findall(r"^The parts are (.*)$", pages["CONTRIBUTING.md"], re.MULTILINE)
    assert sorted(re.findall(r"`([a-z]+)`", listed)) == sorted(PARTS)
    named = re.findall(r"tests\.golden\.record ([a-z]+)", pages["CONTRIBUTING.md"])
    assert named
    assert set(named) <= set(PARTS)


def test_every_setting_is_documented_and_no_other(pages, root):
    source = "".join(
        path.read_text("utf-8")
        for package in ("standpoint", "train", "serve")
        for path in (root / package).rglob("*.py")
    )
    fields = {f"STANDPOINT_{name.upper()}" for name in set(Settings.model_fields) - NOT_VARIABLES}
    read_elsewhere = set(re.findall(r"environ(?:\.get\(|\[)\"(STANDPOINT_[A-Z_]+)\"", source))
    documented = re.findall(r"^\| `(STANDPOINT_[A-Z_]+)` \|", pages["docs/api.md"], re.MULTILINE)
    assert sorted(documented) == sorted(fields | read_elsewhere)
    mentioned = set(re.findall(r"STANDPOINT_[A-Z_]+", source))
    assert mentioned - {"STANDPOINT_"} <= fields | read_elsewhere


def test_every_route_is_documented_and_no_other(pages, described):
    found = described.application.url_map.iter_rules()
    rules = {str(r).replace("<name>", "NAME") for r in found if r.endpoint != "docs.static"}
    table = pages["docs/api.md"].split("## POST")[0]
    assert set(re.findall(r"`(?:GET|POST) (/[^`]*)`", table)) == rules


def test_the_requests_in_the_api_page_are_answered(pages, described):
    asked = [json.loads(text) for text in examples(pages["docs/api.md"], "json")]
    article = next(body for body in asked if "text" in body and "holder" not in body)
    pairs = next(body for body in asked if "pairs" in body)
    assert described.post("/v1/articles", json=article).status_code == 200
    got = described.post("/v1/pairs", json=pairs)
    assert got.status_code == 200
    assert len(got.json["pairs"]) == len(pairs["pairs"])


def test_the_statement_in_the_api_page_has_the_keys_and_spans_of_a_real_one(pages, described):
    bodies = [json.loads(text) for text in examples(pages["docs/api.md"], "json")]
    shown = next(body for body in bodies if "evidence" in body)
    asked = next(body for body in bodies if "text" in body and "holder" not in body)
    found = described.post("/v1/articles", json=asked).json["statements"]
    (real,) = (s for s in found if s["cue"] == shown["cue"])
    assert set(real) == set(shown)
    for part in ("holder", "holder_span", "issue", "cue", "attribution", "evidence"):
        assert real[part] == shown[part]


def test_the_curl_of_the_readme_is_answered(pages, described):
    body = json.loads(re.search(r"-d '(\{.*?\})'", pages["README.md"]).group(1))
    got = described.post("/v1/articles", json=body)
    assert got.status_code == 200
    assert got.json["statements"]


def test_the_examples_of_the_client_page_print_what_it_shows(pages, described, capsys):
    page = pages["docs/client.md"]
    app = described.application
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    names = {}
    with running(server) as address:
        source = "".join(examples(page, "python")).replace("http://127.0.0.1:8000", address)
        exec(compile(source, "docs/client.md", "exec"), names)
        names["client"].close()
    assert capsys.readouterr().out == "".join(examples(page, "output"))


def test_the_client_page_names_every_method_with_its_arguments(pages):
    told = dict(re.findall(r"`(\w+)\(([^)]*)\)`", pages["docs/client.md"]))
    methods = {name: each for name, each in vars(Client).items() if name[0] != "_"}
    assert set(told) >= set(methods)
    for name, method in methods.items():
        named = [part.split("=")[0].strip() for part in told[name].split(",") if part]
        assert named == list(inspect.signature(method).parameters)[1:], name


def test_the_codebook_of_the_guide_is_sound(pages):
    (text,) = examples(pages["docs/codebooks.md"], "toml")
    codebook = parse_codebook(tomllib.loads(text), where="guide")
    assert codebook.parents() == {"lavrov": "russia"}
