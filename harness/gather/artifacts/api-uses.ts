/**
 * API uses: the browser's own messages, which page code cannot write, joined
 * with the in-page recorder's, which know the stack and what came back.
 */
import type { ApiUse, Channel } from "../../model/evidence.ts";
import type { PageApiUse } from "../witness/bridge-log.ts";
import { initiatorOf } from "./classify.ts";
import type { Locate } from "./locate.ts";
import type { RawMessage, RawPlace, RunLog } from "../witness/run-log.ts";

/** Chromium 156's wording; each pattern was seen in a real run (`test/browser/vectors`). */
const NATIVE: readonly {
  readonly pattern: RegExp;
  readonly api: (match: RegExpExecArray) => string;
  readonly returned: (api: string) => string;
}[] = [
  {
    pattern: /^Ignored call to '(alert|confirm|prompt|print)\(\)'/,
    api: (match) => match[1] ?? "alert",
    returned: (api) => ({ confirm: "false", prompt: "null" })[api] ?? "undefined",
  },
  { pattern: /^Blocked opening '/, api: () => "window.open", returned: () => "null" },
  { pattern: /^Download is disallowed/, api: () => "download", returned: () => "nothing" },
  {
    pattern: /^Unsafe attempt to initiate navigation|^Unsafe JavaScript attempt to initiate navigation/,
    api: () => "top.location",
    returned: () => "SecurityError",
  },
  {
    pattern: /Permissions policy violation: ([\w -]+?) is not allowed/i,
    api: (match) => permissionApi(match[1] ?? ""),
    returned: () => "rejected",
  },
  {
    pattern: /requestStorageAccess.*(not granted|denied|sandbox)/i,
    api: () => "requestStorageAccess",
    returned: () => "NotAllowedError",
  },
  { pattern: /^Blocked form submission/, api: () => "form.submit", returned: () => "nothing" },
];

function permissionApi(feature: string): string {
  const name = feature.trim().toLowerCase();
  return (
    {
      geolocation: "geolocation",
      fullscreen: "requestFullscreen",
      camera: "getUserMedia",
      microphone: "getUserMedia",
      "display-capture": "getDisplayMedia",
    }[name] ?? name
  );
}

export function apiUsesOf(input: {
  readonly log: RunLog;
  readonly page: readonly PageApiUse[];
  readonly locate: Locate;
}): ApiUse[] {
  const uses: ApiUse[] = [];
  for (const message of input.log.messages.values) {
    if (message.origin !== "browser" || message.role === "framed") continue;
    const native = nativeUse(message);
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

function nativeUse(message: RawMessage): { api: string; returned: string } | null {
  for (const { pattern, api, returned } of NATIVE) {
    const match = pattern.exec(message.text);
    if (match) return { api: api(match), returned: returned(api(match)) };
  }
  return null;
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
