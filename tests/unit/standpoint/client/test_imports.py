"""The client needs the standard library alone."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[4]
LIST_MODULES = """
import sys
import standpoint.client
print(*sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names))
"""


def test_importing_the_client_loads_no_third_party_module():
    done = subprocess.run(
        [sys.executable, "-S", "-c", LIST_MODULES],  # -S: no site-packages
        env={"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["__main__", "standpoint"]
