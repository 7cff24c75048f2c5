/**
 * API uses: the browser's own messages, which page code cannot write, joined
 * with the in-page recorder's, which know the stack and what came back.
 */
import type { ApiUse, Channel, Where } from "../../model/evidence.ts";
import type { RawApiUse, RawLog, RawMessage } from "../../model/raw-log.ts";
import { initiatorOf } from "./classify.ts";
import type { Locate } from "./locate.ts";

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

export function apiUsesOf(raw: Pick<RawLog, "messages" | "downloads" | "apiUses">, locate: Locate): ApiUse[] {
  const uses = raw.messages.flatMap((message) => fromMessage(message, locate));
  const [download] = raw.downloads;
  if (download && !uses.some(({ api }) => api === "download"))
    uses.push({
      api: "download",
      count: download.count,
      returned: "nothing",
      channel: download.channel,
      channels: [download.channel],
      initiator: "document",
      blocked: true,
    });
  for (const use of raw.apiUses) join(uses, use, locate);
  return uses;
}

function fromMessage(message: RawMessage, locate: Locate): ApiUse[] {
  const { origin, role, count, channel, place } = message;
  if (origin !== "browser" || role === "framed") return [];
  const native = nativeUse(message);
  if (!native) return [];
  const initiator = initiatorOf(role);
  return [
    {
      ...native,
      count,
      initiator: initiator === "worker" || initiator === "frame" ? initiator : "document",
      channel,
      channels: [channel],
      blocked: true,
      ...located(locate(place)),
    },
  ];
}

function nativeUse({ text }: RawMessage): { api: string; returned: string } | null {
  for (const { pattern, api, returned } of NATIVE) {
    const match = pattern.exec(text);
    if (match) return { api: api(match), returned: returned(api(match)) };
  }
  return null;
}

/** Adds what the page told to what the browser told of the same call. */
function join(uses: ApiUse[], use: RawApiUse, locate: Locate): void {
  const { api, count, returned, channel, initiator, blocked, places } = use;
  const where = locate.named(places, NAMES[api] ?? [api.split(".").at(-1) ?? api]);
  const index = uses.findIndex(
    (known) =>
      sameApi(known.api, api) &&
      known.channel !== channel &&
      (!known.where || !where || known.where.line === where.line),
  );
  const known = uses[index];
  if (!known) {
    uses.push({ api, count, returned, channel, channels: [channel], initiator, blocked, ...located(where) });
    return;
  }
  const channels: Channel[] = [...new Set<Channel>([...known.channels, channel])];
  uses[index] = { ...known, api, returned, channels, ...(known.where ? {} : located(where)) };
}

/** What stands in the code, where it is not the API's own name. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  download: ["click", "download"],
  "cookie.set": ["cookie"],
  "window.open": ["open"],
  "execCommand.copy": ["execCommand"],
  "execCommand.cut": ["execCommand"],
  "execCommand.paste": ["execCommand"],
};

const sameApi = (native: string, page: string): boolean =>
  native === page || page.startsWith(`${native}.`) || page.endsWith(`.${native}`);
const located = (where: Where | undefined): { where?: Where } => (where ? { where } : {});
