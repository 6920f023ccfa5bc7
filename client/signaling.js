/** The WebSocket that carries everything but pictures and pointer motion, and its return after it was lost.
 *
 * Events: `welcome` (detail: Welcome), `message` (detail: any other ServerMessage), `state`
 * (detail: {state, why, retryAt}), `refused` (detail: {code, message, hint}). Tries for ever while the tab is visible,
 * never from a hidden one, at once when the network or the tab comes back.
 */

import { Backoff } from "./backoff.js";

const WELCOME_WITHIN_MS = 6000;
const SILENT_AFTER_MS = 8000;
const LISTEN_EVERY_MS = 2000;
const MOST_BUFFERED_BYTES = 4_000_000;
const POLICY_VIOLATION = 1008;

/** @typedef {{code: string, message: string, hint: string}} Refusal */
/** @typedef {{state: "closed" | "opening" | "open", why: string, retryAt: number | null}} SocketState */

export class Signaling extends EventTarget {
  #url;
  #hello;
  #backoff = new Backoff();
  /** @type {WebSocket | null} */
  #socket = null;
  #open = false;
  #wanted = false;
  #lastHeard = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retryTimer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #welcomeTimer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #listenTimer;
  #listeners = new AbortController();

  /**
   * @param {URL} url  http: and https: become ws: and wss:
   * @param {() => import("./messages.js").Hello} hello  asked anew at every try
   */
  constructor(url, hello) {
    super();
    this.#url = new URL(url);
    this.#url.protocol = url.protocol.replace("http", "ws");
    this.#hello = hello;
  }

  /** Begin, and go on until `close` or a refusal. */
  start() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    addEventListener("online", () => this.retryNow(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.retryNow(), { signal });
    this.#listenTimer = setInterval(() => this.#listen(), LISTEN_EVERY_MS);
    this.#try();
  }

  /** End the wait for the next try. */
  retryNow() {
    if (this.#wanted && this.#socket === null) this.#try();
  }

  /** Stop, for good or until `start`. */
  close() {
    this.#wanted = false;
    this.#listeners.abort();
    clearInterval(this.#listenTimer);
    clearTimeout(this.#retryTimer);
    this.#drop();
  }

  /** @returns {boolean} welcomed and not lost since */
  get open() {
    return this.#open;
  }

  /** @param {import("./messages.js").ClientMessage} message
   * @returns {boolean} false when it could not be sent; nothing is kept for later
   */
  send(message) {
    if (!this.#open || !this.#socket || this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #try() {
    clearTimeout(this.#retryTimer);
    this.#drop();
    this.#say("opening", "");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#welcomeTimer = setTimeout(() => this.#lost(socket, "The server does not answer"), WELCOME_WITHIN_MS);
    socket.onopen = () => socket.send(JSON.stringify(this.#hello()));
    socket.onmessage = (event) => this.#heard(socket, event.data);
    socket.onclose = (event) => {
      if (event.code === POLICY_VIOLATION) {
        this.#refuse(socket, { code: "refused", message: event.reason || "The server closed the door.", hint: "" });
      } else {
        this.#lost(socket, navigator.onLine === false ? "This device is offline" : event.reason || "The server went away");
      }
    };
  }

  /**
   * @param {WebSocket} socket
   * @param {unknown} data
   */
  #heard(socket, data) {
    if (socket !== this.#socket || typeof data !== "string") return;
    this.#lastHeard = performance.now();
    /** @type {import("./messages.js").ServerMessage} */
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // not ours; the next one may be
    }
    if (message.type === "welcome") {
      clearTimeout(this.#welcomeTimer);
      this.#backoff.reset();
      this.#open = true;
      this.dispatchEvent(new CustomEvent("welcome", { detail: message }));
      if (socket === this.#socket) this.#say("open", "");
    } else if (message.type === "error" && message.fatal) {
      this.#refuse(socket, message);
    } else {
      this.dispatchEvent(new CustomEvent("message", { detail: message }));
    }
  }

  /**
   * @param {WebSocket} socket
   * @param {Refusal} refusal
   */
  #refuse(socket, { code, message, hint }) {
    if (socket !== this.#socket) return;
    this.close();
    this.#say("closed", message);
    this.dispatchEvent(new CustomEvent("refused", { detail: { code, message, hint } }));
  }

  /**
   * @param {WebSocket} socket
   * @param {string} why
   */
  #lost(socket, why) {
    if (socket !== this.#socket) return;
    this.#drop();
    if (document.hidden) {
      this.#say("closed", why); // `visibilitychange` tries again
      return;
    }
    const wait = this.#backoff.next() * 1000;
    this.#retryTimer = setTimeout(() => this.#try(), wait);
    this.#say("closed", why, performance.now() + wait);
  }

  #drop() {
    clearTimeout(this.#welcomeTimer);
    const socket = this.#socket;
    this.#socket = null;
    this.#open = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /** A half-open connection says nothing, not even status: treat silence as loss. */
  #listen() {
    if (!this.#open || !this.#socket || document.hidden) return;
    if (performance.now() - this.#lastHeard > SILENT_AFTER_MS) this.#lost(this.#socket, "The server fell silent");
  }

  /**
   * @param {SocketState["state"]} state
   * @param {string} why
   * @param {number | null} retryAt
   */
  #say(state, why, retryAt = null) {
    this.dispatchEvent(new CustomEvent("state", { detail: { state, why, retryAt } }));
  }
}
