"""Our themes beside BERTopic's defaults on the same vectors, in one run: quality, counts, time, memory, and their ratios.

    python -m benchmarks.themes --data ../shared/data [--sizes 1000,5000,20000,100000,1000000] [--peer PYTHON]

BERTopic lives in an environment of its own, whose interpreter `--peer` names (`pip install torch==2.13.0 bertopic==0.17.4`).
Vectors of labelled test corpora are encoded once and kept in `var/bench`. Sizes beyond those corpora are made of their
vectors with a little noise, for time and memory only. Every method runs in a process of its own, so that its peak memory is
its own.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import v_measure_score

from nlp_service.inference.engine import unit
from nlp_service.inference.load import load_encoder, load_engine
from nlp_service.settings import ROOT, Settings
from nlp_service.topics.aspects import leanings, prototypes, with_leanings
from nlp_service.topics.center import center, load_centroids
from nlp_service.topics.large import nearest
from nlp_service.topics.taxonomy import load_taxonomy
from nlp_service.training.datasets import read_rows

FOLDER = ROOT / "var" / "bench"
CORPORA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sib200", ("en", "fa", "tr", "ar")),
    ("banking77_ar_en", ("en", "ar")),
    ("xsid", ()),
    ("mabsa_hotel", ()),
    ("stackoverflow20", ()),
)
PEER_AT_MOST = 20_000
"""Texts that the peer is given at the most: it was not measured beyond."""
NOISE = 0.02


def main() -> None:
    """Prints one line a corpus and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sizes", default="1000,5000,20000,100000,1000000")
    parser.add_argument("--peer", type=Path, default=None)
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    errors: dict[str, list[float]] = {}
    for corpus, languages in CORPORA:
        for name, error in _labelled(corpus, languages, options.data, options.peer).items():
            errors.setdefault(name, []).append(error)
    for name, found in errors.items():
        print(f"median relative error of the number of themes, {name}: {np.median(found):.2f}")
    _timed([int(size) for size in options.sizes.split(",")], options.peer)


def _labelled(corpus: str, languages: Sequence[str], data: Path, peer: Path | None) -> dict[str, float]:
    """Prints quality on one labelled corpus; gives the relative error of the number of themes by method."""
    folder, topics, langs = _vectors(corpus, languages, data)
    found = {"ours": _run(sys.executable, "ours", folder)}
    if peer is not None:
        found["bertopic"] = _run(str(peer), "bertopic", folder)
    errors = {}
    centered = np.load(folder / "centered.npy")
    for name, result in found.items():
        labels = np.load(folder / f"{name}.npy")
        assigned = _assigned(centered, labels)
        n_true, n_found = len(set(topics)), int(labels.max()) + 1
        errors[name] = abs(n_found - n_true) / n_true
        print(
            f"{corpus:16s} {name:9s} n {len(labels):6d}  v {v_measure_score(topics, labels):.3f}  v_assigned "
            f"{v_measure_score(topics, assigned):.3f}  v_language {v_measure_score(langs, assigned):.3f}  themes "
            f"{n_found}/{n_true}  unassigned {np.mean(labels < 0):.3f}  {result['seconds']:.1f} s  "
            f"{result['peak_mb']:.0f} MB",
            flush=True,
        )
    if len(found) > 1:
        print(f"{corpus:16s} bertopic / ours: time {found['bertopic']['seconds'] / found['ours']['seconds']:.1f}")
    return errors


