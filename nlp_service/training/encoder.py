"""`train encoder`: from corpora and the base weights to tuned layers, their heads, and calibration."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nlp_service.inference import catalog
from nlp_service.inference.install import install
from nlp_service.inference.load import load_encoder
from nlp_service.settings import Settings
from nlp_service.training import contrast, examples
from nlp_service.training.calibrate import calibrate
from nlp_service.training.frozen import frozen_settings
from nlp_service.training.mixture import Example
from nlp_service.training.publish import publish, published_steps, restore
from nlp_service.training.tunable import TASKS, Tunable
from nlp_service.training.tune import Data, Plan, tune

SEED = 7
"""Of the first run; a later one adds the steps before it, so that it draws other rows."""
DEV_ROWS = {"sentiment": 20, "act": 40, "emotion": 20}
CALIBRATION_ROWS = {"sentiment": 60, "act": 150, "emotion": 100}

NEW_SHARE = 0.85
"""What a run on top of a published encoder keeps of itself, the rest being the published weights (Wortsman et al. 2022,
"Robust fine-tuning of zero-shot models"). Of version 5, on development rows with 0, 0.4, 0.7 and all of the new weights:
sentiment macro-F1 .640, .664, .660, .675; acts right .803, .817, .828, .808; nearest wording of the same want .874, .884,
.892, .895."""

Report = Callable[[str], None]


def train_encoder(settings: Settings, *, data_dir: Path, steps: int, report: Report) -> dict[str, dict[str, Any]]:
    """The cards of the tuned heads; everything is written to the models folder, and the encoder is built anew.

    A run that was killed goes on where it last saved, in `<data_dir of the settings>/tuning`. A new one starts from the
    layers and heads that are published, where there are any. The teacher is the base encoder, built below
    `<data_dir of the settings>/frozen`.
    """
    frozen = frozen_settings(settings)
    folder = settings.data_dir / "tuning"
    data = _data(settings, data_dir, frozen)
    model = _start(frozen)
    model.standardize([example.segments[0] for own in data.train["sentiment"].values() for example in own[:8]])
    before = published_steps(settings.models_dir)
    if before:
        restore(model, models_dir=settings.models_dir)
    published = {name: tensor.clone() for name, tensor in model.trained_state().items()}
    losses = tune(model, data, Plan(steps=steps, seed=SEED + before), folder=folder, report=report)
    if before:
        model.mix(published, share=NEW_SHARE)
    rows = {task: examples.counts(own) for task, own in data.train.items()}
    publish(model, models_dir=settings.models_dir, card={"steps": before + steps, "dev_losses": losses, "rows": rows})
    shutil.rmtree(folder)
    return calibrate_heads(settings, data_dir=data_dir)


def calibrate_heads(settings: Settings, *, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Builds the int8 engine of the tuned layers and calibrates its heads on the development part."""
    install(settings)
    encoder = load_encoder(settings)
    dev = _dev(settings, data_dir, CALIBRATION_ROWS)
    return {task: calibrate(task, dev[task], encoder=encoder, models_dir=settings.models_dir) for task in TASKS}


def _data(settings: Settings, data_dir: Path, frozen: Settings) -> Data:
    teacher = load_encoder(frozen)
    sentiment = examples.sentiment_examples(data_dir, "train", gold_dirs=settings.gold_dirs("sentiment"))
    return Data(
        train={
            "sentiment": examples.taught(data_dir, sentiment, teacher=teacher, cache_dir=settings.data_dir / "features")
            | examples.spoken_examples(settings.gold_acts_dir, "train"),
            "act": examples.act_examples(data_dir, settings.gold_acts_dir, "train")
            | examples.asking_examples(data_dir, settings.gold_reviews_dir),
            "emotion": examples.emotion_examples(data_dir, "train", gold_dirs=settings.gold_dirs("emotion")),
        },
        dev=_dev(settings, data_dir, DEV_ROWS),
        themes=contrast.sources(data_dir, "train", taxonomy_dir=settings.taxonomy_dir),
        wants=contrast.want_sources(
            "train", wants_dir=settings.wants_dir, gold_dirs=(settings.gold_acts_dir, settings.gold_requests_dir)
        ),
    )


def _dev(settings: Settings, data_dir: Path, limits: dict[str, int]) -> dict[str, dict[str, list[Example]]]:
    return {
        "sentiment": examples.sentiment_examples(
            data_dir, "dev", gold_dirs=settings.gold_dirs("sentiment"), limit=limits["sentiment"]
        )
        | examples.spoken_examples(settings.gold_acts_dir, "dev", limit=limits["sentiment"]),
        "act": examples.act_examples(data_dir, settings.gold_acts_dir, "dev", limit=limits["act"]),
        "emotion": examples.emotion_examples(
            data_dir, "dev", gold_dirs=settings.gold_dirs("emotion"), limit=limits["emotion"]
        ),
    }


def _start(frozen: Settings) -> Tunable:
    """The base encoder ready to be tuned, on a GPU where there is one."""
    import torch
    from tokenizers import Tokenizer
    from transformers import BertModel

    torch.set_num_threads(frozen.engine_threads)
    built = catalog.find(frozen.models_dir)
    model: Any = BertModel.from_pretrained(
        built.folder, add_pooling_layer=False, attn_implementation="sdpa", dtype=torch.float32
    )
    tokenizer = Tokenizer.from_file(str(built.folder / "tokenizer.json"))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return Tunable(model.eval(), tokenizer, feature_layers=built.feature_layers).to(device)
