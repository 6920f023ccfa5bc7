# py_remote_viewer without a GPU (pictures by Mesa's llvmpipe). Build: docker build -t py_remote_viewer .
# Run:   docker run --rm -p 8000:8000 -p 50000-50100:50000-50100/udp --sysctl net.ipv4.ip_local_port_range="50000 50100" \
#          -e VIEWER_TOKEN="$(openssl rand -hex 16)" py_remote_viewer
# It listens on every address of the container and therefore wants VIEWER_TOKEN; the log prints the address to open.
# WebRTC is UDP: the range above is what the kernel hands out in the container. With --network host neither -p is needed.
# On a GPU: --build-arg BASE=<an image with Python 3.11 to 3.13 and the driver's EGL>, and --gpus all at run time.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libegl1 libgl1-mesa-dri libopengl0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

COPY py_remote_viewer py_remote_viewer
COPY client client
COPY scenes scenes
COPY LICENSE .

RUN useradd --system --create-home --uid 10001 viewer
USER viewer
ENV VIEWER_HOST=0.0.0.0 VIEWER_PORT=8000 PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "py_remote_viewer.cli.healthcheck"]
CMD ["python", "-m", "py_remote_viewer"]
