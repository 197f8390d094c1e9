"""``python -m standpoint``: the same as ``standpoint``."""

from standpoint.cli.main import main

raise SystemExit(main())
