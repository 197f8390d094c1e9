"""The systemd units of `deploy/`."""

import re
import shutil
import subprocess
import sys

import pytest

from standpoint.cli.main import build_parser


@pytest.fixture
def units(root):
    return {
        name: (root / "deploy" / name).read_text("utf-8")
        for name in ("standpoint.service", "standpoint.socket")
    }


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_no_fault_in_the_units(units, tmp_path):
    paths = []
    for name, text in units.items():
        paths.append(tmp_path / name)
        # The command is not installed here; what is asked is whether the rest is right.
        paths[-1].write_text(text.replace("/opt/standpoint/bin/standpoint", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_of_the_unit_parses(units):
    command = re.search(r"^ExecStart=\S+ (.*)$", units["standpoint.service"], re.MULTILINE)
    build_parser().parse_args(command[1].split())


def test_the_address_of_the_socket_is_the_one_that_nginx_asks(units, root):
    address = re.search(r"^ListenStream=(.*)$", units["standpoint.socket"], re.MULTILINE)[1]
    assert f"server {address};" in (root / "deploy" / "nginx.conf").read_text("utf-8")
    assert address.startswith("127.0.0.1:")
