"""Weights to a built encoder: a `transformers` model, a tokenizer and an int8 graph, verified, in one folder.

The build happens in a folder beside the final one, which it replaces in one rename once every file is written and checked;
a build killed half-way leaves nothing that could be taken for a whole one.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import save_file

from nlp_service.errors import ModelCorrupt, ModelMissing
from nlp_service.inference import catalog, tuned
from nlp_service.inference.catalog import Built
from nlp_service.inference.engine import Floats
from nlp_service.inference.sources import Base, load_base
from nlp_service.inference.transformer import PREFIX
from nlp_service.settings import Settings

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from nlp_service.inference.export_onnx import PooledEncoder

MIN_COSINE = 0.95
"""Of int8 to float32. The base alone keeps 0.994, as all its vectors share a large part; tuned ones share little, so that
the same error turns them further (0.967)."""
FEATURE_LAYERS = (4, 8, 12)
"""The layers whose means the heads read. Three beat the last one alone by 1.4 points of macro-F1 on a development part."""
FILES = ("config.json", "model.safetensors", "theme.safetensors", "tokenizer.json", "encoder.onnx")
STEPS = ("weights", "model", "graph", "int8", "check")
SAMPLE = (
    "The app crashes every time I open my cart.",
    "Delivery was quick and the courier was kind, thank you!",
    "Is there a dark mode?",
    "برنامه خیلی کند شده و باز نمی‌شود",
    "لطفا حالت تاریک را اضافه کنید",
    "Kargo üç gün gecikti, kimse telefona bakmadı.",
    "Fiyatlar çok uygun, herkese tavsiye ederim",
    "التطبيق رائع لكنه بطيء بعد التحديث الأخير",
    "متى سيصل طلبي؟",
    "Die Rückerstattung hat sechs Wochen gedauert.",
    "Je n'arrive plus à me connecter à mon compte.",
    "El paquete llegó roto y nadie responde",
    "客服态度很好，问题马上解决了",
    "アップデート後に起動しなくなりました",
    "ऐप बहुत धीमा है",
    "Приложение отличное, но слишком много рекламы",
    "ok",
    "👍👍",
)

Progress = Callable[[str, int, int], None]


def install(settings: Settings, *, force: bool = False, progress: Progress = lambda *_: None) -> tuple[Built, bool]:
    """The installed build, and whether this call made it.

    Raises:
        ModelMissing: the base weights cannot be had.
        ModelCorrupt: they have another checksum, or the int8 graph strays from the float32 model.
    """
    if not force:
        try:
            built = catalog.find(settings.models_dir)
            catalog.verify(built)
            return built, False
        except (ModelMissing, ModelCorrupt):
            pass
    final = catalog.folder(settings.models_dir)
    partial = final.with_name(final.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        _build(settings, partial, progress)
        shutil.rmtree(final, ignore_errors=True)
        partial.rename(final)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return catalog.find(settings.models_dir), True


def _build(settings: Settings, folder: Path, progress: Progress) -> None:
    from nlp_service.inference import export_onnx

    progress(STEPS[0], 0, len(STEPS))
    base = load_base(settings)
    own = tuned.load(settings.models_dir / catalog.TUNED)
    if own is not None:
        tuned.lay_over(base.model, own)
    progress(STEPS[1], 1, len(STEPS))
    base.tokenizer.save(str(folder / "tokenizer.json"))
    base.model.save_pretrained(folder)
    theme = own.theme if own is not None else last_layer(base.model.config.hidden_size)
    save_file({"theme": theme}, folder / "theme.safetensors")
    encoder = export_onnx.pooled_encoder(base.model, theme, feature_layers=FEATURE_LAYERS)
    reference = _reference_vectors(encoder, base.tokenizer)
    progress(STEPS[2], 2, len(STEPS))
    float_graph = folder / "float32.onnx"
    export_onnx.export(encoder, float_graph)
    progress(STEPS[3], 3, len(STEPS))
    export_onnx.quantize(float_graph, folder / "encoder.onnx")
    float_graph.unlink()
    progress(STEPS[4], 4, len(STEPS))
    _finish(base, folder, reference, settings=settings)
    progress("done", len(STEPS), len(STEPS))


def last_layer(dimension: int) -> Floats:
    """The theme matrix of an encoder that is not tuned: the mean of the last layer as it is."""
    rows = dimension * len(FEATURE_LAYERS)
    return np.eye(rows, dimension, dimension - rows, dtype=np.float32)


def _reference_vectors(encoder: "PooledEncoder", tokenizer: "Tokenizer") -> Floats:
    import torch

    rows = []
    with torch.inference_mode():
        for text in SAMPLE:
            ids = torch.tensor([tokenizer.encode(PREFIX + text).ids])
            rows.append(encoder(ids, torch.ones_like(ids))[1][0].numpy())
    return np.stack(rows)


def _finish(base: Base, folder: Path, reference: Floats, *, settings: Settings) -> None:
    from nlp_service.inference.onnx_encoder import OnnxEncoder

    dimension = base.model.config.hidden_size
    built = Built(
        folder=folder,
        source=base.source,
        dimension=dimension,
        n_features=dimension * len(FEATURE_LAYERS),
        feature_layers=FEATURE_LAYERS,
        sha256={name: catalog.sha256_of(folder / name) for name in FILES},
        tuned_sha256=tuned.checksum(settings.models_dir / catalog.TUNED),
        cosine=0.0,
    )
    _, vectors = OnnxEncoder(built, threads=settings.engine_threads).features(SAMPLE)
    cosine = float((vectors * reference).sum(axis=1).min())
    if cosine < MIN_COSINE:
        raise ModelCorrupt(f"The int8 graph strays from the float32 model: cosine {cosine:.4f}, {MIN_COSINE} needed.")
    catalog.write_manifest(replace(built, cosine=round(cosine, 5)))
