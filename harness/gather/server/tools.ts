/** The tools, as they are listed. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import type { ServerTools } from "../../model/evidence/server.ts";
import type { ServerRecord } from "../../model/server-record.ts";
import { scanValue } from "../../scan/index.ts";
import { bytesOf, hasLostPage, listed, textOrNull } from "./exchanges.ts";

export function toolsOf(record: ServerRecord): ServerTools | null {
  const list = listed(record, "tools/list", "tools");
  // Of half a list it is not known what the other half says.
  if (!list || hasLostPage(record, "tools/list")) return null;
  const { masked, detections } = scanValue(list.items, "toolInput");
  const items: readonly unknown[] = Array.isArray(masked) ? masked : [];
  return {
    entries: items.map((item) => {
      const entry = isRecord(item) ? item : {};
      return { name: textOrNull(entry.name) ?? "", entry };
    }),
    pages: list.pages,
    ...(list.hasEnd ? {} : { hasNoEnd: true as const }),
    bytes: bytesOf(list.items),
    detections,
  };
}
