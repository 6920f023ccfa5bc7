// Generated from py_remote_viewer/protocol/; do not edit: python -m py_remote_viewer.protocol.export_js

export const PROTOCOL_VERSION: 1;
export const MAX_XML_BYTES: 1000000;
export const MAX_POINTER_BYTES: 512;

/**
 * First message of a page. `peer_id` and `resume_key` are what `welcome` gave before a reconnect.
 *
 * With both the page takes its own place again, also while the server has not yet noticed that the old connection is
 * gone.
 */
export interface Hello {
  type: "hello";
  protocol: number;
  peer_id?: string|null;
  name?: string|null;
  resume_key?: string|null;
  token?: string|null;
}

/** SDP offer of the peer: one recvonly video section, and the data channel `pointer`. */
export interface Offer {
  type: "offer";
  sdp: string;
}

/** `RTCIceCandidateInit`. */
export interface CandidateInit {
  candidate: string;
  sdpMid?: string|null;
  sdpMLineIndex?: number|null;
  usernameFragment?: string|null;
}

/** Trickle ICE (RFC 8838), both ways; `null` ends the candidates. */
export interface IceCandidate {
  type: "ice-candidate";
  candidate?: CandidateInit|null;
}

/** Whether the peer wants pictures now. A hidden tab sends `visible: false`, and its stream stops. */
export interface Watch {
  type: "watch";
  visible: boolean;
}

/** Clock question; answered by `pong` at once. `t` comes back unchanged. */
export interface Ping {
  type: "ping";
  t: number;
}

/** What the page measured over the last seconds, for /api/stats and /metrics. */
export interface ViewerReport {
  type: "viewer_report";
  fps_shown: number;
  latency_ms?: number|null;
  hand_to_eye_ms?: number|null;
  decode_ms?: number|null;
  jitter_buffer_ms?: number|null;
  rtt_ms?: number|null;
  packets_lost?: number|null;
  frames_dropped?: number|null;
  freezes?: number|null;
}

/** The picture is broken or stuck: send one that decodes on its own. */
export interface RequestIdr {
  type: "request_idr";
}

