/** Hits as detections: the raw value stays behind. */
import type { Detection, Where } from "../model/evidence.ts";
import { fingerprintOf, maskOf } from "./mask.ts";
import type { Carrier, Hit } from "./types.ts";

export function detectionOf(
  hit: Hit,
  carrier: Carrier,
  place: { readonly path?: string; readonly where?: Where; readonly around?: string },
): Detection {
  const { family, kind, title, confidence, publishable, why, value } = hit;
  return {
    family,
    kind,
    title,
    confidence,
    publishable,
    why,
    carrier,
    ...place,
    masked: maskOf(hit),
    fingerprint: fingerprintOf(value),
  };
}

/** Turns offsets into lines and columns, for offsets that only grow. */
export function locatorIn(text: string, where: Where): (offset: number) => Where {
  let line = 1;
  let lineStart = 0;
  let from = 0;
  return (offset) => {
    for (let at = text.indexOf("\n", from); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
      line += 1;
      lineStart = at + 1;
    }
    from = Math.max(lineStart, from);
    return { ...where, line, column: offset - lineStart + 1 };
  };
}
