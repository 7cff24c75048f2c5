/** What is under way, on a terminal. */
import { clipped } from "../report/shared/terminal.ts";
import { oneLine } from "../report/shared/text.ts";
import type { Io } from "./io.ts";

/** One line on stderr that is written over; silent when stderr is no terminal. */
export function progressOn(io: Io): { show(text: string): void; clear(): void } {
  if (!io.errIsTerminal) return { show: () => undefined, clear: () => undefined };
  return { show: (text) => io.err(`\r\u001b[2K${clipped(oneLine(text), 110)}`), clear: () => io.err("\r\u001b[2K") };
}
