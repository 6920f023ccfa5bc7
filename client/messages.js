// Generated from py_remote_viewer/protocol/messages.py; do not edit: python -m py_remote_viewer.protocol.export_js

/** What the browser and the server say to each other, as types; and the bounds that the page checks before it sends. */
export const PROTOCOL_VERSION = 1;
export const MAX_XML_BYTES = 1000000;
export const MAX_POINTER_BYTES = 512;

/**
 * First message of a page. `peer_id` and `resume_key` are what `welcome` gave before a reconnect.
 *
 *     With both the page takes its own place again, also while the server has not yet noticed that the old
 *   connection is gone.
 * @typedef {object} Hello
 * @property {"hello"} type
 * @property {number} protocol
 * @property {string|null} [peer_id]
 * @property {string|null} [name]
 * @property {string|null} [resume_key]
 * @property {string|null} [token]
 */

/**
 * SDP offer of the peer: one recvonly video section, and the data channel `pointer`.
 * @typedef {object} Offer
 * @property {"offer"} type
 * @property {string} sdp
 */

/**
 * `RTCIceCandidateInit`.
 * @typedef {object} CandidateInit
 * @property {string} candidate
 * @property {string|null} [sdpMid]
 * @property {number|null} [sdpMLineIndex]
 * @property {string|null} [usernameFragment]
 */

/**
 * Trickle ICE (RFC 8838), both ways; `null` ends the candidates.
 * @typedef {object} IceCandidate
 * @property {"ice-candidate"} type
 * @property {CandidateInit|null} [candidate]
 */

/**
 * Whether the peer wants pictures now. A hidden tab sends `visible: false`, and its stream stops.
 * @typedef {object} Watch
 * @property {"watch"} type
 * @property {boolean} visible
 */

/**
 * Clock question; answered by `pong` at once. `t` comes back unchanged.
 * @typedef {object} Ping
 * @property {"ping"} type
 * @property {number} t
 */

/**
 * What the page measured over the last seconds, for /api/stats and /metrics.
 * @typedef {object} ViewerReport
 * @property {"viewer_report"} type
 * @property {number} fps_shown
 * @property {number|null} [latency_ms]
 * @property {number|null} [hand_to_eye_ms]
 * @property {number|null} [decode_ms]
 * @property {number|null} [jitter_buffer_ms]
 * @property {number|null} [rtt_ms]
 * @property {number|null} [packets_lost]
 * @property {number|null} [frames_dropped]
 * @property {number|null} [freezes]
 */

/**
 * The picture is broken or stuck: send one that decodes on its own.
 * @typedef {object} RequestIdr
 * @property {"request_idr"} type
 */

/**
 * Turn the free camera. Degrees, as in mjvCamera: azimuth about world +Z; elevation -90 looks straight down.
 * @typedef {object} Orbit
 * @property {"orbit"} type
 * @property {number} d_azimuth
 * @property {number} d_elevation
 * @property {number} [seq]  Counts the peer's inputs; stale ones are dropped.
 */

/**
 * Move what the camera looks at. Fractions of the picture's height: the point under the pointer follows it.
 *
 *     `vertical` moves in the plane of the screen, `horizontal` in the plane of the floor.
 * @typedef {object} Pan
 * @property {"pan"} type
 * @property {number} dx
 * @property {number} dy  Positive is down the screen.
 * @property {"vertical"|"horizontal"} [plane]
 * @property {number} [seq]  Counts the peer's inputs; stale ones are dropped.
 */

/**
 * Come closer (`amount` > 0) or go away; the distance is multiplied by exp(-amount).
 *
 *     `x`, `y`: the pointer in the picture, -1..1 from left to right and from bottom to top; that point stays put.
 * @typedef {object} Zoom
 * @property {"zoom"} type
 * @property {number} amount
 * @property {number} [x]
 * @property {number} [y]
 * @property {number} [seq]  Counts the peer's inputs; stale ones are dropped.
 */

/**
 * Choose the camera: `free`, `tracking` a body, or a `fixed` camera of the model, by name or `#index`.
 * @typedef {object} SetCamera
 * @property {"set_camera"} type
 * @property {"free"|"tracking"|"fixed"} mode
 * @property {string|null} [target]
 */

/**
 * Show the whole model; from `view`, or from where the camera looks now.
 * @typedef {object} FrameScene
 * @property {"frame_scene"} type
 * @property {"initial"|"front"|"side"|"top"|null} [view]
 */

/**
 * Run.
 * @typedef {object} Play
 * @property {"play"} type
 */

/**
 * Stand still.
 * @typedef {object} Pause
 * @property {"pause"} type
 */

/**
 * Pause, and take `count` steps of the model's timestep.
 * @typedef {object} Step
 * @property {"step"} type
 * @property {number} [count]
 */

