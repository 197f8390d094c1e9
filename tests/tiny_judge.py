"""A small project to train a judge in: seeds, two real documents, contrast texts, pairs."""

import hashlib
import json
from pathlib import Path
from typing import Any

CODEBOOK = """
name  = "{name}"
title = "The dam"

[[actors]]
id   = "iran"
name = "Iran"
kind = "state"

[[actors]]
id   = "chile"
name = "Chile"
kind = "state"

[[issues]]
id      = "dam"
name    = "The dam"
favor   = "The dam is praised."
against = "The dam is rejected."
cues    = ["dam"]

[[issues]]
id      = "deal"
name    = "The deal"
favor   = "The deal is praised."
against = "The deal is rejected."
"""
VERBS = {"praised": "favor", "rejected": "against", "mentioned": "none"}
SENTENCES = [
    f"{holder} {verb} the dam {end}."
    for holder in ("Iran", "Chile")
    for verb in VERBS
    for end in ("on Monday", "with envoys", "at length")
]


def _actor(sentence):
    return sentence.split()[0].lower()


def _stance(sentence):
    return VERBS[sentence.split()[1]]


def _write_lines(path: Path, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def _seed_rows():
    for number in range(0, len(SENTENCES), 2):
        pair = SENTENCES[number : number + 2]
        text = "\n\n".join(pair)
        statements = []
        for sentence in pair:
            start = text.index(sentence)
            holder, cue = sentence.split()[0], text.index("dam", start)
            statements.append({
                "holder": holder.lower(), "issue": "dam", "stance": _stance(sentence),
                "holder_span": {"start": start, "end": start + len(holder), "text": holder},
                "cue": {"start": cue, "end": cue + 3, "text": "dam", "pole": "favor"},
                "sentiment": "neutral",
                "attribution": {"kind": "act", "reporter": None},
                "evidence": {"start": start, "end": start + len(sentence), "text": sentence},
            })  # fmt: skip
        yield {
            "id": f"seeded-{number}", "codebook": "seeded", "title": "The dam",
            "date": "2024-01-01", "style": "wire", "text": text, "statements": statements,
        }  # fmt: skip


def _real_row(document: str, sentences):
    text = "\n\n".join(sentences)
    statements, cells = [], {}
    for sentence in sentences:
        start = text.index(sentence)
        holder, stance = _actor(sentence), _stance(sentence)
        statements.append({
            "holder": holder, "issue": "dam", "stance": stance,
            "evidence": {"start": start, "end": start + len(sentence), "quote": sentence},
            "attribution": "act", "reporter": None, "reference": "named",
        })  # fmt: skip
        if stance != "none":
            cells[holder, stance] = {
                "actor": holder,
                "issue": "dam",
                "stance": stance,
                "strength": "must",
            }
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return text, {
        "document": document, "sha256": sha256, "kind": "news", "cells": [*cells.values()],
        "statements": statements,
    }  # fmt: skip


def write_project(root: Path) -> Path:
    """Write the folder of the project; its public data is in ``data``."""
    for folder, names in (("own", ["seeded"]), ("real", ["learned", "scored"]), ("c", ["turned"])):
        for name in names:
            path = root / "codebooks" / folder / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(CODEBOOK.format(name=name))
    _write_lines(root / "seeds/seeded.jsonl", _seed_rows())
    documents = {
        "learned": ("fakes/1", SENTENCES[::4]), "scored": ("reuters/2", SENTENCES[1::3]),
    }  # fmt: skip
    for book, (document, sentences) in documents.items():
        text, row = _real_row(document, sentences)
        _write_lines(root / f"seeds/real/{book}.jsonl", [row])
        source, id = document.split("/")
        folder = {"fakes": "fakes", "reuters": "reuters21578"}[source]
        _write_lines(root / "data" / folder / "articles.jsonl", [{"id": id, "text": text}])
    (root / "seeds/real/splits.toml").write_text('train = ["learned"]\ndev = ["scored"]\n')
    kinds = "".join(f'[{book}]\npolicy = ["dam", "deal"]\n' for book in documents)
    (root / "seeds/real/issues.toml").write_text(kinds)
    contrast = [
        {"id": f"a-001-{letter}", "group": "a-001", "kind": "two-actors", "before": "",
         "text": f"Iran {verb} the dam with envoys.", "speaker": None,
         "statements": {"dam": {"iran": stance}}}
        for letter, (verb, stance) in zip("ab", VERBS.items(), strict=False)
    ]  # fmt: skip
    _write_lines(root / "seeds/contrast/train/turned.jsonl", contrast)
    return root


def write_pairs(data: Path) -> None:
    """Write NewsMTSC and VAST, of the project's sentences, into the folder of public data.

    A sentence of a test split of NewsMTSC stands in its train split, too, as in the real one.
    """
    polarities = {"praised": 1, "rejected": -1, "mentioned": 0}
    splits = {"train": 0, "rw_dev": 1, "rw_test": 2, "mt_dev": 1, "mt_test": 2}
    for split, first in splits.items():
        rows = [
            {"id": f"s_{n}_1_0_dam", "sentence": sentence, "mention": "dam",
             "from": sentence.index("dam"), "to": sentence.index("dam") + 3,
             "polarity": polarities[sentence.split()[1]]}
            for n, sentence in enumerate(SENTENCES[first::3] + SENTENCES[2:3] * (split == "train"))
        ]  # fmt: skip
        _write_lines(data / "newsmtsc" / f"{split}.jsonl", rows)
    (data / "vast").mkdir(exist_ok=True)
    for split in ("train", "test"):
        lines = [
            f"{sentence} {split} {n},topic {n % 30},{n % 3},{4 if n % 3 == 2 else 1},{n},{n},0"
            for n, sentence in enumerate(SENTENCES * 6)
        ]
        text = "\n".join(["post,topic_str,label,type_idx,new_id,arc_id,seen?", *lines, ""])
        (data / "vast" / f"vast_{split}.csv").write_text(text, "utf-8")


def write_unlabelled(data: Path) -> None:
    """Add documents without labels to the folder of public data.

    They have the project's sentences with a year before each, so that they share no long run of
    words with its annotated documents.
    """
    path = data / "fakes" / "articles.jsonl"
    dated = [f"In {1950 + number} {sentence}" for number, sentence in enumerate(SENTENCES)]
    rows = [{"id": f"new-{n}", "text": " ".join(dated[n::6])} for n in range(4)]
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)


