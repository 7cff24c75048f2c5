/**
 * The virtual stage's boot data and frame. Evaluated before the bridge, whose schemas take as long to build as a
 * process for the frame takes to start. What the frame says meanwhile is delivered after the whole script has run.
 */
import { frameOf } from "./frame.ts";
import type { StageBoot } from "./types.ts";

export const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "null") as StageBoot;
export const frame = frameOf(boot);
document.body.append(frame);
