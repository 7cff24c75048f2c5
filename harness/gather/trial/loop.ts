/** A thread that does not answer: whether it does once it is told to stop. */
import type { Session } from "../witness/session.ts";
import type { DocumentLook } from "./document.ts";
import { strain } from "./settle.ts";
import { LOOK_MS, sightOf, type ViewInput } from "./view.ts";

/** A loop that starts again from the next task has to be told again. */
const TELL_TWICE = 2;
/** How soon a loop that was told to end lets the thread answer, ms; measured 10 to 20 on an idle machine. */
const LOOP_ENDS_MS = 600;

/**
 * A loop ends at once, and the document answers again: what it shows is what the user would have been left with.
 * A thread that waits for a slow graphics driver does not, and is not hung.
 */
export async function endLoop(
  input: ViewInput,
  widget: Session,
): Promise<{ readonly sight: DocumentLook | null; readonly hung: boolean }> {
  for (let told = 0; told < TELL_TWICE; told++) {
    input.protocol.post("Runtime.terminateExecution", {}, widget.id);
    const sight = await sightOf(input, widget, LOOP_ENDS_MS * strain());
    if (sight) return { sight, hung: true };
  }
  return { sight: await sightOf(input, widget, LOOK_MS), hung: false };
}
