// Generated from py_remote_viewer/protocol/; do not edit: python -m py_remote_viewer.protocol.export_js

/** What the browser and the server say to each other: the bounds that the page checks before it sends. */
export const PROTOCOL_VERSION = 1;
export const MAX_XML_BYTES = 1000000;
export const MAX_POINTER_BYTES = 512;
