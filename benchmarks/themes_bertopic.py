"""BERTopic with its defaults on the vectors in a folder, run by `benchmarks.themes` in an environment of its own."""

import json
import sys
import time
from pathlib import Path

import numpy as np
from bertopic import BERTopic

folder = Path(sys.argv[1])
vectors = np.load(folder / "centered.npy")
texts = json.loads((folder / "texts.json").read_text())
BERTopic().fit(texts[:200], vectors[:200])  # numba compiles at the first call: that is not its time
began = time.perf_counter()
labels, _ = BERTopic().fit_transform(texts, vectors)
seconds = time.perf_counter() - began
np.save(folder / "bertopic.npy", np.array(labels))
peak_kb = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(json.dumps({"seconds": seconds, "peak_mb": int(peak_kb) / 1024}))
