# The bot without (slim, the default) and with reading of pictures (--target ocr).
# docs/operations.md says how to run it; for a fixed base give a digest: --build-arg PYTHON=python@sha256:…
ARG PYTHON=python:3.11-slim-trixie

FROM ${PYTHON} AS program
COPY LICENSE /app/
COPY knowledge /app/knowledge
COPY slack_sandbox /app/slack_sandbox
COPY bot /app/bot
# the file system is read-only later, so that Python could not keep what it compiles
RUN ["python", "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "/app"]

FROM ${PYTHON} AS packages
RUN ["python", "-m", "venv", "--without-pip", "/venv"]
COPY requirements.txt /
RUN ["python", "-m", "pip", "--python", "/venv/bin/python", "install", "--no-cache-dir", "--only-binary=:all:", "--require-hashes", "--requirement", "/requirements.txt"]

FROM packages AS packages-ocr
COPY requirements-ocr.txt /
RUN ["python", "-m", "pip", "--python", "/venv/bin/python", "install", "--no-cache-dir", "--only-binary=:all:", "--require-hashes", "--requirement", "/requirements-ocr.txt"]

FROM ${PYTHON} AS runtime
RUN rm -rf /usr/local/bin/pip* /usr/local/lib/python3.*/ensurepip /usr/local/lib/python3.*/site-packages/* \
  && install -d -m 700 -o 10001 -g 10001 /data
# XERO_BOT_DEFAULT_…: where the setting is empty, as in a .env that passes all of them. On every network of the
# container; in Socket Mode the same port has the health checks alone
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XERO_BOT_DEFAULT_HOST=0.0.0.0 \
    XERO_BOT_DEFAULT_PORT=3000 \
    XERO_BOT_DEFAULT_HEALTH_PORT=3000
# DATABASE_URL is left to its default, an SQLite file in this directory
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
# asks at the address that the settings name
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-P", "-m", "bot", "health"]
ENTRYPOINT ["python", "-P", "-m", "bot"]
CMD ["run"]

FROM runtime AS ocr
COPY --from=packages-ocr /venv /venv
COPY --from=program /app /app

FROM runtime AS slim
COPY --from=packages /venv /venv
COPY --from=program /app /app
