/**
 * API uses: the browser's own messages, which page code cannot write, joined
 * with the in-page recorder's, which know the stack and what came back.
 */
import { refusalIn } from "../../../host/apis/index.ts";
import type { ApiUse, Channel } from "../../model/evidence.ts";
import type { PageApiUse } from "../witness/bridge-log.ts";
import { initiatorOf } from "./classify.ts";
import type { Locate } from "./locate.ts";
import type { RawPlace, RunLog } from "../witness/run-log.ts";

export function apiUsesOf(input: {
  readonly log: RunLog;
  readonly page: readonly PageApiUse[];
  readonly locate: Locate;
}): ApiUse[] {
  const uses: ApiUse[] = [];
  for (const message of input.log.messages.values) {
    if (message.origin !== "browser" || message.role === "framed") continue;
    const native = refusalIn(message.text);
    if (native)
      uses.push({
        ...native,
        count: message.count,
        initiator: initiatorOf(message.role) as ApiUse["initiator"],
        channel: "log",
        channels: ["log"],
        blocked: true,
        ...located(input.locate(message.place)),
      });
  }
  for (const download of input.log.downloads.values) {
    if (!uses.some((use) => use.api === "download"))
      uses.push({
        api: "download",
        count: download.count,
        returned: "nothing",
        channel: "page-event",
        channels: ["page-event"],
        initiator: "document",
        blocked: true,
      });
  }
  for (const record of input.page) join(uses, record, input.locate);
  return uses;
}

function join(uses: ApiUse[], record: PageApiUse, locate: Locate): void {
  const where = locate.named(placeFromStack(record.stack), record.api.split(".").at(-1) ?? record.api);
  const index = uses.findIndex(
    (use) =>
      sameApi(use.api, record.api) && use.channel !== "page" && (!use.where || !where || use.where.line === where.line),
  );
  const known = uses[index];
  if (!known) {
    uses.push({
      api: record.api,
      count: record.count,
      returned: record.returned,
      channel: "page",
      channels: ["page"],
      initiator: record.initiator,
      blocked: record.blocked,
      ...located(where),
    });
    return;
  }
  const channels: Channel[] = [...new Set<Channel>([...known.channels, "page"])];
  uses[index] = {
    ...known,
    api: record.api,
    returned: record.returned,
    channels,
    ...(known.where ? {} : located(where)),
  };
}

const sameApi = (native: string, page: string): boolean =>
  native === page || page.startsWith(`${native}.`) || page.endsWith(`.${native}`);
const located = (where: ApiUse["where"]): { where?: NonNullable<ApiUse["where"]> } => (where ? { where } : {});

/** First frame of a V8 stack outside injected scripts; positions there are 1-based. */
export function placeFromStack(stack: string): RawPlace | null {
  for (const line of stack.split("\n")) {
    if (line.includes("sandglass:")) continue;
    const match = /\(?((?:https?|blob|data|about)[^\s()]*?|<anonymous>):(\d+):(\d+)\)?\s*$/.exec(line);
    if (match)
      return {
        url: match[1] === "<anonymous>" ? "" : (match[1] ?? ""),
        line: Number(match[2]) - 1,
        column: Number(match[3]) - 1,
      };
  }
  return null;
}
