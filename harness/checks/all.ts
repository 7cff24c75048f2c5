/** Every check, of widgets and of servers, for whoever lists them. */
import type { CheckDefinition } from "./define-check.ts";
import { checks } from "./index.ts";
import { serverChecks } from "./servers.ts";

export type CheckInfo = Pick<CheckDefinition, "id" | "title" | "severity" | "source">;

export const allChecks: readonly CheckInfo[] = [...checks, ...serverChecks];

/** `csp` of `csp/blocked-request`. */
export const areaOf = (id: string): string => id.split("/")[0] ?? id;

/** Areas, in the order of reports; those that only a server has. */
export const areas: readonly string[] = [...new Set(allChecks.map(({ id }) => areaOf(id)))];