def judge_settings(encoder: Path, *, sources=("seeds", "real", "contrast"), **changes: Any):
    """A config of that project, with changes to it and to its schedule."""
    every = {
        "seeds": {"path": "seeds", "codebooks": "codebooks/own", "neighbors": 8},
        "real": {"path": "seeds/real", "codebooks": "codebooks/real", "repeat": 2, "others": 4},
        "contrast": {"path": "seeds/contrast", "codebooks": "codebooks/c"},
        "seeds-sentiment": {"path": "seeds", "codebooks": "codebooks/own"},
        "newsmtsc": {"path": "newsmtsc"},
        "vast": {"path": "vast", "others": 4, "research_only": {"vast": "research"}},
        "unlabelled": {"pairs": 16, "positives": 12, "research_only": {"reuters": "research"}},
    }
    schedule = {
        "steps": 24, "batch": 8, "learning_rate": 3e-3, "head_learning_rate": 3e-2,
        "warmup_steps": 2, "checkpoint_every": 7, "dev_every": 12,
    }  # fmt: skip
    return {
        "name": "tiny", "task": "stance", "seed": 3,
        "sources": [
            {"name": name, "corpus": name, "licence": "CC0-1.0", **every[name]} for name in sources
        ],
        "dev": {"path": "seeds/real", "codebooks": "codebooks/real", "share": 0.5},
        "model": {
            "kind": "judge", "encoder": str(encoder), "frozen_layers": 1, "split": 1,
            "about_width": 8, "stance_width": 8, "device": "cpu", "precision": "float32",
            "schedule": {**schedule, **changes.pop("schedule", {})},
        },
        **changes,
    }  # fmt: skip