def _timed(sizes: Sequence[int], peer: Path | None) -> None:
    """Prints time and memory by size, and how time grows."""
    base = np.concatenate([np.load(FOLDER / corpus / "centered.npy") for corpus, _ in CORPORA])
    leaning = np.concatenate([np.load(FOLDER / corpus / "input.npy", mmap_mode="r")[:, 384:] for corpus, _ in CORPORA])
    rng = np.random.default_rng(0)
    before: tuple[int, float] | None = None
    for size in sizes:
        folder = FOLDER / f"size{size}"
        folder.mkdir(exist_ok=True)
        rows = np.sort(rng.choice(len(base), size=size, replace=size > len(base)))
        _write_large(folder, base, leaning, rows, rng)
        ours = _run(sys.executable, "ours", folder)
        growth = "" if before is None else f"  x{ours['seconds'] / before[1]:.1f} for x{size / before[0]:.0f}"
        before = (size, ours["seconds"])
        print(f"size {size:8d} ours      {ours['seconds']:7.1f} s {ours['peak_mb']:6.0f} MB{growth}", flush=True)
        if peer is not None and size <= PEER_AT_MOST:
            other = _run(str(peer), "bertopic", folder)
            ratio = other["seconds"] / ours["seconds"]
            print(
                f"size {size:8d} bertopic  {other['seconds']:7.1f} s {other['peak_mb']:6.0f} MB  x{ratio:.1f}",
                flush=True,
            )


def _write_large(folder: Path, base: Any, leaning: Any, rows: Any, rng: np.random.Generator) -> None:
    """Centered vectors for the peer and input vectors in float16 for us, written in chunks."""
    shape = (len(rows), base.shape[1] + leaning.shape[1])
    target = np.lib.format.open_memmap(folder / "input.npy", mode="w+", dtype=np.float16, shape=shape)
    small = len(rows) <= PEER_AT_MOST
    centered = np.empty((len(rows), base.shape[1]), np.float32) if small else None
    for start in range(0, len(rows), 20_000):
        own = rows[start : start + 20_000]
        noisy = unit((base[own] + rng.normal(0, NOISE, (len(own), base.shape[1]))).astype(np.float32))
        scale = np.sqrt(np.maximum(1 - (leaning[own].astype(np.float32) ** 2).sum(axis=1, keepdims=True), 0))
        target[start : start + len(own)] = np.concatenate([noisy * scale, leaning[own]], axis=1).astype(np.float16)
        if centered is not None:
            centered[start : start + len(own)] = noisy
    target.flush()
    if centered is not None:
        np.save(folder / "centered.npy", centered)
    (folder / "texts.json").write_text(json.dumps([f"text {row}" for row in rows[:PEER_AT_MOST].tolist()]))
    (folder / "languages.json").write_text(json.dumps(["und"] * len(rows)))


def _vectors(corpus: str, languages: Sequence[str], data: Path) -> tuple[Path, list[str], list[str]]:
    """The folder with a corpus's vectors, made at the first call, and its topics and languages."""
    folder = FOLDER / corpus
    rows = [row for row in read_rows(data / "topics" / f"{corpus}.jsonl.gz") if (row.get("split") or "test") == "test"]
    rows = [row for row in rows if not languages or row["lang"] in languages]
    topics, langs = [str(row["topic"]) for row in rows], [row["lang"] for row in rows]
    if not (folder / "input.npy").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings()
        encoder = load_encoder(settings)
        centroids = load_centroids(settings.centroids_path, dimension=encoder.dimension)
        taxonomy = load_taxonomy(settings.taxonomy_dir)
        centered = center(encoder.features([row["text"] for row in rows])[1], langs, centroids=centroids)
        aspects = prototypes(taxonomy, engine=load_engine(settings), centroids=centroids, path=settings.aspects_path)
        np.save(folder / "centered.npy", centered)
        np.save(folder / "input.npy", with_leanings(centered, leanings(centered, aspects)))
        (folder / "texts.json").write_text(json.dumps([row["text"] for row in rows]))
        (folder / "languages.json").write_text(json.dumps(langs))
    return folder, topics, langs


def _assigned(vectors: Any, labels: Any) -> Any:
    """The labels with every left-out vector put to the nearest middle."""
    if not (labels < 0).any() or labels.max() < 0:
        return labels
    middles = unit(np.stack([vectors[labels == i].mean(axis=0) for i in range(int(labels.max()) + 1)]))
    return np.where(labels < 0, nearest(vectors, middles), labels)


def _run(python: str, method: str, folder: Path) -> dict[str, float]:
    """Seconds and peak memory of one method in a process of its own, which leaves its labels in the folder."""
    script = Path(__file__).with_name(f"themes_{method}.py")
    done = subprocess.run([python, str(script), str(folder)], check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
