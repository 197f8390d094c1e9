# The service without the training stack. It answers with a model of models/shipped; a folder with
# models of your own is mounted at /models, read-only:
#
#     docker build --tag standpoint .
#     docker run --read-only --tmpfs /tmp --publish 8000:8000 \
#       --volume /srv/standpoint/models:/models:ro --volume /srv/standpoint/keys.toml:/keys.toml:ro \
#       standpoint
#
# See docs/deploy.md.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY configs configs
COPY standpoint standpoint
COPY serve serve
COPY train train
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .
COPY constraints.txt .
# The environment has no pip: nothing can be installed in a running container.
RUN python -m venv --without-pip /opt/standpoint \
 && pip --python /opt/standpoint/bin/python install --no-cache-dir --constraint constraints.txt \
      "standpoint[serve] @ file://$(echo /wheels/standpoint-*.whl)"

FROM python:3.11-slim-bookworm
COPY --from=build /opt/standpoint /opt/standpoint
# Mount your own folder over it, or leave it out: the wheel contains the same codebooks.
COPY configs/codebooks /codebooks
COPY models/shipped /models/shipped
ENV PATH=/opt/standpoint/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STANDPOINT_MODELS_DIR=/models \
    STANDPOINT_CODEBOOKS_DIR=/codebooks \
    STANDPOINT_API_KEYS_FILE=/keys.toml
# Numeric, so that Kubernetes can check that it is not root.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["standpoint"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--workers", "2"]
