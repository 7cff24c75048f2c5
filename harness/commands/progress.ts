/** What is under way, on a terminal. */
import { clipped } from "../report/shared/terminal.ts";
import { oneLine } from "../report/shared/text.ts";
import type { Io } from "./io.ts";

/** One line on stderr that is written over; silent when stderr is no terminal. */
export const progressOn = (io: Io): { show(text: string): void; clear(): void } => ({
  show: (text) => io.status?.(clipped(oneLine(text), 110)),
  clear: () => io.status?.(""),
});
