// Runs in the page, before its own scripts: notes every input message with the time of the pointer event behind it, reads
// the machine-readable strip of every picture that is shown, and keeps hold of the page's connections for their statistics.
// `__probe.take()` gives what was noted and forgets it; `await __probe.media()` gives totals since the page was opened.
(() => {
  const CELLS = 40, CELL = 16; // CELL: in the canvas; in the picture it may be smaller
  const inputs = [], pictures = [];
  let pointerAt = 0;
  for (const kind of ["pointerrawupdate", "pointermove", "wheel"]) {
    addEventListener(kind, (event) => { pointerAt = event.timeStamp; }, { capture: true, passive: true });
  }
  const note = (data) => {
    if (typeof data !== "string" || !data.includes('"seq"')) return;
    const message = JSON.parse(data);
    if (message.seq) inputs.push({ seq: message.seq, at: performance.timeOrigin + (pointerAt || performance.now()), sent: performance.timeOrigin + performance.now() });
  };
  for (const Channel of [RTCDataChannel, WebSocket]) {
    const send = Channel.prototype.send;
    Channel.prototype.send = function (data) { note(data); return send.call(this, data); };
  }
  let peerId = null;
  const welcomed = (event) => {
    if (typeof event.data === "string" && event.data.includes('"welcome"')) peerId = JSON.parse(event.data).peer_id ?? peerId;
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); this.addEventListener("message", welcomed); }
  };
  const connections = new Map(); // to the pictures that each has decoded
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); connections.set(this, 0); }
  };
  const canvas = document.createElement("canvas");
  canvas.width = CELLS * CELL;
  canvas.height = CELL;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  // A smaller rung is the same picture scaled, so its cells shrink with it: `fullWidth` is the width of the largest one.
  // Reading costs the page processor time: `reading` false only counts the pictures.
  const read = (source, width) => {
    if (!globalThis.__probe.reading) return { ok: false };
    const full = globalThis.__probe.fullWidth || width;
    const side = Math.min(16, Math.floor(full / CELLS)) * width / full;
    context.drawImage(source, 0, 0, CELLS * side, side, 0, 0, CELLS * CELL, CELL);
    const row = context.getImageData(0, CELL / 2, CELLS * CELL, 1).data;
    const bytes = [0, 0, 0, 0, 0];
    for (let cell = 0; cell < CELLS; cell++) {
      if (row[4 * (cell * CELL + CELL / 2) + 1] > 127) bytes[cell >> 3] |= 128 >> (cell & 7);
    }
    const ok = (bytes[0] + bytes[1] + bytes[2] + bytes[3]) % 256 === bytes[4];
    return { ok, ticks: (bytes[0] << 16) | (bytes[1] << 8) | bytes[2], input: bytes[3] };
  };
  const watch = (video) => {
    const each = (now, metadata) => {
      const shown = performance.timeOrigin + Math.max(performance.now(), metadata.expectedDisplayTime);
      pictures.push({ ...read(video, video.videoWidth), at: shown, width: metadata.width });
      video.requestVideoFrameCallback(each);
    };
    video.requestVideoFrameCallback(each);
  };
  const watched = new WeakSet();
  setInterval(() => {
    for (const video of document.querySelectorAll("video")) {
      if (!watched.has(video)) { watched.add(video); watch(video); }
    }
  }, 50);
  // The second transport paints what it decodes on a canvas of the page.
  let decodedHere = 0;
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (source, ...rest) {
    draw.call(this, source, ...rest);
    const isPicture = source instanceof ImageBitmap || (globalThis.VideoFrame && source instanceof VideoFrame);
    if (!this.canvas.isConnected || !isPicture) return;
    const width = source.displayWidth ?? source.width;
    const shown = performance.timeOrigin + performance.now() + 1000 / 60; // with the next repaint
    pictures.push({ ...read(source, width), at: shown, width });
    globalThis.__probe.painted += 1;
  };
  if (globalThis.VideoDecoder) {
    globalThis.VideoDecoder = class extends VideoDecoder {
      constructor(init) {
        super({ ...init, output: (frame) => { decodedHere += 1; init.output(frame); } });
      }
    };
  }
  const makeBitmap = globalThis.createImageBitmap;
  globalThis.createImageBitmap = async (...given) => {
    const made = await makeBitmap(...given);
    if (given[0] instanceof Blob) decodedHere += 1;
    return made;
  };
  const relays = (statistics, transport) => {
    const pair = statistics.get(transport.selectedCandidatePairId);
    return statistics.get(pair?.localCandidateId)?.candidateType === "relay";
  };
  const media = async () => {
    const total = { peerId, decoded: decodedHere, relayed: false };
    for (const [connection, before] of connections) {
      const open = connection.connectionState !== "closed";
      let decoded = before;
      const statistics = open ? await connection.getStats() : new Map();
      for (const one of statistics.values()) {
        if (one.type === "inbound-rtp" && one.kind === "video") decoded = one.framesDecoded ?? decoded;
        if (one.type === "transport" && one.selectedCandidatePairId) total.relayed = relays(statistics, one);
      }
      connections.set(connection, decoded);
      total.decoded += decoded;
    }
    return total;
  };
  globalThis.__probe = { fullWidth: 0, painted: 0, reading: true, media, take: () => ({ inputs: inputs.splice(0), pictures: pictures.splice(0) }) };
})();
