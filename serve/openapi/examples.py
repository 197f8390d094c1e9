"""Examples of requests, answers and problems for the OpenAPI document; tests check each one."""

from typing import Any

SENTENCE = "Russia wants to see Iran at the table."
REQUEST_ID = "5f0c6d5e1f8a4b1c9f6e2d7a3b8c4d10"

MODELS: dict[str, Any] = {
    "stance": {"name": "champion", "version": 3, "run_id": "4b7903e9e8b04b9891e164f34ab21afe"},
    "sentiment": {"name": "champion", "version": 3, "run_id": "4b7903e9e8b04b9891e164f34ab21afe"},
}
DIGEST = "ad83bcca4ec75055118f2d8fdb95ab54b14ebc999068196cd83a5165b0a0b2af"

ARTICLE: dict[str, Any] = {"text": SENTENCE, "codebook": "geneva2"}

LABELLED: dict[str, Any] = {
    "article": {"id": "article", "date": None, "n_chars": 38, "n_sentences": 1},
    "statements": [
        {
            "holder": "russia",
            "holder_span": {"start": 0, "end": 6, "text": "Russia"},
            "issue": "iran-participation",
            "cue": {"start": 20, "end": 37, "text": "Iran at the table", "pole": "favor"},
            "stance": "favor",
            "probabilities": {"favor": 0.824, "against": 0.0513, "none": 0.1247},
            "abstained": False,
            "sentiment": "neutral",
            "attribution": {"kind": "paraphrase", "reporter": None, "cue": "wants"},
            "evidence": {"start": 0, "end": 38, "text": SENTENCE},
        }
    ],
    "stances": [
        {
            "actor": "russia",
            "issue": "iran-participation",
            "stance": "favor",
            "confidence": 0.824,
            "n_statements": 1,
            "n_favor": 1,
            "n_against": 0,
            "via": [],
        }
    ],
    "notes": [],
    "model": MODELS,
    "codebook": {"name": "geneva2", "digest": DIGEST},
}

LAKE: dict[str, Any] = {
    "text": "Syldavia vetoed the ferry on Monday.",
    "codebook": {
        "name": "lake",
        "title": "The lake",
        "actors": [{"id": "syldavia", "name": "Syldavia", "kind": "state"}],
        "issues": [
            {
                "id": "ferry",
                "name": "A ferry over the lake",
                "favor": "It runs.",
                "against": "It does not run.",
                "cues": ["ferry"],
            }
        ],
    },
    "date": "2013-11-19",
    "include_none": True,
}

PAIRS: dict[str, Any] = {
    "task": "stance",
    "pairs": [
        {
            "text": "Russia wants Iran at the table.",
            "holder": {"start": 0, "end": 6},
            "target": {"start": 13, "end": 30},
        },
        {"text": "Russia wants Iran at the table.", "holder": None, "target": "Iran"},
    ],
}

JUDGED: dict[str, Any] = {
    "task": "stance",
    "pairs": [
        {"label": "favor", "probabilities": {"favor": 0.867, "against": 0.0743, "none": 0.0587}},
        {"label": "favor", "probabilities": {"favor": 0.5514, "against": 0.2693, "none": 0.1793}},
    ],
    "model": MODELS,
}

BATCH: list[dict[str, Any]] = [
    {"id": "a", "text": SENTENCE},
    {"id": "b", "text": "Hungary rejected the scheme.", "codebook": "sea-migration"},
]

SCORING: dict[str, Any] = {
    "dataframe_split": {
        "columns": ["text", "holder_start", "holder_end", "target"],
        "data": [["Russia wants Iran at the table.", 0, 6, "Iran at the table"]],
    },
    "params": {"task": "stance"},
}

PREDICTED: dict[str, Any] = {
    "predictions": [{"label": "favor", "favor": 0.81, "against": 0.06, "none": 0.13}]
}

FORM: dict[str, str] = {"text": SENTENCE, "codebook": "geneva2"}

REQUESTS: dict[str, dict[str, Any]] = {  # of an operation, by name
    "labelArticle": {"article": ARTICLE, "with its codebook": LAKE},
    "labelArticles": {"two articles": BATCH},
    "judgePairs": {"pairs": PAIRS},
    "score": {"dataframe_split": SCORING},
    "readPage": {"form": FORM},
    "download": {"form": {**FORM, "format": "csv"}},
}
ANSWERS: dict[str, dict[str, Any]] = {
    "labelArticle": {"article": LABELLED},
    "judgePairs": {"pairs": JUDGED},
    "isAlive": {"alive": {"status": "ok"}},
    "isReady": {"ready": {"status": "ready"}},
    "score": {"predictions": PREDICTED},
}

PROBLEM_DETAILS: dict[int, str] = {
    400: "body: must be JSON, got Expecting property name enclosed in double quotes: "
    "line 1 column 2 (char 1).",
    404: "codebook: must be a known one, got 'genava2'.",
    405: "method: must be one of OPTIONS, POST for '/v1/articles', got GET.",
    413: "article: text must be at most 200,000 characters, got 200,001. Send it in parts.",
    415: "Content-Type: must be application/json, got 'text/plain'.",
    422: "text: missing.",
    500: "the server failed.",
    503: "no model has been promoted yet.",
}
PROBLEM_POINTERS: dict[int, str] = {413: "/text", 422: "/text"}
