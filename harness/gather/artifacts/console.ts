/** Console lines, exceptions and the browser's own messages; what a framed page says is its own affair. */
import type { ConsoleEntry } from "../../model/evidence.ts";
import type { Locate } from "./locate.ts";
import type { RunLog } from "../witness/run-log.ts";

const LEVELS: Readonly<Record<string, ConsoleEntry["level"]>> = {
  error: "error",
  assert: "error",
  warning: "warning",
  warn: "warning",
  info: "info",
  debug: "log",
  verbose: "log",
  log: "log",
};

export function consoleOf(input: {
  readonly log: RunLog;
  readonly locate: Locate;
  readonly mask: (text: string) => string;
}): ConsoleEntry[] {
  return input.log.messages.values
    .filter(({ role }) => role !== "top" && role !== "framed")
    .map((message) => {
      const where = input.locate(message.place);
      return {
        level: LEVELS[message.level] ?? "log",
        text: input.mask(message.text),
        origin: message.origin,
        count: message.count,
        ...(where ? { where } : {}),
      };
    });
}