/**
 * Back to the start: the named keyframe, else keyframe 0 where the model has one, else `qpos0`.
 * @typedef {object} Reset
 * @property {"reset"} type
 * @property {string|null} [keyframe]
 */

/**
 * Simulated seconds per wall-clock second that are asked for.
 * @typedef {object} SetSpeed
 * @property {"set_speed"} type
 * @property {number} factor
 */

/**
 * Picture quality: `auto`, or one level of the ladder that `status.quality.levels` lists.
 * @typedef {object} SetQuality
 * @property {"set_quality"} type
 * @property {string} level
 */

/**
 * Swap the scene for everybody: exactly one of `preset` and `xml`.
 * @typedef {object} LoadScene
 * @property {"load_scene"} type
 * @property {string|null} [preset]
 * @property {string|null} [xml]
 * @property {string|null} [name]
 */

/**
 * The original protocol's spelling of `load_scene` with `xml`.
 * @typedef {object} SceneUpdate
 * @property {"scene_updated"} type
 * @property {string} xml
 */

/**
 * `buttons` is the DOM bit mask: 1 left, 2 right, 4 middle.
 * @typedef {object} MouseEvent
 * @property {"mouse_down"|"mouse_move"|"mouse_up"} type
 * @property {number} x
 * @property {number} y
 * @property {number} [buttons]
 */

/**
 * One wheel notch is 100 units of `dy`.
 * @typedef {object} ScrollEvent
 * @property {"scroll"} type
 * @property {number} [x]
 * @property {number} [y]
 * @property {number} [dx]
 * @property {number} [dy]
 */

/**
 * A key, as KeyboardEvent names it.
 * @typedef {object} KeyEvent
 * @property {"key_down"|"key_up"} type
 * @property {string} [code]
 * @property {string} [key]
 * @property {boolean} [alt]
 * @property {boolean} [ctrl]
 * @property {boolean} [shift]
 * @property {boolean} [meta]
 */

/**
 * `play|start|pause|resume|stop|reset|step|reset_camera|set_camera_preset`, with parameters.
 * @typedef {object} CommandEvent
 * @property {"command"} type
 * @property {string} cmd
 * @property {Record<string, unknown>} [params]
 */

/**
 * Raw input of the original protocol; translated into the messages above by `protocol.events`.
 * @typedef {object} Event
 * @property {"event"} type
 * @property {MouseEvent|ScrollEvent|KeyEvent|CommandEvent} data
 */

/**
 * Sizes and names of an `MjModel`; the names as MuJoCo spells them, at most `NAMES_LIMIT` of a kind.
 * @typedef {object} ModelInfo
 * @property {string} name  The model's own name, or the preset's, or the file's.
 * @property {number} nbody
 * @property {number} nq
 * @property {number} nv
 * @property {number} nu
 * @property {number} ngeom
 * @property {number} timestep_s
 * @property {number} nmeshface
 * @property {string[]} cameras
 * @property {string[]} keyframes
 * @property {string[]} bodies
 */

/**
 * The room shows this scene now.
 * @typedef {object} SceneUpdated
 * @property {"scene_updated"} type
 * @property {string} name
 * @property {string} title
 * @property {string|null} preset
 * @property {number} scene_id  Counts the room's scenes.
 * @property {ModelInfo} model_info
 * @property {string|null} by  peer_id of who loaded it; None: the server or REST.
 */

/**
 * Where the simulation stands.
 * @typedef {object} SimulationStatus
 * @property {"starting"|"loading"|"running"|"paused"|"diverged"|"asleep"|"restarting"|"failed"} state
 * @property {string} reason  Why it is not running, in words.
 * @property {number} time_s
 * @property {number} speed  Asked for: simulated seconds per wall-clock second.
 * @property {number} real_time_factor  Measured: simulated seconds per wall-clock second, over 1 s.
 * @property {boolean} slow  Physics cannot keep the speed that was asked for.
 */

/**
 * The shared camera, as mjvCamera has it: metres, degrees.
 * @typedef {object} CameraStatus
 * @property {"free"|"tracking"|"fixed"} mode
 * @property {string|null} target
 * @property {[number, number, number]} lookat
 * @property {number} distance
 * @property {number} azimuth
 * @property {number} elevation
 * @property {number} fov_deg
 */

/**
 * What the quality governor chose, and why.
 * @typedef {object} QualityStatus
 * @property {"auto"|"fixed"} mode
 * @property {string} level
 * @property {string[]} levels  The ladder, dearest first.
 * @property {string} reason
 */

/**
 * Milliseconds per picture, median of the last second.
 * @typedef {object} StageTimes
 * @property {number} step
 * @property {number} update
 * @property {number} render
 * @property {number} read
 * @property {number} convert
 * @property {number} encode
 */

/**
 * What is drawn and encoded.
 * @typedef {object} PictureStatus
 * @property {number} width
 * @property {number} height
 * @property {number} fps  Encoded pictures a second.
 * @property {number} bitrate_bps
 * @property {string} encoder
 * @property {string} gl_renderer
 * @property {StageTimes} stage_ms
 * @property {number} dropped  Pictures rendered and not encoded since the engine started.
 */

