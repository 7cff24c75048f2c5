/** Whether what was seen is what is meant: one meaning for scenarios, Playwright Test and Vitest. */
import { isRecord } from "../../host/csp/record.ts";
import type { BridgeMessage } from "./evidence.ts";

/** `*` matches any run of characters; an origin alone matches every address of it. */
export type Address = string | RegExp;

/** Text that a message to the conversation holds, or a message of the bridge by its method, with what its parameters hold at least. */
export type Sent = string | RegExp | { readonly method: string; readonly params?: unknown };

/** The pieces between the stars, each at its first place after the one before. */
function fitsGlob([first = "", ...others]: readonly string[], url: string): boolean {
  const last = others.at(-1) ?? "";
  if (!url.startsWith(first) || !url.endsWith(last)) return false;
  let at = first.length;
  for (const piece of others.slice(0, -1)) {
    const found = url.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= url.length - last.length;
}

/** Scheme and host of a pattern, which are the same in any case. */
const PATTERN_ORIGIN = /^[a-z*][a-z0-9+.*-]*:\/\/[^/?#]*/i;
/** A pattern without a path: of a host, or of an origin. */
const HOST_ALONE = /^(?:[^/]*:\/\/)?[^/?#]*$/;

/** A host with `*` in it stands for every address of it, as an origin without does. */
function fitsPattern(pattern: string, url: string): boolean {
  const glob = pattern.replace(PATTERN_ORIGIN, (origin) => origin.toLowerCase());
  return fitsGlob(glob.split("*"), url) || (HOST_ALONE.test(glob) && fitsGlob(`${glob}/*`.split("*"), url));
}

export function isAddress(address: Address, url: string): boolean {
  if (address instanceof RegExp) return url.search(address) !== -1;
  if (address.includes("*")) return fitsPattern(address, url);
  if (address === url) return true;
  if (!URL.canParse(address) || !URL.canParse(url)) return false;
  const [wanted, seen] = [new URL(address), new URL(url)];
  const isOrigin = wanted.pathname === "/" && wanted.search === "" && !address.endsWith("/");
  return wanted.href === seen.href || (isOrigin && wanted.origin === seen.origin);
}

/** Schemes of what a widget can ask for. */
const ASKED_SCHEMES = ["https", "http", "wss", "ws", "data", "blob"];

/** Whether a request could have the address at all: the absence of another would mean nothing. */
export function isRequestAddress(address: string): boolean {
  if (address.startsWith("*")) return true;
  const [scheme = ""] = address.toLowerCase().split(":");
  const isAsked = scheme.includes("*")
    ? ASKED_SCHEMES.some((one) => fitsGlob(scheme.split("*"), one))
    : ASKED_SCHEMES.includes(scheme);
  return isAsked && (address.includes("*") || URL.canParse(address));
}

/** Whether a link could have it: any scheme, as `mailto`, and no host without one. */
export const isLinkAddress = (address: string): boolean =>
  isRequestAddress(address) || /^[a-z][a-z0-9+-]*:(?!\d+(?:\/|$)).+/i.test(address);

/** `expect.any(…)` and the like, of either runner. */
const isMatcher = (wanted: unknown): wanted is { asymmetricMatch(seen: unknown): boolean } =>
  isRecord(wanted) && typeof wanted.asymmetricMatch === "function";

/** Objects hold at least these fields; `expect.any(…)` and the like decide by themselves. */
export function isWithin(wanted: unknown, seen: unknown): boolean {
  if (isMatcher(wanted)) return wanted.asymmetricMatch(seen);
  if (Array.isArray(wanted))
    return Array.isArray(seen) && wanted.length === seen.length && wanted.every((one, at) => isWithin(one, seen[at]));
  if (isRecord(wanted))
    return isRecord(seen) && Object.entries(wanted).every(([name, value]) => isWithin(value, seen[name]));
  return Object.is(wanted, seen);
}

/** A payload that was too long to be kept whole. */
export const isClipped = (value: unknown): boolean =>
  isRecord(value) && typeof value.clipped === "string" && typeof value.bytes === "number";

export interface ToolCallSeen {
  readonly name: string;
  readonly args: unknown;
  /** Only its beginning was kept: name and arguments are not known. */
  readonly clipped: boolean;
}

/** What the widget sent, of either surface. */
export const sentByWidget = (messages: readonly BridgeMessage[]): BridgeMessage[] =>
  messages.filter(({ direction, kind }) => direction === "to-host" && kind !== "response");

export const toolCallsIn = (messages: readonly BridgeMessage[]): ToolCallSeen[] => messages.flatMap(callIn);

function callIn({ direction, kind, method, payload }: BridgeMessage): ToolCallSeen[] {
  if (direction !== "to-host" || kind !== "request") return [];
  if (method !== "tools/call" && method !== "callTool") return [];
  if (isClipped(payload)) return [{ name: "", args: payload, clipped: true }];
  if (method === "tools/call")
    return isRecord(payload) && typeof payload.name === "string"
      ? [{ name: payload.name, args: payload.arguments ?? {}, clipped: false }]
      : [];
  const [name, args = {}] = Array.isArray(payload) ? (payload as readonly unknown[]) : [payload];
  return typeof name === "string" ? [{ name, args, clipped: false }] : [];
}

export const isCallOf = (call: ToolCallSeen, name: string, args?: unknown): boolean =>
  call.name === name && (args === undefined || isWithin(args, call.args));

const CONVERSATION: ReadonlySet<string> = new Set(["ui/message", "sendFollowUpMessage"]);

export const isConversation = (method: string): boolean => CONVERSATION.has(method);
const CONTEXT: ReadonlySet<string> = new Set(["ui/update-model-context", "setWidgetState"]);
const MODES: ReadonlySet<string> = new Set(["ui/request-display-mode", "requestDisplayMode"]);

export const messagesToConversation = (messages: readonly BridgeMessage[]): BridgeMessage[] =>
  sentByWidget(messages).filter(({ method }) => isConversation(method));

export const contextsIn = (messages: readonly BridgeMessage[]): BridgeMessage[] =>
  sentByWidget(messages).filter(({ method }) => CONTEXT.has(method));

/** Display modes that the widget asked for, in order. */
export const modesAskedIn = (messages: readonly BridgeMessage[]): string[] =>
  sentByWidget(messages)
    .filter(({ method }) => MODES.has(method))
    .flatMap(({ payload }) => {
      const mode: unknown = isRecord(payload) ? payload.mode : payload;
      return typeof mode === "string" ? [mode] : [];
    });

export function isSent(what: Sent, message: BridgeMessage): boolean {
  if (typeof what === "string" || what instanceof RegExp) {
    if (!isConversation(message.method)) return false;
    return conversationTexts(message).some((text) =>
      typeof what === "string" ? text.includes(what) : text.search(what) !== -1,
    );
  }
  return message.method === what.method && (what.params === undefined || isWithin(what.params, message.payload));
}

/** What the message says: its prompt, or the text of its blocks. */
export function conversationTexts({ payload }: Pick<BridgeMessage, "payload">): string[] {
  if (typeof payload === "string") return [payload];
  if (!isRecord(payload)) return [];
  const { prompt, content } = payload;
  return [...(typeof prompt === "string" ? [prompt] : []), ...blockTexts(content)];
}

function blockTexts(content: unknown): string[] {
  if (typeof content === "string") return [content];
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [content];
  return blocks.flatMap((block) => (isRecord(block) && typeof block.text === "string" ? [block.text] : []));
}

/** Text that it holds, or at least these fields in its data. */
export function isContext(what: string | Readonly<Record<string, unknown>>, message: BridgeMessage): boolean {
  const { method, payload } = message;
  if (typeof what === "string") return contextTexts(message).some((text) => text.includes(what));
  const data = method === "setWidgetState" || !isRecord(payload) ? payload : payload.structuredContent;
  return isWithin(what, data);
}

function contextTexts({ method, payload }: BridgeMessage): string[] {
  if (method === "setWidgetState") return valuesIn(payload);
  return isRecord(payload) ? [...blockTexts(payload.content), ...valuesIn(payload.structuredContent)] : [];
}

/** Texts and numbers of a value, whatever its shape. */
function valuesIn(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesIn) : [];
}

/** Stands between two boxes of one line: there may be a space to be seen, or none. */
export const BOX_EDGE = "\u001f";

const flat = (text: string): string => text.replace(/\s+/gu, " ").trim().toLowerCase();

/**
 * Whether the screen says it: in any case, whatever white space stands between, and with numbers whole: `4` is not
 * said by `42`, `4.5` or `1,004`.
 */
export function saysText(screen: string, wanted: string): boolean {
  const words = flat(wanted);
  if (words === "") return false;
  return ["", " "].some((edge) => holdsWhole(flat(screen.replaceAll(BOX_EDGE, edge)), words));
}

function holdsWhole(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1))
    if (!cutsNumber(text, at) && !cutsNumber(text, at + words.length) && !leavesSign(text, at)) return true;
  return false;
}

/** A place in the middle of a number: between two digits, or between a digit and the point or comma before another. */
const cutsNumber = (text: string, at: number): boolean =>
  /\d(?:[.,]?)$/u.test(text.slice(Math.max(0, at - 2), at)) &&
  /^(?:[.,]?)\d/u.test(text.slice(at, at + 2)) &&
  !(/[.,]$/u.test(text.slice(0, at)) && /^[.,]/u.test(text.slice(at)));

/** The minus of a number that the words begin with. */
const leavesSign = (text: string, at: number): boolean =>
  /^\d/u.test(text.slice(at, at + 1)) && /(?:^|[^\p{L}\p{N}])[-−]$/u.test(text.slice(Math.max(0, at - 2), at));

/** Names as Playwright's `getByRole` takes them: a part of it, in any case. */
export const isNamed = (name: string, wanted: string): boolean => flat(name).includes(flat(wanted));
