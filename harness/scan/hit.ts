/** Makes hits. */
import type { Hit } from "./types.ts";

type Given = Pick<Hit, "start" | "end" | "kind" | "title" | "confidence" | "why" | "value"> & Partial<Hit>;

export function hit(given: Given): Hit {
  return { family: "secret", publishable: false, publicPrefix: 0, ...given };
}
