"""The pages in Chromium, against a real server: with scripts, by keyboard, on a phone, without scripts.

Screenshots go to the folder that STANDPOINT_SCREENSHOTS names, else to pytest's own.
"""

import csv
import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.behaviour.conftest import founded
from tests.end_to_end.conftest import Project
from tests.end_to_end.test_serving import running

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: run `apt-get install chromium`"),
]
ARTICLE = (
    "Ruritania rejects the river dam. Anna Lind backs the building freeze.\n\n"
    "Borduria ponders the shipping toll. Borduria saw the river dam."
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip
DESKTOP, PHONE, NARROW = (
    {"width": w, "height": h} for w, h in ((1280, 900), (390, 844), (360, 740))
)


@pytest.fixture(scope="module")
def base(root, tmp_path_factory):
    """The address of a server over a house with hand-set champions, and a large codebook."""
    house = founded(tmp_path_factory.mktemp("pages") / "house")
    house.promote("stance", version=3)
    house.promote("sentiment", version=2)
    shutil.copy(root / "configs" / "codebooks" / "sea-migration.toml", house.codebooks)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("STANDPOINT_")}
    project = Project(house.root, {**environ, "PYTHONPATH": str(root)})
    with running(project, "serve", wait_for="/readyz") as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, base):
    """Open the page; afterwards nothing may have been complained of, or asked of another host."""
    contexts, complaints, hosts = [], [], set()

    def under_policy(route):
        got = route.fetch()
        route.fulfill(response=got, headers={**got.headers, "content-security-policy": POLICY})

    def open_page(path="/", **options):
        context = browser.new_context(accept_downloads=True, **{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        page.route("**/*", under_policy)
        page.goto(f"{base}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    refused = "the server responded with a status of 422"
    assert [told for told in complaints if refused not in told] == []
    assert hosts - {""} <= {urlsplit(base).netloc}


@pytest.fixture(scope="module")
def shots(tmp_path_factory):
    """The folder of screenshots."""
    given = os.environ.get("STANDPOINT_SCREENSHOTS")
    folder = Path(given) if given else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read(page, text=ARTICLE, codebook="dam"):
    page.fill("#text", text)
    page.select_option("#codebook", codebook)
    page.click("button.primary")
    page.wait_for_selector("#result")
    page.wait_for_load_state("load")  # the style sheet too
    return page


def shown_cells(page):
    return [
        cell.get_attribute("id") for cell in page.query_selector_all(".cell") if cell.is_visible()
    ]


def lit(page):
    return "".join(piece.text_content() for piece in page.query_selector_all("#prose .chosen"))


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_a_pasted_article_is_read_and_a_click_on_a_cell_shows_what_stands_behind_it(visit):
    page = read(visit())
    assert len(shown_cells(page)) == 4
    page.click('a[href="#cell-1-0"]')
    assert shown_cells(page) == ["cell-1-0"]
    assert focused(page) == "cell-1-0"
    assert page.get_attribute('a[href="#cell-1-0"]', "aria-current") == "true"
    assert lit(page) == "Anna Lind backs the building freeze."
    assert page.inner_text("#message") == "− against 0.98 Anna Lind on The river dam: 1 statement."
    assert page.url.endswith("#cell-1-0")
    page.click("#cell-1-0 .why summary")
    assert "backs" in page.inner_text("#cell-1-0 .bars >> nth=0")
    page.click("#all")
    assert len(shown_cells(page)) == 4
    assert lit(page) == ""


def test_a_cell_of_an_organisation_leads_on_to_its_members_statement(visit):
    page = read(visit())
    page.click('a[href="#cell-0-0"]')
    assert lit(page) == "Ruritania rejects the river dam.Anna Lind backs the building freeze."
    page.click('#cell-0-0 a[href="#statement-2"]')
    assert focused(page) == "statement-2"
    assert lit(page) == "Anna Lind backs the building freeze."


def test_a_number_in_the_text_leads_to_its_statement(visit):
    page = read(visit())
    page.click('#prose a[href="#statement-3"]')
    assert focused(page) == "statement-3"
    assert page.is_visible("#statement-3")


def test_everything_can_be_done_with_the_keyboard_alone(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "text"
    page.keyboard.insert_text(ARTICLE)
    page.keyboard.press("Tab")
    assert focused(page) == "file"
    page.keyboard.press("Tab")
    assert focused(page) == "codebook"
    page.keyboard.press("d")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert focused(page) == "primary"
    page.keyboard.press("Enter")
    page.wait_for_selector("#result")
    page.wait_for_load_state("load")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.hash") == "#cell-0-0":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.hash") == "#cell-2-1"
    page.keyboard.press("Enter")
    assert shown_cells(page) == ["cell-2-1"]
    page.keyboard.press("Escape")
    assert len(shown_cells(page)) == 4
    assert page.evaluate("document.activeElement.hash") == "#cell-2-1"


DROP = """([name, bytes]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], name, { type: "text/plain" }));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.querySelector("#text").dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
  }
}"""


def test_a_dropped_file_fills_the_box_and_one_that_is_no_text_is_refused(visit):
    page = visit()
    page.evaluate(DROP, ["news.txt", list(ARTICLE.encode())])
    page.wait_for_selector("#busy:has-text('in the box')")
    assert page.input_value("#text") == ARTICLE
    assert not page.query_selector(".dropping")
    page.evaluate(DROP, ["news.pdf", [0x25, 0xFF, 0xFE]])
    page.wait_for_selector("#busy:has-text('UTF-8')")
    assert page.input_value("#text") == ARTICLE


def test_a_chosen_file_fills_the_box(visit, tmp_path):
    (tmp_path / "news.txt").write_text(ARTICLE, "utf-8")
    page = visit()
    page.set_input_files("#file", tmp_path / "news.txt")
    page.wait_for_selector("#busy:has-text('in the box')")
    assert page.input_value("#text") == ARTICLE


def kept(page, button):
    """What a download holds, and its name."""
    with page.expect_download() as waiting:
        page.click(button)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_text("utf-8")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_answer_can_be_kept_as_json_and_as_csv(visit, scripts):
    page = read(visit(java_script_enabled=scripts))
    name, written = kept(page, "button[value=json]")
    assert name == "standpoint.json"
    found = json.loads(written)
    assert found["article"]["n_chars"] == len(ARTICLE)
    assert all(
        ARTICLE[s["evidence"]["start"] : s["evidence"]["end"]] == s["evidence"]["text"]
        for s in found["statements"]
    )
    name, written = kept(page, "button[value=csv]")
    assert name == "standpoint-statements.csv"
    assert [r["holder"] for r in csv.DictReader(written.splitlines())][:2] == ["ruritania", "lind"]


def test_without_scripts_every_cell_leads_to_its_statements_on_the_page(visit):
    page = read(visit(java_script_enabled=False))
    assert page.url.endswith("/#result")
    assert page.inner_text("#message").startswith("4 statements in 4 sentences")
    page.click('a[href="#cell-2-1"]')
    assert page.url.endswith("#cell-2-1")
    assert page.query_selector("#cell-2-1").is_visible()
    assert page.query_selector("#cell-2-1 >> :scope:target")
    assert len(shown_cells(page)) == 4
    page.click("#cell-2-1 .why summary")
    assert "ponders" in page.inner_text("#cell-2-1 .why")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_could_not_be_done_stands_above_the_table(visit, shots, scheme):
    text = "“We reject the river dam,” JÃ¶rg MÃ¼ller said.\n\nMS LI: No.\n\nMR FOX: Yes it is."
    page = read(visit(color_scheme=scheme, viewport=PHONE), text)
    notes = page.locator("ul.notes li")
    assert [note.split(":")[0].split(",")[0] for note in notes.all_inner_texts()] == [
        "Text looks wrongly decoded",
        "Text names no actor of the codebook 'dam'. Choose another codebook",
        "Text is in turns",
    ]
    assert page.locator("ul.notes").bounding_box()["width"] <= PHONE["width"]
    page.screenshot(path=shots / f"notes-{scheme}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_fault_keeps_what_was_typed_and_leads_to_its_field(visit, scripts):
    page = visit(java_script_enabled=scripts)
    page.fill("#text", ARTICLE)
    page.click("text=Paste your own codebook")
    page.fill("#own", "name = ")
    page.click("button.primary")
    page.wait_for_selector("#faults:focus" if scripts else "#faults")
    assert page.input_value("#text") == ARTICLE
    assert page.input_value("#own") == "name = "
    page.click("#faults a")
    assert page.url.endswith("#own")


@pytest.fixture(scope="module")
def story(root):
    return (root / "docs" / "sample.txt").read_text("utf-8")


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["390", "360"])
def test_on_a_phone_only_the_table_scrolls_sideways(visit, story, size):
    page = visit(viewport=size)
    assert wide(page) <= 0
    read(page, story, "sea-migration")
    assert wide(page) <= 0
    region = page.query_selector(".scroll")
    assert region.evaluate("one => one.scrollWidth > one.clientWidth && one.tabIndex === 0")
    before = page.query_selector("#matrix tbody th").bounding_box()["x"]
    region.evaluate("one => { one.scrollLeft = 200; }")
    assert page.query_selector("#matrix tbody th").bounding_box()["x"] == pytest.approx(
        before, abs=2
    )
    page.goto(f"{page.url.split('#')[0]}models")
    assert wide(page) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "390"])
def test_the_pages_are_kept_as_pictures(visit, story, shots, size, scheme):
    page = visit(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    name = f"{size['width']}-{scheme}.png"
    page.screenshot(path=shots / f"home-{name}")
    read(page, story, "sea-migration")
    page.screenshot(path=shots / f"result-{name}", full_page=True)
    page.click("#matrix tr:has(th:text-is('Hungary')) a >> nth=0")
    page.click(".cell:not([hidden]) .why summary >> nth=0")
    page.screenshot(path=shots / f"cell-{name}")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 24, 28)"}[scheme]
    page.goto(f"{page.url.split('#')[0]}models")
    assert "Stance, version 3" in page.inner_text("main")
    page.screenshot(path=shots / f"models-{name}", full_page=True)
    assert all((shots / f"{what}-{name}").stat().st_size > 5_000
               for what in ("home", "result", "cell", "models"))  # fmt: skip
