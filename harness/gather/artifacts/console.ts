/** Console lines, exceptions and the browser's own messages; what a framed page says is its own affair. */
import { defined } from "../../model/defined.ts";
import type { ConsoleEntry } from "../../model/evidence.ts";
import { roundedMoment } from "../../model/moment.ts";
import type { RawLog } from "../../model/raw-log.ts";
import { timed, type Locate } from "./locate.ts";

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

export function consoleOf({ messages }: Pick<RawLog, "messages">, locate: Locate): ConsoleEntry[] {
  return messages
    .filter(({ role }) => role !== "top" && role !== "framed")
    .map(({ level, text, origin, count, place, ...lived }) => {
      const where = timed(locate(place), lived);
      const { pressed, livedMs } = lived;
      const afterMs = livedMs === undefined ? undefined : roundedMoment(livedMs);
      const after = where ? { where } : defined({ pressed, afterMs });
      return { level: LEVELS[level] ?? "log", text, origin, count, ...after };
    });
}
