"""Logging: one line for each event, with what was asked and how it ended, never with a text."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

LOG = logging.getLogger("standpoint.serve")


class JsonLines(logging.Formatter):
    """Formats a log record as a JSON object: time, level, message, and its fields.

    Of an exception it writes the type and the traceback, and never the message, which may quote
    the article.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            line["exception"] = kind.__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trace)
            ]
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """Formats a log record for a terminal: the message, then its fields."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One line, with a traceback below it after an exception."""
        fields = getattr(record, "fields", {})
        text = " ".join(f"{key}={value}" for key, value in fields.items() if value is not None)
        return f"{super().format(record)} {text}".rstrip()


def configure_logging(format: str | None, *, stream: TextIO | None = None) -> None:
    """Send all log records to one stream, by default standard error.

    Parameters
    ----------
    format : json or plain; None is plain on a terminal and json elsewhere
    """
    out = sys.stderr if stream is None else stream
    chosen = format or ("plain" if out.isatty() else "json")
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines() if chosen == "json" else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


def log_request(**fields: object) -> None:
    """Log an answer: request id, route, status, milliseconds, bytes, key."""
    LOG.info("request", extra={"fields": fields})
