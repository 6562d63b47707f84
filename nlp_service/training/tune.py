"""One encoder tuned to every task at once, with checkpoints and early stopping on a development part."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from safetensors.torch import load_file

from nlp_service.training import checkpoints, contrast
from nlp_service.training.examples import weights_of
from nlp_service.training.losses import allowed_loss, composed_sentiment, contrast_loss, present_loss, relation_loss
from nlp_service.training.mixture import Example, bucketed, draw
from nlp_service.training.tunable import Tunable

CYCLE = ("want", "act", "emotion", "theme", "act", "emotion")
"""Every step trains sentiment, which has the most corpora, and one of these in turn."""
SIZES = {"sentiment": 36, "emotion": 20, "act": 20}
LOSS_WEIGHTS = {"sentiment": 1.0, "emotion": 1.5, "act": 0.7, "theme": 0.3, "want": 0.3, "relation": 2.0}
RATE, HEAD_RATE, PIECE_RATE = 7e-5, 5e-4, 5e-4
PIECE_BETAS = (0.9, 0.99)
"""A piece met for the first time moves by one rate, not by three, as with the usual .999."""
WARM_UP = 0.05
CLIP = 1.0

Report = Callable[[str], None]
Examples = Mapping[str, Sequence[Example]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long to train, from which seed, and how often to save and to look at the development part.

    A run on top of another needs a seed of its own: with the same one it would meet the same rows again.
    """

    steps: int
    seed: int = 7
    save_every: int = 150
    look_every: int = 500
    patience: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Training and development examples by task and corpus, and the sources of the theme vector and the axes of wants."""

    train: Mapping[str, Examples]
    dev: Mapping[str, Examples]
    themes: Mapping[str, contrast.Source]
    wants: Mapping[str, contrast.Source]


def tune(model: Tunable, data: Data, plan: Plan, *, folder: Path, report: Report = print) -> dict[str, float]:
    """Tunes the model in place to the best state seen on the development part; gives its losses there.

    `folder` keeps `last.safetensors` and `best.safetensors`; a run that finds them goes on from there.
    """
    optimizers = _optimizers(model)
    last, best = folder / "last.safetensors", folder / "best.safetensors"
    start = checkpoints.resume(last, model, optimizers)
    lowest, since = _lowest(best), 0
    losses: dict[str, float] = {}
    began, running = time.monotonic(), _Running()
    for step, batches in islice(enumerate(_steps(data, plan)), start, None):
        _set_rates(optimizers, step, plan.steps)
        for task, loss in _backward(model, batches).items():
            running.add(task, loss)
        torch.nn.utils.clip_grad_norm_([*model.dense_parameters(), *model.heads.parameters()], CLIP)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        done = step + 1
        if done % 50 == 0:
            report(
                f"step {done}/{plan.steps} {running.means()} {(time.monotonic() - began) / (done - start):.2f} s a step"
            )
        if done % plan.look_every == 0 or done == plan.steps:
            losses = look(model, data)
            report(f"dev {done} {losses}")
            since = 0 if losses["total"] < lowest else since + 1
            if losses["total"] < lowest:
                lowest = losses["total"]
                checkpoints.save(best, model, optimizers, step=done, note=losses)
            if since >= plan.patience:
                report("the development part no longer improves: stopped")
                break
        if done % plan.save_every == 0 or done == plan.steps:
            checkpoints.save(last, model, optimizers, step=done, note=losses)
    checkpoints.load_weights(model, load_file(best))
    return losses


def look(model: Tunable, data: Data) -> dict[str, float]:
    """Mean loss of each task over its development examples, each corpus counting alike, and their weighted total."""
    found: dict[str, float] = {}
    with torch.inference_mode():
        for task, by_corpus in data.dev.items():
            losses = []
            for own in by_corpus.values():
                parts = list(bucketed(own, [example.length for example in own], size=SIZES[task], seed=0))
                losses.append(
                    sum(float(_loss(model, task, model.features(_texts(part)), part)) * len(part) for part in parts)
                    / len(own)
                )
            found[task] = round(sum(losses) / len(losses), 4)
    found["total"] = round(sum(LOSS_WEIGHTS[task] * value for task, value in found.items()), 4)
    return found


class _Running:
    """Exponential means of the losses, for the eyes of whoever waits."""

    def __init__(self) -> None:
        self._means: dict[str, float] = {}

    def add(self, task: str, loss: float) -> None:
        self._means[task] = loss if task not in self._means else 0.95 * self._means[task] + 0.05 * loss

    def means(self) -> str:
        return " ".join(f"{task} {value:.3f}" for task, value in sorted(self._means.items()))


def _optimizers(model: Tunable) -> list[torch.optim.Optimizer]:
    """One for the layers and heads, and one that moves the pieces that a step meets and no others."""
    groups = [
        {"params": model.dense_parameters(), "lr": RATE, "peak": RATE},
        {"params": list(model.heads.parameters()), "lr": HEAD_RATE, "peak": HEAD_RATE},
    ]
    pieces = [{"params": [model.pieces.weight], "lr": PIECE_RATE, "peak": PIECE_RATE}]
    return [
        torch.optim.AdamW(groups, weight_decay=0.01, fused=True),
        torch.optim.SparseAdam(pieces, betas=PIECE_BETAS),
    ]


def _set_rates(optimizers: Sequence[torch.optim.Optimizer], step: int, steps: int) -> None:
    warm = max(1, round(steps * WARM_UP))
    factor = min((step + 1) / warm, (steps - step) / max(1, steps - warm))
    for group in (group for optimizer in optimizers for group in optimizer.param_groups):
        group["lr"] = group["peak"] * factor


def _lowest(best: Path) -> float:
    return float(json.loads(checkpoints.metadata(best)["note"])["total"]) if best.is_file() else float("inf")


Batch = list[Example] | contrast.Pairs
Step = list[tuple[str, Batch]]


def _steps(data: Data, plan: Plan) -> Iterator[Step]:
    """The batches of every step: the same, in the same order, whenever it is called."""
    n_of = {task: -(-plan.steps * CYCLE.count(task) // len(CYCLE)) for task in CYCLE} | {"sentiment": plan.steps}
    streams: dict[str, Iterator[Batch]] = {
        task: _batches(task, data.train[task], n=n_of[task], seed=plan.seed) for task in SIZES
    }
    streams["theme"] = contrast.batches(data.themes, n=n_of["theme"], seed=plan.seed)
    streams["want"] = contrast.batches(data.wants, n=n_of["want"], seed=plan.seed, pairs=contrast.WANT_PAIRS)
    for step in range(plan.steps):
        yield [(task, next(streams[task])) for task in ("sentiment", CYCLE[step % len(CYCLE)])]


def _batches(task: str, by_corpus: Examples, *, n: int, seed: int) -> Iterator[Batch]:
    sizes = {name: len(own) for name, own in by_corpus.items()}
    drawn = draw(sizes, weights_of(task, by_corpus), n=(n + 2) * SIZES[task], seed=seed)
    examples = [by_corpus[name][row] for name, row in drawn]
    yield from bucketed(examples, [example.length for example in examples], size=SIZES[task], seed=seed)


def _backward(model: Tunable, batches: Step) -> dict[str, float]:
    """The losses of the batches by task, after one pass through the encoder for all of them and one back."""
    texts = [_texts(batch) for _, batch in batches]
    features = torch.split(model.features([text for own in texts for text in own]), [len(own) for own in texts])
    losses = {task: _loss(model, task, found, batch) for (task, batch), found in zip(batches, features, strict=True)}
    torch.stack([LOSS_WEIGHTS[task] * loss for task, loss in losses.items()]).sum().backward()  # type: ignore[no-untyped-call]
    return {task: float(loss.detach()) for task, loss in losses.items()}


def _texts(batch: Batch) -> list[str]:
    if isinstance(batch, contrast.Pairs):
        return [member.text for member in batch.members]
    return [text for example in batch for text in example.segments]


def _loss(model: Tunable, task: str, features: torch.Tensor, batch: Batch) -> torch.Tensor:
    if isinstance(batch, contrast.Pairs):
        same, ignored = (torch.from_numpy(matrix).to(features.device) for matrix in contrast.relations(batch))
        vectors = model.want_vectors(features) if task == "want" else model.vectors(features)
        return contrast_loss(vectors, same, ignored)
    logits = model.logits(task, features)
    target = torch.stack([torch.from_numpy(example.target) for example in batch]).to(logits.device)
    if task == "emotion":
        return present_loss(logits, target)
    if task == "act":
        return allowed_loss(logits.softmax(dim=1), target)
    return _sentiment_loss(model, features, logits, target, batch)


def _sentiment_loss(
    model: Tunable, features: torch.Tensor, logits: torch.Tensor, target: torch.Tensor, batch: Sequence[Example]
) -> torch.Tensor:
    """The loss of the composed sentiment and, where a text has a teacher, of straying from it."""
    sizes = torch.tensor([len(example.segments) for example in batch], device=logits.device)
    bags = torch.repeat_interleave(torch.arange(len(batch), device=logits.device), sizes)
    lengths = torch.tensor([float(max(1, len(t))) for example in batch for t in example.segments], device=logits.device)
    loss = allowed_loss(composed_sentiment(logits, lengths, bags, len(batch)), target)
    teachers = [(i, example.teacher) for i, example in enumerate(batch) if example.teacher is not None]
    if len(teachers) > 2 and torch.is_grad_enabled():
        first = sizes.cumsum(0) - sizes
        vectors = model.vectors(features[first[[i for i, _ in teachers]]])
        teacher = torch.stack([torch.from_numpy(vector) for _, vector in teachers]).to(vectors.device)
        loss = loss + LOSS_WEIGHTS["relation"] * relation_loss(vectors, teacher)
    return loss