/**
 * Sent four times a second while something moves, once a second otherwise.
 * @typedef {object} Status
 * @property {"status"} type
 * @property {SimulationStatus} simulation
 * @property {CameraStatus} camera
 * @property {QualityStatus} quality
 * @property {PictureStatus} picture
 * @property {number} peers
 * @property {number} server_time_s
 */

/**
 * Answer to `hello`. `server_time_s` is the clock that pictures are stamped with.
 * @typedef {object} Welcome
 * @property {"welcome"} type
 * @property {number} protocol
 * @property {string} version
 * @property {string} peer_id
 * @property {string} resume_key  For `hello` after a reconnect; a secret of this page.
 * @property {string} room_id
 * @property {Record<string, unknown>[]} ice_servers  `RTCIceServer` objects.
 * @property {"all"|"relay"} ice_transport_policy  As in `RTCConfiguration`.
 * @property {string} media_key  Opens one video socket, `WS /ws/media`; empty: the server has none.
 * @property {number} server_time_s
 * @property {SceneUpdated|null} scene
 * @property {Status|null} status
 */

/**
 * Opens the next video socket, `WS /ws/media`; the key before it was used.
 * @typedef {object} MediaKey
 * @property {"media_key"} type
 * @property {string} key
 */

/**
 * Newer credentials, sent before those of `welcome` end; for connections from now on.
 * @typedef {object} IceServers
 * @property {"ice_servers"} type
 * @property {Record<string, unknown>[]} ice_servers  `RTCIceServer` objects.
 */

/**
 * SDP answer.
 * @typedef {object} Answer
 * @property {"answer"} type
 * @property {string} sdp
 */

/**
 * How to read this peer's stream: capture time in seconds = ((rtp_timestamp - rtp_origin) mod 2^32) / 90000.
 *
 *     That is modulo 2^32 / 90000 s, on the clock of `server_time_s`.
 * @typedef {object} StreamInfo
 * @property {"stream_info"} type
 * @property {number} rtp_origin
 * @property {string} codec
 * @property {string} transport
 */

/**
 * What this peer is sent from now on: when its stream starts, when it moves to another rung, when the size changes.
 *
 *     A rung is one of the room's shared encodes (0 is the best; docs/protocol.md lists them). `reason` says in
 *   words why the
 *     server chose it: `start`, that the link carries too little for the rung above, or that it has been clean for a
 *   while.
 * @typedef {object} StreamStatus
 * @property {"stream_status"} type
 * @property {number} rung
 * @property {"h264"|"vp8"|"mjpeg"} codec
 * @property {number} width
 * @property {number} height
 * @property {number} fps  Most pictures a second of this rung.
 * @property {number} bitrate_bps  Most bits a second of this rung.
 * @property {string} reason
 */

/**
 * Input `seq` is in the picture captured at `captured_s` and in all later ones. Sent for some inputs, not for all.
 * @typedef {object} Applied
 * @property {"applied"} type
 * @property {number} seq
 * @property {number} captured_s
 */

/**
 * Answer to `ping`.
 * @typedef {object} Pong
 * @property {"pong"} type
 * @property {number} t
 * @property {number} server_time_s
 */

/**
 * Something everybody in the room should read once: a toast.
 * @typedef {object} Notice
 * @property {"notice"} type
 * @property {"info"|"warn"|"bad"} level
 * @property {string} text
 */

/**
 * A message or command was refused. The fields of `errors.ViewerError`; the socket stays open unless `fatal`.
 * @typedef {object} Error
 * @property {"error"} type
 * @property {string} code
 * @property {string} message
 * @property {string} hint
 * @property {Record<string, unknown>} details
 * @property {boolean} fatal
 */

/**
 * One entry of the Scenes panel.
 * @typedef {object} PresetInfo
 * @property {string} name  What `preset` takes: lower case, words joined by `_`.
 * @property {string} title
 * @property {string} description
 * @property {string[]} tags
 * @property {string} thumbnail  URL path of a rendered picture, 320x180.
 */

/** @typedef {Orbit|Pan|Zoom|SetCamera|FrameScene} CameraInput */

/** @typedef {Play|Pause|Step|Reset|SetSpeed|SetQuality} SimCommand */

/** @typedef {Hello|Offer|IceCandidate|Watch|Ping|ViewerReport|RequestIdr|Orbit|Pan|Zoom|SetCamera|FrameScene|Play|Pause|Step|Reset|SetSpeed|SetQuality|LoadScene|SceneUpdate|Event} ClientMessage */

/** @typedef {Welcome|MediaKey|IceServers|Answer|IceCandidate|StreamInfo|StreamStatus|Applied|SceneUpdated|Status|Pong|Notice|Error} ServerMessage */
