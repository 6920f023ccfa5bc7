// The body of `GET /api/scene/details` (py_remote_viewer/web/model_answers.py), as the panels read it.
export interface NamedObject { kind: string; id: number; name: string }
export interface Body { id: number; name: string; parent: number; mass: number; subtree_mass: number; inertia: number[]; mocap: boolean }
export interface Joint {
  id: number; name: string; body: number; type: "free" | "ball" | "slide" | "hinge"; limited: boolean; range: number[];
  unit: "rad" | "m" | ""; qposadr: number; dofadr: number; qpos0: number[]; group: number;
}
export interface Geom { id: number; name: string; body: number; type: string; size: number[]; rgba: number[]; group: number; asset: string }
export interface Part { id: number; name: string; body: number }
export interface Actuator {
  id: number; name: string; type: string; unit: string; target: NamedObject | null; ctrllimited: boolean; ctrlrange: number[];
  forcerange: number[] | null; group: number; actadr: number; actnum: number;
}
export interface Equality { id: number; name: string; type: string; active0: boolean; objects: NamedObject[] }
export interface Sensor {
  id: number; name: string; type: string; dim: number; adr: number; unit: string; cutoff: number; object: NamedObject | null;
}
export interface Named { id: number; name: string }
export interface Facts {
  scene_id: number; sizes: Record<string, number>; offset: number; limit: number; more: Record<string, number>; fields: string[];
  bodies: Body[]; joints: Joint[]; geoms: Geom[]; sites: Part[]; cameras: Part[]; lights: Part[];
  actuators: Actuator[]; equalities: Equality[]; sensors: Sensor[]; tendons: Named[]; keyframes: Named[];
}
