import { frames, inexpressible, leaving, workers } from "./contexts.ts";
import { connections, resources, scripts } from "./requests.ts";
import { code, popups, rare } from "./others.ts";
import type { Vector } from "./types.ts";

/** Every vector, once. */
export const vectors: readonly Vector[] = [
  ...connections,
  ...resources,
  ...scripts,
  ...frames,
  ...workers,
  ...leaving,
  ...inexpressible,
  ...code,
  ...popups,
  ...rare,
];
