/** A thread that does not answer: where it is, and whether it answers once it is told to stop. */
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { SeenCall } from "../witness/run-log.ts";
import type { Session } from "../witness/session.ts";
import type { DocumentLook } from "./document.ts";
import { strain } from "./settle.ts";
import { LOOK_MS, sightOf, type ViewInput } from "./view.ts";

/** A loop that starts again from the next task has to be told again. */
const TELL_TWICE = 2;
/** How soon a loop that was told to end lets the thread answer, ms; measured 10 to 20 on an idle machine. */
const LOOP_ENDS_MS = 600;
/** How long it may take to stop, and to come out of a function that ends, ms; measured 1 to 5 on an idle machine. */
const STOPS_MS = 200;
/** How long it may take to find the loop, ms. */
const FIND_MS = 1500;
/** Functions that are left, at most: deeper recursion is told from where it was. */
const MOST_LEFT = 20;

/**
 * A loop ends at once, and the document answers again: what it shows is what the user would have been left with.
 * A thread that waits for a slow graphics driver does not, and is not hung; nor is one that answers late, by itself.
 *
 * @param graceMs how long the thread is waited for once more before it is condemned
 */
export async function endLoop(
  input: ViewInput,
  widget: Session,
  graceMs: number,
): Promise<{ readonly sight: DocumentLook | null; readonly hung: boolean }> {
  input.log.hungIn = await findLoop(stopsOf(input, widget, performance.now() + FIND_MS));
  await letGo(input, widget);
  const late = graceMs > 0 ? await sightOf(input, widget, graceMs) : null;
  if (late) return { sight: late, hung: false };
  for (let told = 0; told < TELL_TWICE; told++) {
    input.protocol.post("Runtime.terminateExecution", {}, widget.id);
    const sight = await sightOf(input, widget, LOOP_ENDS_MS * strain());
    if (sight) return { sight, hung: true };
  }
  return { sight: await sightOf(input, widget, LOOK_MS), hung: false };
}

/** Stops a thread, at once or when the function that it is in has ended: the calls under way then, innermost first; null when it does not stop. */
export interface Stops {
  readonly pause: () => Promise<readonly SeenCall[] | null>;
  readonly stepOut: () => Promise<readonly SeenCall[] | null>;
}

/** The function that does not end, with its callers: functions that do are left, one after the other. Empty when the thread does not stop. */
export async function findLoop({ pause, stepOut }: Stops): Promise<readonly SeenCall[]> {
  let calls = await pause();
  for (let left = 0; calls !== null && left < MOST_LEFT; left++) {
    const depth = calls.length;
    const out = await stepOut();
    // It may be deeper again by now.
    if (out === null) return ((await pause()) ?? calls).slice(-depth);
    // The last one has ended: task follows task.
    if (out.length >= depth) return out;
    calls = out;
  }
  return calls ?? [];
}

/** @param until `performance.now()` after which nothing is stopped any more */
function stopsOf({ protocol, log }: ViewInput, { id }: Session, until: number): Stops {
  const stopped = async (order: () => void): Promise<readonly SeenCall[] | null> => {
    if (performance.now() >= until) return null;
    const stop = new Promise<readonly SeenCall[]>((resolve) => {
      log.onClock = (signal) => {
        if (signal === "stopped") resolve(log.stoppedIn);
      };
    });
    order();
    const calls = await withDeadline(stop, Math.min(until, performance.now() + STOPS_MS * strain()));
    return calls === EXPIRED ? null : calls;
  };
  return {
    pause: () => stopped(() => protocol.post("Debugger.pause", {}, id)),
    stepOut: () => stopped(() => protocol.post("Debugger.stepOut", {}, id)),
  };
}

/**
 * Lets the thread go on; a stop that is still owed holds nothing up. An order to end that comes while it stands is
 * forgotten with the first answer that it gives there.
 */
async function letGo({ protocol, log }: ViewInput, { id }: Session): Promise<void> {
  log.onClock = (signal) => {
    if (signal === "stopped") protocol.post("Debugger.resume", {}, id);
  };
  protocol.post("Debugger.setSkipAllPauses", { skip: true }, id);
  // Refused by one that does not stand.
  const going = protocol.send("Debugger.resume", {}, id).catch(() => null);
  await withDeadline(going, performance.now() + STOPS_MS * strain());
}
