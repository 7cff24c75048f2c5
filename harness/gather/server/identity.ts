/** What `initialize` was answered with. Pure. */
import { isRecord } from "../../../host/csp/record.ts";
import type { Raw, ServerIdentity } from "../../model/evidence/server.ts";
import type { ServerRecord } from "../../model/server-record.ts";
import { scanValue } from "../../scan/index.ts";
import { asked, resultOf, textOrNull } from "./exchanges.ts";

export function identityOf(record: ServerRecord): ServerIdentity | null {
  const answer = asked(record, "initialize")
    .map(resultOf)
    .find((result) => result !== null);
  if (!answer) return null;
  const { masked, detections } = scanValue(answer, "message");
  const { protocolVersion, serverInfo, instructions, capabilities } = (isRecord(masked) ? masked : {}) as Raw;
  const info = isRecord(serverInfo) ? serverInfo : {};
  return {
    protocolVersion: textOrNull(protocolVersion) ?? "",
    name: textOrNull(info.name) ?? "",
    version: textOrNull(info.version) ?? "",
    title: textOrNull(info.title),
    instructions: textOrNull(instructions),
    capabilities: isRecord(capabilities) ? capabilities : {},
    detections,
  };
}
