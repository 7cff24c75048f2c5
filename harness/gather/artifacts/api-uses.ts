/**
 * API uses: the browser's own messages, which page code cannot write, joined
 * with the in-page recorder's, which know the stack and what came back.
 */
import { codeNamesOf, refusalIn } from "../../../host/apis/index.ts";
import type { ApiUse, Channel, Where } from "../../model/evidence.ts";
import type { RawApiUse, RawLog, RawMessage } from "../../model/raw-log.ts";
import { initiatorOf } from "./classify.ts";
import { timed, type Locate } from "./locate.ts";

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
  // A link's press has no place; its address has one in the markup.
  const link = download && uses.find(({ api, where }) => api === "download" && !where);
  if (link) uses[uses.indexOf(link)] = { ...link, ...located(timed(locate.address(download.url), download)) };
  for (const use of raw.apiUses) join(uses, use, locate);
  return uses;
}

function fromMessage(message: RawMessage, locate: Locate): ApiUse[] {
  const { origin, role, count, channel, place } = message;
  if (origin !== "browser" || role === "framed") return [];
  const native = refusalIn(message.text);
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
      ...located(timed(locate(place), message)),
    },
  ];
}

/** Adds what the page told to what the browser told of the same call. */
function join(uses: ApiUse[], use: RawApiUse, locate: Locate): void {
  const { api, count, returned, channel, initiator, blocked, places } = use;
  const where = timed(locate.named(places, codeNamesOf(api)), use);
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

const sameApi = (native: string, page: string): boolean =>
  native === page || page.startsWith(`${native}.`) || page.endsWith(`.${native}`);
const located = (where: Where | undefined): { where?: Where } => (where ? { where } : {});