/** Turn the free camera. Degrees, as in mjvCamera: azimuth about world +Z; elevation -90 looks straight down. */
export interface Orbit {
  type: "orbit";
  d_azimuth: number;
  d_elevation: number;
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/**
 * Move what the camera looks at. Fractions of the picture's height: the point under the pointer follows it.
 *
 * `vertical` moves in the plane of the screen, `horizontal` in the plane of the floor.
 */
export interface Pan {
  type: "pan";
  dx: number;
  /** Positive is down the screen. */
  dy: number;
  plane?: "vertical"|"horizontal";
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/**
 * Come closer (`amount` > 0) or go away; the distance is multiplied by exp(-amount).
 *
 * `x`, `y`: the pointer in the picture, -1..1 from left to right and from bottom to top; that point stays put.
 */
export interface Zoom {
  type: "zoom";
  amount: number;
  x?: number;
  y?: number;
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/** Choose the camera: `free`, `tracking` a body, or a `fixed` camera of the model, by name or `#index`. */
export interface SetCamera {
  type: "set_camera";
  mode: "free"|"tracking"|"fixed";
  target?: string|null;
}

/** Show the whole model; from `view`, or from where the camera looks now. */
export interface FrameScene {
  type: "frame_scene";
  view?: "initial"|"front"|"side"|"top"|null;
}

/** Run. */
export interface Play {
  type: "play";
}

/** Stand still. */
export interface Pause {
  type: "pause";
}

/** Pause, and take `count` steps of the model's timestep. */
export interface Step {
  type: "step";
  count?: number;
}

/** Back to the start: the named keyframe, else keyframe 0 where the model has one, else `qpos0`. */
export interface Reset {
  type: "reset";
  keyframe?: string|null;
}

/** Simulated seconds per wall-clock second that are asked for. */
export interface SetSpeed {
  type: "set_speed";
  factor: number;
}

/** Picture quality: `auto`, or one level of the ladder that `status.quality.levels` lists. */
export interface SetQuality {
  type: "set_quality";
  level: string;
}

/**
 * Write `ctrl` of some actuators; each value is clamped to its actuator's `ctrlrange` where it has one.
 *
 * With `scale` `share` a value is -1..1: from the lower end of the range over the neutral value (a position servo's
 * is the pose of keyframe 0 or `qpos0`, others' is 0) to the upper end; without a range it is added to that. With
 * `lease_s` the values go back to neutral when they are not sent again within that time: for a hand on a stick, which
 * may lose its connection.
 */
export interface SetCtrl {
  type: "set_ctrl";
  values: [number, number][];
  scale?: "value"|"share";
  lease_s?: number|null;
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/** Every `ctrl` to zero, as simulate's "Clear all". */
export interface ClearCtrl {
  type: "clear_ctrl";
}

/** Select a body by name or `#id`; null selects nothing. */
export interface Select {
  type: "select";
  body?: string|null;
}

/**
 * What lies under the pointer: select its body, centre the camera there, or follow its body.
 *
 * `x`, `y`: in the picture, -1..1 from left to right and from bottom to top.
 */
export interface Pick {
  type: "pick";
  x: number;
  y: number;
  action?: "select"|"centre"|"track";
}

/**
 * Close the hand. `force` pulls and `torque` turns the selected body (where none is, the one under the pointer).
 *
 * `drag` takes the body under the pointer at that point, and selects it. Answered by `grip`. One hand in a room at a
 * time. While the simulation is paused, free and mocap bodies are moved instead. The hand opens with `perturb_end`,
 * when its peer leaves, and after 2 s without a `perturb_move`.
 */
export interface PerturbStart {
  type: "perturb_start";
  /** Chosen by the peer: one for each time a hand closes. */
  grip: number;
  mode: "force"|"torque"|"drag";
  x: number;
  y: number;
}

/** Where the pointer of a closed hand is now. Lost ones do no harm; send one at least twice a second. */
export interface PerturbMove {
  type: "perturb_move";
  /** Chosen by the peer: one for each time a hand closes. */
  grip: number;
  x: number;
  y: number;
  plane?: "vertical"|"horizontal";
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/** Open the hand. */
export interface PerturbEnd {
  type: "perturb_end";
}

/**
 * Change what the picture shows, for everybody; what is not named stays. `reset` goes back to MuJoCo's defaults
 * first.
 */
export interface SetLook {
  type: "set_look";
  /** `mjtVisFlag` and `mjtRndFlag` by name. */
  flags?: Record<string, boolean>;
  /** Which of the groups 0-5 are shown. */
  groups?: Record<string, Record<string, boolean>>;
  label?: "none"|"body"|"joint"|"geom"|"site"|"camera"|"light"|"tendon"|"actuator"|"constraint"|"flex"|"skin"|"selection"|"selpnt"|"contactpoint"|"contactforce"|"island"|null;
  frame?: "none"|"body"|"geom"|"site"|"camera"|"light"|"contact"|"world"|null;
  /** Of the bounding volumes. */
  tree_depth?: number|null;
  flex_layer?: number|null;
  headlight?: "model"|"on"|"off"|null;
  reset?: boolean;
}

/** The lens of the free and the tracking camera; a model's own cameras keep theirs. `reset`: as the model says. */
export interface SetLens {
  type: "set_lens";
  /** Vertical. */
  fov_deg?: number|null;
  orthographic?: boolean|null;
  reset?: boolean;
}

/** A key went down. `code` is that of `KeyboardEvent` (where it is on the keyboard, not what is printed on it). */
export interface KeyPress {
  type: "key_press";
  code: string;
}

/**
 * Pause, and go back `count` steps: exactly where that can be had, else to the recorded state before.
 *
 * From the start, within some seconds after a reset: take the reset back.
 */
export interface StepBack {
  type: "step_back";
  count?: number;
}

/** Pause, and go to what is recorded of `time_s`. Running from there forgets what came after; `step` goes along it. */
export interface Seek {
  type: "seek";
  time_s: number;
  /** Counts the peer's inputs; stale ones are dropped. */
  seq?: number;
}

/** Pause, and go back by `seconds` of simulated time, also out of a divergence. */
export interface Rewind {
  type: "rewind";
  seconds?: number;
}

/** Keep the state as a keyframe, as long as the room shows this scene. `reset` with its name loads it. */
export interface SaveKeyframe {
  type: "save_keyframe";
  name: string;
}

/** Give a saved keyframe another name. */
export interface RenameKeyframe {
  type: "rename_keyframe";
  name: string;
  to: string;
}

/** Forget a saved keyframe. */
export interface DeleteKeyframe {
  type: "delete_keyframe";
  name: string;
}

/** Noise on `ctrl`, as simulate has it: an Ornstein-Uhlenbeck process about the middle of each actuator's range. */
export interface SetNoise {
  type: "set_noise";
  /** Standard deviation, in half ranges of an actuator; 0: none. */
  scale: number;
  /** Seconds that a deviation takes to fall to 1/e; 0: white noise. */
  rate: number;
}

/**
 * Change one physics option. `GET /api/simulation/options` lists them with what each takes.
 *
 * `field` is a field of `mjOption` (`timestep`, `gravity`, `solver`), a flag's bit (`mjDSBL_CONTACT`,
 * `mjENBL_ENERGY`: true sets the bit) or an actuator group (`disableactuator.2`).
 */
export interface SetOption {
  type: "set_option";
  field: string;
  value: boolean|number|string|number[];
}

/** The options of physics, those of how it is drawn (`vis.…`), or both, as the model has them. */
export interface ResetOptions {
  type: "reset_options";
  what?: "all"|"physics"|"visual";
}

/**
 * Write positions: pairs of an index into `qpos` and a value, in radians and metres. Quaternions are normalized
 * after.
 *
 * Works while the simulation runs and while it is paused; velocities stay as they are.
 */
export interface SetQpos {
  type: "set_qpos";
  values: [number, number][];
}

/** Switch an equality constraint on or off, by its number. */
export interface SetEquality {
  type: "set_equality";
  index: number;
  active: boolean;
}

/** Which fields this peer wants to see live, and how often at most; replaces what it asked for before, `[]` ends it. */
export interface WatchValues {
  type: "watch_values";
  fields: string[];
  hz?: number;
}

/** Swap the scene for everybody: exactly one of `preset` and `xml`. */
export interface LoadScene {
  type: "load_scene";
  preset?: string|null;
  xml?: string|null;
  name?: string|null;
  /** Go on where the scene before it stands, as far as the models agree. */
  keep_pose?: boolean;
  /** Refuse it (`scene_changed`) when the room shows another scene than this `scene_id`. */
  based_on?: number|null;
}

/** Load the running scene anew for everybody, from its file where it came from one. */
export interface ReloadScene {
  type: "reload_scene";
}

/** The original protocol's spelling of `load_scene` with `xml`. */
export interface SceneUpdate {
  type: "scene_updated";
  xml: string;
}

/** `buttons` is the DOM bit mask: 1 left, 2 right, 4 middle. */
export interface MouseEvent {
  type: "mouse_down"|"mouse_move"|"mouse_up";
  x: number;
  y: number;
  buttons?: number;
}

/** One wheel notch is 100 units of `dy`. */
export interface ScrollEvent {
  type: "scroll";
  x?: number;
  y?: number;
  dx?: number;
  dy?: number;
}

/** A key, as KeyboardEvent names it. */
export interface KeyEvent {
  type: "key_down"|"key_up";
  code?: string;
  key?: string;
  alt?: boolean;
  ctrl?: boolean;
  shift?: boolean;
  meta?: boolean;
}

/** `play|start|pause|resume|stop|reset|step|reset_camera|set_camera_preset`, with parameters. */
export interface CommandEvent {
  type: "command";
  cmd: string;
  params?: Record<string, unknown>;
}

/** Raw input of the original protocol; translated into the messages above by `protocol.events`. */
export interface Event {
  type: "event";
  data: MouseEvent|ScrollEvent|KeyEvent|CommandEvent;
}

/** Sizes and names of an `MjModel`; the names as MuJoCo spells them, at most `NAMES_LIMIT` of a kind. */
export interface ModelInfo {
  /** The model's own name, or the preset's, or the file's. */
  name: string;
  nbody: number;
  nq: number;
  nv: number;
  nu: number;
  ngeom: number;
  timestep_s: number;
  nmeshface: number;
  cameras: string[];
  keyframes: string[];
  bodies: string[];
}

/** How much of the scene goes on where the one before it stood, of how many it has; see `sim/carry_over.py`. */
export interface KeptPose {
  joints: number;
  joints_of: number;
  actuators: number;
  actuators_of: number;
  mocaps: number;
  mocaps_of: number;
  /** Why nothing was kept; empty otherwise. */
  reason: string;
}

/** The room shows this scene now. */
export interface SceneUpdated {
  type: "scene_updated";
  name: string;
  title: string;
  preset: string|null;
  /** Counts the room's scenes. */
  scene_id: number;
  model_info: ModelInfo;
  /** peer_id of who loaded it; None: the server or REST. */
  by: string|null;
  /** What goes on where the scene before it stood. */
  kept: KeptPose|null;
}

/** What can be gone back to: simulated seconds, of the scene since it was last loaded or reset. */
export interface HistoryStatus {
  oldest_s: number;
  newest_s: number;
  /** Where it stands now; before `newest_s` in the past. */
  at_s: number;
  /** Cut off when it last ran on from the past. */
  discarded_s: number;
  /** Recorded states: all of the last seconds, fewer of what is longer ago. */
  states: number;
  bytes: number;
  max_bytes: number;
}

/** Where the simulation stands. */
export interface SimulationStatus {
  state: "starting"|"loading"|"running"|"paused"|"diverged"|"asleep"|"restarting"|"failed";
  /** Why it is not running, in words. */
  reason: string;
  time_s: number;
  /** Asked for: simulated seconds per wall-clock second. */
  speed: number;
  /** Measured: simulated seconds per wall-clock second, over 1 s. */
  real_time_factor: number;
  /** Physics cannot keep the speed that was asked for. */
  slow: boolean;
  /** A program outside steps it: commands and keys go there. */
  program: boolean;
  /** Of one step, as it is now. */
  timestep_s: number;
  /** Counts changes of physics options, noise and saved keyframes. */
  settings: number;
  history: HistoryStatus;
}

/** The shared camera, as mjvCamera has it: metres, degrees. */
export interface CameraStatus {
  mode: "free"|"tracking"|"fixed";
  target: string|null;
  lookat: [number, number, number];
  distance: number;
  azimuth: number;
  elevation: number;
  /** Of an orthographic camera of the model: metres, the picture's height. */
  fov_deg: number;
  orthographic: boolean;
  /** Where the eye is. */
  pos: [number, number, number];
  /** Right and up of the picture, as MJCF's `xyaxes`. */
  xyaxes: [number, number, number, number, number, number];
}

/** What the quality governor chose, and why. */
export interface QualityStatus {
  mode: "auto"|"fixed";
  level: string;
  /** The ladder, dearest first. */
  levels: string[];
  reason: string;
}

/** Milliseconds per picture, median of the last second. */
export interface StageTimes {
  step: number;
  update: number;
  render: number;
  read: number;
  convert: number;
  encode: number;
}

/** What is drawn and encoded. */
export interface PictureStatus {
  width: number;
  height: number;
  /** Encoded pictures a second. */
  fps: number;
  bitrate_bps: number;
  encoder: string;
  gl_renderer: string;
  stage_ms: StageTimes;
  /** Pictures rendered and not encoded since the engine started. */
  dropped: number;
}

/** The body that the room has selected. */
export interface SelectionStatus {
  /** Its name, or `#id`. */
  body: string;
  id: number;
  /** None where that is the world. */
  parent: string|null;
  mass_kg: number;
  /** Of it and all that hangs on it. */
  subtree_mass_kg: number;
  /** World frame, metres. */
  pos: [number, number, number];
  /** World frame, wxyz. */
  quat: [number, number, number, number];
  /** What was picked, where it was picked in the picture. */
  geom: string|null;
  /** Where on the body, world frame, metres. */
  point: [number, number, number]|null;
  /** What lets it move; while paused, a hand moves `free` and `mocap` bodies alone. */
  moves: "free"|"mocap"|"joints"|"fixed";
  /** peer_id of who pulls it. */
  held_by: string|null;
}

/** A recording that is going on. */
export interface RecordingStatus {
  id: string;
  video: boolean;
  trajectory: boolean;
  elapsed_s: number;
  /** On the disk. */
  bytes: number;
  /** It ends by itself then. */
  limit_s: number;
  /** peer_id of who started it; None: REST. */
  by: string|null;
}

/** Sent four times a second while something moves, once a second otherwise. */
export interface Status {
  type: "status";
  simulation: SimulationStatus;
  camera: CameraStatus;
  quality: QualityStatus;
  picture: PictureStatus;
  selection: SelectionStatus|null;
  peers: number;
  recording: RecordingStatus|null;
  server_time_s: number;
}

/** What the picture shows. Sent with `welcome` and when it changes. */
export interface Look {
  type: "look";
  flags: Record<string, boolean>;
  groups: Record<string, [boolean, boolean, boolean, boolean, boolean, boolean]>;
  label: "none"|"body"|"joint"|"geom"|"site"|"camera"|"light"|"tendon"|"actuator"|"constraint"|"flex"|"skin"|"selection"|"selpnt"|"contactpoint"|"contactforce"|"island";
  frame: "none"|"body"|"geom"|"site"|"camera"|"light"|"contact"|"world";
  tree_depth: number;
  flex_layer: number;
  headlight: "model"|"on"|"off";
  /** Asked for, and left out at the quality level in use. */
  hidden: ("convexhull"|"texture"|"joint"|"camera"|"actuator"|"activation"|"light"|"tendon"|"rangefinder"|"constraint"|"inertia"|"sclinertia"|"pertforce"|"pertobj"|"contactpoint"|"island"|"contactforce"|"contactsplit"|"transparent"|"autoconnect"|"com"|"select"|"static"|"skin"|"flexvert"|"flexedge"|"flexface"|"flexskin"|"bodybvh"|"meshbvh"|"sdfiter"|"shadow"|"wireframe"|"reflection"|"additive"|"skybox"|"fog"|"haze"|"depth"|"segment"|"idcolor"|"cullface")[];
}

/** Answer to `hello`. `server_time_s` is the clock that pictures are stamped with. */
export interface Welcome {
  type: "welcome";
  protocol: number;
  version: string;
  peer_id: string;
  /** For `hello` after a reconnect; a secret of this page. */
  resume_key: string;
  room_id: string;
  /** `RTCIceServer` objects. */
  ice_servers: Record<string, unknown>[];
  /** As in `RTCConfiguration`. */
  ice_transport_policy: "all"|"relay";
  /** Opens one video socket, `WS /ws/media`; empty: the server has none. */
  media_key: string;
  server_time_s: number;
  scene: SceneUpdated|null;
  status: Status|null;
  look: Look|null;
}

/** Opens the next video socket, `WS /ws/media`; the key before it was used. */
export interface MediaKey {
  type: "media_key";
  key: string;
}

/** Newer credentials, sent before those of `welcome` end; for connections from now on. */
export interface IceServers {
  type: "ice_servers";
  /** `RTCIceServer` objects. */
  ice_servers: Record<string, unknown>[];
}

/** SDP answer. */
export interface Answer {
  type: "answer";
  sdp: string;
}

/**
 * How to read this peer's stream: capture time in seconds = ((rtp_timestamp - rtp_origin) mod 2^32) / 90000.
 *
 * That is modulo 2^32 / 90000 s, on the clock of `server_time_s`.
 */
export interface StreamInfo {
  type: "stream_info";
  rtp_origin: number;
  codec: string;
  transport: string;
}

/**
 * What this peer is sent from now on: when its stream starts, when it moves to another rung, when the size changes.
 *
 * A rung is one of the room's shared encodes (0 is the best; docs/protocol.md lists them). `reason` says in words why
 * the server chose it: `start`, that the link carries too little for the rung above, or that it has been clean for a
 * while.
 */
export interface StreamStatus {
  type: "stream_status";
  rung: number;
  codec: "h264"|"vp8"|"mjpeg";
  width: number;
  height: number;
  /** Most pictures a second of this rung. */
  fps: number;
  /** Most bits a second of this rung. */
  bitrate_bps: number;
  reason: string;
}

/** Input `seq` is in the picture captured at `captured_s` and in all later ones. Sent for some inputs, not for all. */
export interface Applied {
  type: "applied";
  seq: number;
  captured_s: number;
}

/** Answer to `perturb_start`: the body in the hand; null, and why, when there is none. */
export interface Grip {
  type: "grip";
  grip: number;
  body: string|null;
  why: string;
}

/** Answer to `watch_values`, and again when another scene changes it: what comes, and why the rest does not. */
export interface Watching {
  type: "watching";
  fields: string[];
  /** Field to reason. */
  problems: Record<string, string>;
}

/**
 * The fields that this peer watches, as they stand at `time_s`; `null` for NaN, infinity, and past the end of an
 * array.
 */
export interface Values {
  type: "values";
  time_s: number;
  values: Record<string, (number|null)[]>;
}

/** Answer to `ping`. */
export interface Pong {
  type: "pong";
  t: number;
  server_time_s: number;
}

/** Something everybody in the room should read once: a toast. */
export interface Notice {
  type: "notice";
  level: "info"|"warn"|"bad";
  text: string;
}

/** A scene is on its way: files come in, are fetched, unpacked, compiled. `done` ends it, whether it is shown or not. */
export interface LoadProgress {
  type: "load_progress";
  /** The same in all messages of one load. */
  load: string;
  /** What is being loaded: a file, or a model's name. */
  title: string;
  stage: "upload"|"download"|"unpack"|"compile"|"done";
  done_bytes: number;
  /** null: unknown. */
  total_bytes: number|null;
}

/** A message or command was refused. The fields of `errors.ViewerError`; the socket stays open unless `fatal`. */
export interface Error {
  type: "error";
  code: string;
  message: string;
  hint: string;
  details: Record<string, unknown>;
  fatal: boolean;
}

/** One entry of the Scenes panel. */
export interface PresetInfo {
  /** What `preset` takes: lower case, words joined by `_`. */
  name: string;
  title: string;
  description: string;
  tags: string[];
  /** URL path of a rendered picture, 320x180. */
  thumbnail: string;
}

/** One file of a recording. Durations in seconds, as they were watched. */
export interface RecordedFile {
  name: string;
  kind: "video"|"trajectory"|"render";
  bytes: number;
  duration_s: number;
  scene: string;
  width: number;
  height: number;
  pictures: number;
  states: number;
  steps: number;
  /** Why it ended before the recording did; empty for the last one. */
  ended: string;
  /** Where to get it, for a while also without a token. */
  url: string;
}

/** A recording, as it lies in its folder (`recording.json`) and as REST lists it. */
export interface Recording {
  id: string;
  /** Of the scene that was on when it began. */
  title: string;
  state: "recording"|"done"|"interrupted"|"failed";
  /** Seconds since 1970. */
  started: number;
  duration_s: number;
  bytes: number;
  video: boolean;
  trajectory: boolean;
  /** Why it ended, where nobody stopped it. */
  reason: string;
  by: string|null;
  /** URL of a small JPEG; empty: none. */
  thumbnail: string;
  files: RecordedFile[];
}

/** One thing that is wrong with MJCF, at its place. Lines and columns count from 1, columns in UTF-16 units. */
export interface Problem {
  /** None: the text as a whole. */
  line: number|null;
  column: number;
  /** Behind its last character, in the same line. */
  end_column: number;
  severity: "error"|"warning";
  /** Who found it: the XML parser, MuJoCo's schema, the names in the text, the server's limits, the compiler. */
  source: "xml"|"schema"|"names"|"limits"|"mujoco";
  message: string;
  hint: string;
}

/** What the text compiles to, in numbers. */
export interface SceneSizes {
  /** Without the world. */
  nbody: number;
  njnt: number;
  ngeom: number;
  nu: number;
  nsensor: number;
  nq: number;
  nv: number;
  timestep_s: number;
}

/** What is wrong with a text, everything that could be found; without an error, `sizes` says what it compiles to. */
export interface CheckedScene {
  problems: Problem[];
  /** What the compiler said and did not refuse. */
  warnings: string[];
  sizes: SceneSizes|null;
}

export type CameraInput =
  | Orbit
  | Pan
  | Zoom
  | SetCamera
  | FrameScene;

export type SimCommand =
  | Play
  | Pause
  | Step
  | Reset
  | SetSpeed
  | SetQuality;

export type ClientMessage =
  | Hello
  | Offer
  | IceCandidate
  | Watch
  | Ping
  | ViewerReport
  | RequestIdr
  | Orbit
  | Pan
  | Zoom
  | SetCamera
  | FrameScene
  | Play
  | Pause
  | Step
  | Reset
  | SetSpeed
  | SetQuality
  | SetCtrl
  | ClearCtrl
  | Select
  | Pick
  | PerturbStart
  | PerturbMove
  | PerturbEnd
  | SetLook
  | SetLens
  | KeyPress
  | StepBack
  | Seek
  | Rewind
  | SaveKeyframe
  | RenameKeyframe
  | DeleteKeyframe
  | SetNoise
  | SetOption
  | ResetOptions
  | SetQpos
  | SetEquality
  | WatchValues
  | LoadScene
  | ReloadScene
  | SceneUpdate
  | Event;

export type ServerMessage =
  | Welcome
  | MediaKey
  | IceServers
  | Answer
  | IceCandidate
  | StreamInfo
  | StreamStatus
  | Applied
  | SceneUpdated
  | Status
  | Look
  | Grip
  | Watching
  | Values
  | Pong
  | Notice
  | LoadProgress
  | Error;
