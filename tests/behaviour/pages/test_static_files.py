"""The style sheet and the script, and the contrast of the colors."""

import re

import pytest

from serve.pages import assets


def test_static_files_are_kept_by_the_browser_until_they_change(client):
    page = client.get("/").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        got = client.get(address)
        assert got.status_code == 200
        assert got.cache_control.max_age == assets.MAX_AGE_S
        assert got.cache_control.immutable
        again = client.get(address, headers={"If-None-Match": got.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/static/page.css").cache_control.no_cache


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fviews.py", "%00"])
def test_no_other_file_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def palettes():
    """The colors of the light and of the dark page, by name."""
    source = (assets.FOLDER / "page.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    of = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return [of[0], of[0] | of[1]]


def luminance(color):
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


STANCES = ("favor", "against", "mixed", "abstained", "none", "absent")
PAIRS = [
    *((stance, f"{stance}-ground") for stance in STANCES),
    *((word, ground) for word in ("text", "quiet", "link") for ground in ("page", "raised")),
    *((mark, ground) for mark in ("holder", "cue", "text", "link")
      for ground in ("evidence-ground", "abstained-ground", "page")),
    ("fault", "fault-ground"), ("button-text", "button"), ("quiet", "absent-ground"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), PAIRS)
def test_every_word_stands_out_from_its_ground(scheme, word, ground):
    colors = palettes()[scheme]
    assert contrast(colors[word], colors[ground]) >= 4.5


def test_both_pages_name_the_same_colors():
    light, dark = palettes()
    assert set(light) == set(dark)
