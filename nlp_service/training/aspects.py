"""The shipped vectors of the taxonomy's aspects and of the known wants, so that no run has to encode their examples."""

from nlp_service.inference.load import load_engine
from nlp_service.settings import Settings
from nlp_service.topics.aspects import save_prototypes
from nlp_service.topics.center import load_centroids
from nlp_service.topics.taxonomy import load_taxonomy
from nlp_service.topics.wants import read_wordings, save_wants


def train_aspects(settings: Settings) -> int:
    """How many aspects were encoded; their vectors, and those of the known wants, are written to `models_dir`."""
    engine = load_engine(settings)
    taxonomy = load_taxonomy(settings.taxonomy_dir)
    centroids = load_centroids(settings.centroids_path, dimension=engine.dimension)
    save_prototypes(settings.aspects_path, taxonomy, engine=engine, centroids=centroids)
    save_wants(settings.wants_path, read_wordings(settings.wants_dir), engine=engine, centroids=centroids)
    return len(taxonomy)
