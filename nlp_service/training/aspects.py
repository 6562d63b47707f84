"""The shipped vectors of the taxonomy's aspects, so that no run has to encode their examples."""

from nlp_service.inference.load import load_engine
from nlp_service.settings import Settings
from nlp_service.topics.aspects import save_prototypes
from nlp_service.topics.center import load_centroids
from nlp_service.topics.taxonomy import load_taxonomy


def train_aspects(settings: Settings) -> int:
    """How many aspects were encoded; their vectors are written to `models_dir`."""
    engine = load_engine(settings)
    taxonomy = load_taxonomy(settings.taxonomy_dir)
    centroids = load_centroids(settings.centroids_path, dimension=engine.dimension)
    save_prototypes(settings.aspects_path, taxonomy, engine=engine, centroids=centroids)
    return len(taxonomy)
