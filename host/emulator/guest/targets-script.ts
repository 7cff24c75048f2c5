/** The finder as a script of its own: one for each document, kept in an isolated world. */
import { TargetFinder } from "./targets.ts";

const scope = globalThis as unknown as { sandglassTargets?: TargetFinder };
scope.sandglassTargets ??= new TargetFinder();
