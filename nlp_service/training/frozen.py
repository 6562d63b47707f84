"""The base encoder as it was before any tuning: the teacher of theme vectors, and a baseline."""

from nlp_service.inference.install import install
from nlp_service.settings import Settings


def frozen_settings(settings: Settings) -> Settings:
    """Settings whose models folder holds the base encoder alone, built there, in `frozen` of the data folder, if need be."""
    frozen = settings.model_copy(update={"models_dir": settings.data_dir / "frozen"})
    install(frozen)
    return frozen
