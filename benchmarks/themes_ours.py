"""Our clustering of the vectors in a folder, run by `benchmarks.themes`: prints its seconds and peak memory."""

import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from nlp_service.topics.cluster import cluster

folder = Path(sys.argv[1])
vectors = np.load(folder / "input.npy", mmap_mode="r")
languages = json.loads((folder / "languages.json").read_text())
began = time.perf_counter()
labels = cluster(vectors, languages, seed=2026)
seconds = time.perf_counter() - began
np.save(folder / "ours.npy", labels)
peak_kb = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(json.dumps({"seconds": seconds, "peak_mb": int(peak_kb) / 1024}))
