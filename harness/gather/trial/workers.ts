/** Waits for what a widget's workers are doing: they keep real time, and its own clock is ahead of theirs. */
import { withDeadline } from "../../lib/deadline.ts";
import type { Protocol } from "../browser/protocol.ts";
import type { Witness } from "../witness/witness.ts";
import { strain } from "./settle.ts";

export interface WorkersInput {
  readonly protocol: Protocol;
  readonly witness: Witness;
  readonly contextId: string;
  /** For how long they may still be waited for, ms. */
  readonly workers: { patienceMs: number };
}

/** How long they may keep a rendering waiting, all answers together, ms. */
const WORKERS_MS = 3000;

export const workersPatience = (): WorkersInput["workers"] => ({ patienceMs: WORKERS_MS * strain() });

/** Every worker has come to the end of what it was doing. */
export async function workersAnswer({ protocol, witness, contextId, workers }: WorkersInput): Promise<void> {
  const asked = performance.now();
  const answers = witness
    .sessionsOf(contextId)
    .filter(({ type }) => /worker/.test(type))
    .map(({ id }) =>
      protocol.send("Runtime.evaluate", { expression: "0" }, id).then(
        () => true,
        () => false,
      ),
    );
  if (answers.length === 0) return;
  await withDeadline(Promise.all(answers), asked + Math.max(0, workers.patienceMs));
  workers.patienceMs -= performance.now() - asked;
}
