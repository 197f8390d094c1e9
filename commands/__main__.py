"""``python -m commands``: the same as ``standpoint``."""

from commands.main import main

raise SystemExit(main())
