/** Looks at the widget while it stands, for trials that are compared. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { Shown } from "../../model/evidence.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { RunLog } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";
import type { Witness } from "../witness/witness.ts";
import { isolatedWorld, nextChange, probeDocument } from "./document.ts";

export interface Looking {
  readonly protocol: Protocol;
  readonly witness: Witness;
  readonly contextId: string;
  readonly log: RunLog;
}

/** How long a look may take, ms. */
const LOOK_MS = 1500;

export const stageSession = ({ witness, contextId }: Looking): Session | undefined =>
  witness.sessionsOf(contextId).find((session) => session.isStage);

/** What is shown now; null when the document cannot be looked at. */
export async function lookAt(looking: Looking): Promise<Shown | null> {
  const world = await worldOf(looking);
  if (!world) return null;
  const look = await withDeadline(
    // A frame that is gone or hung cannot be looked at: that is an answer, not an error.
    probeDocument(looking.protocol, world.session, world.id, null).catch(() => null),
    performance.now() + LOOK_MS,
  );
  return look === EXPIRED ? null : (look?.probe.shown ?? null);
}

/** Waits until what is shown meets the wish, at most so many milliseconds. */
export async function lookUntil(looking: Looking, wish: (shown: Shown) => boolean, ms: number): Promise<void> {
  const until = performance.now() + ms;
  for (let left = ms; left > 0; left = until - performance.now()) {
    const shown = await lookAt(looking);
    const world = await worldOf(looking);
    if (!shown || !world || wish(shown)) return;
    const change = nextChange(looking.protocol, world.session, world.id, left).catch(() => undefined);
    await withDeadline(change, until);
  }
}

/** The target that holds the sandbox document and the widget's frame. */
export const widgetSession = ({ witness, contextId }: Looking): Session | undefined =>
  witness.sessionsOf(contextId).find((session) => session.type === "iframe" && session.parent?.isStage === true);

/** An isolated world in the widget's document; null when there is none to be had. */
export async function worldOf(looking: Looking): Promise<{ session: string; id: number } | null> {
  const { protocol, log } = looking;
  const frame = log.innerFrameId;
  const widget = widgetSession(looking);
  if (!frame || !widget) return null;
  const made = await withDeadline(
    isolatedWorld(protocol, widget.id, frame).catch(() => null),
    performance.now() + LOOK_MS,
  );
  return made === EXPIRED || made === null ? null : { session: widget.id, id: made };
}
