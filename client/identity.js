/** Who this tab is: its peer id across reloads, and the access token, which never stays in the address.
 *
 * The peer id rests in sessionStorage only between `pagehide` and the next load: a duplicated tab copies the storage of
 * a living page, finds none, and becomes a person of its own.
 */

const PEER = "remote-viewer.peer";
const TOKEN = "remote-viewer.token";

/** @returns {string | null} what `keepPeerId` left, once */
export function takePeerId() {
  const id = get(PEER);
  set(PEER, null);
  return id;
}

/** @param {string | null} id */
export function keepPeerId(id) {
  set(PEER, id);
}

/** The token of `?token=` or `#token=`, moved from the address to sessionStorage; else what is there.
 * @returns {string | null}
 */
export function takeToken() {
  const url = new URL(location.href);
  const hash = new URLSearchParams(url.hash.slice(1));
  const token = url.searchParams.get("token") ?? hash.get("token");
  if (token === null) return get(TOKEN);
  url.searchParams.delete("token");
  hash.delete("token");
  url.hash = hash.toString();
  history.replaceState(history.state, "", url);
  keepToken(token);
  return token;
}

/** @param {string | null} token */
export function keepToken(token) {
  set(TOKEN, token);
}

/** @param {string} key */
function get(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value
 */
function set(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // storage is off: the tab is a new person after a reload
  }
}
