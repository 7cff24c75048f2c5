/** What is to be seen of a widget, and when that changes. */
import { isPainted } from "../../model/evidence.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { RunLog } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";
import type { Witness } from "../witness/witness.ts";
import { isolatedWorld, nextChange, probeDocument, type DocumentLook } from "./document.ts";
import { paintedShareOf } from "./picture.ts";
import type { Screenshot } from "./plan.ts";

export interface ViewInput {
  readonly protocol: Protocol;
  readonly witness: Witness;
  readonly contextId: string;
  readonly log: RunLog;
  readonly screenshot: Screenshot | null;
  /** V8 counts what runs. */
  readonly coverage: boolean;
}

/** How long a look at the finished page may take, ms; a hung one does not answer. */
export const LOOK_MS = 1500;

/** The page around the widget. */
export const stageSession = ({ witness, contextId }: Pick<ViewInput, "witness" | "contextId">): Session | undefined =>
  witness.sessionsOf(contextId).find((session) => session.isStage);

/** What is to be seen of the widget. */
export interface View {
  readonly sight: DocumentLook | null;
  readonly paintedShare: number | null;
}

/** The picture that is kept is the first one that shows something. */
export async function viewAfter(input: ViewInput, widget: Session, first: View): Promise<View> {
  const sight = (await sightOf(input, widget, LOOK_MS)) ?? first.sight;
  const wasBlank = isBlank(first);
  if (!sight || (!wasBlank && sight.legible)) return { ...first, sight };
  return { sight, paintedShare: await pictureOf(wasBlank ? input : { ...input, screenshot: null }, sight) };
}

export async function sightOf(input: ViewInput, widget: Session | null, ms: number): Promise<DocumentLook | null> {
  const { protocol, log } = input;
  const frame = log.innerFrameId;
  if (!frame || !widget) return null;
  const looking = isolatedWorld(protocol, widget.id, frame).then((world) =>
    probeDocument(protocol, widget.id, world, log.innerContextId),
  );
  // A frame that is gone or hung cannot be looked at: that is an answer, not an error.
  const sight = await withDeadline(
    looking.catch(() => null),
    performance.now() + ms,
  );
  return sight === EXPIRED ? null : sight;
}

/** Share of the picture that is drawn; asked where the text does not tell, or when the picture is to be kept. */
export async function pictureOf(input: ViewInput, sight: DocumentLook | null): Promise<number | null> {
  const { protocol, screenshot } = input;
  const stage = stageSession(input);
  if (!sight || !stage || (!screenshot && sight.legible)) return null;
  const share = await withDeadline(
    paintedShareOf(protocol, stage.id, screenshot?.file ?? null, screenshot?.heights),
    performance.now() + LOOK_MS * 2,
  );
  return share === EXPIRED ? null : share;
}

export const isBlank = ({ sight, paintedShare }: View): boolean =>
  sight !== null && paintedShare !== null && !isPainted(paintedShare, sight.probe.textLength);

export async function changeOf(input: ViewInput, widget: Session, until: number): Promise<void> {
  const ms = until - performance.now();
  const frame = input.log.innerFrameId;
  // A frame that is gone changes no more.
  const change = frame
    ? isolatedWorld(input.protocol, widget.id, frame)
        .then((world) => nextChange(input.protocol, widget.id, world, ms))
        .catch(() => undefined)
    : Promise.resolve();
  await withDeadline(change, until);
}
