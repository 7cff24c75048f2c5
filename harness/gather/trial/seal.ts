/**
 * Seals what was collected: everything that was given and sent is scanned,
 * then every string of the log is masked, once. Nothing raw goes on from here.
 */
import { originOf } from "../../../host/csp/addresses.ts";
import type { Detection, Evidence, SourceInfo, Where } from "../../model/evidence.ts";
import { excerptKey, type MaskedAddress, type RawLog } from "../../model/raw-log.ts";
import type { ScanLimit } from "../../model/tags.ts";
import { hidingOf, scanText, scanValue, SecretMemory, type Hiding } from "../../scan/index.ts";
import type { JoinContext } from "../../model/join-context.ts";
import { entryIn, evidenceOf } from "../artifacts/index.ts";
import { indexOf } from "../artifacts/source-index.ts";

/** A log with raw strings, as the collectors of a stage give it. */
export type UnsealedLog = Omit<RawLog, "schemaVersion" | "addresses" | "excerpts" | "detections" | "limits">;

/** What is scanned for secrets: given to the widget, or sent by it. */
export type Scannable = {
  readonly carrier: Detection["carrier"];
  /** Where it left to. */
  readonly sink?: string;
  readonly where?: Where;
} & ({ readonly text: string } | { readonly value: unknown });

/** An address or a command may carry a key. */
export const sealedSource = (source: SourceInfo): SourceInfo =>
  source.kind === "mcp" ? { ...source, server: scanText(source.server, "request").masked } : source;

/**
 * @param scannables in the order of the run: a secret is known from its first appearance on
 * @param hiding of what the user gave to be let in
 */
export function seal(
  log: UnsealedLog,
  scannables: readonly Scannable[],
  context: JoinContext,
  hiding: Hiding = hidingOf([]),
): RawLog {
  const memory = new SecretMemory();
  const { detections, limits } = hiding.every(scanAll(scannables, memory));
  const masker = new Masker(memory, context, hiding);
  const bare: RawLog = {
    schemaVersion: 1,
    ...masker.every(log),
    addresses: masker.addresses,
    excerpts: {},
    detections: detections.map((one) => (one.sink === undefined ? one : { ...one, sink: masker.url(one.sink) })),
    limits,
  };
  const places = { ...evidenceOf(bare, context), ...entryIn(bare, context) };
  return { ...bare, excerpts: excerptsOf(places, context, masker) };
}

function scanAll(scannables: readonly Scannable[], memory: SecretMemory): Pick<RawLog, "detections" | "limits"> {
  const detections = new Map<string, Detection>();
  const limits = new Map<string, ScanLimit>();
  for (const one of scannables) {
    const { carrier, sink, where } = one;
    const result =
      "text" in one
        ? scanText(one.text, carrier, { memory, ...(where ? { where } : {}) })
        : scanValue(one.value, carrier, { memory, personalData: true });
    for (const detection of result.detections)
      detections.set(identityOf(detection, sink), sink ? { ...detection, sink } : detection);
    for (const limit of result.limits) limits.set(JSON.stringify(limit), limit);
  }
  return { detections: [...detections.values()], limits: [...limits.values()] };
}

/** The same value in the same place, seen once or a thousand times, is one detection. */
const identityOf = ({ kind, carrier, path, fingerprint, where }: Detection, sink: string | undefined): string =>
  [kind, carrier, path, fingerprint, sink, where?.line].join(" ");

/** Fields that hold addresses; what names the origin of one is masked as one. */
const ADDRESSES = new Set(["url", "blockedUrl", "redirectTo", "hops", "requestOrigin", "allowOrigin", "about"]);
/** A data: URL is shown by its beginning. */
const DATA_CHARACTERS = 40;
const PAYLOAD_CHARACTERS = 4000;

/** The same string is always masked alike, so that what was equal stays equal. */
class Masker {
  readonly addresses: Record<string, MaskedAddress> = {};
  readonly #texts = new Map<string, string>();
  readonly #urls = new Map<string, string>();

  constructor(
    private readonly memory: SecretMemory,
    private readonly context: JoinContext,
    private readonly hiding: Hiding,
  ) {}

  every<T>(value: T): T {
    return this.#walk(value, "") as T;
  }

  text(text: string): string {
    return cached(this.#texts, text, () => this.hiding.text(scanText(text, "console", { memory: this.memory }).masked));
  }

  url(url: string): string {
    return cached(this.#urls, url, () => {
      const masked = url.startsWith("data:")
        ? `${this.hiding.text(url).slice(0, DATA_CHARACTERS)}…`
        : this.hiding.text(scanText(url, "request", { memory: this.memory }).masked);
      if (masked !== url) this.#noteAddress(url, masked);
      return masked;
    });
  }

  #noteAddress(url: string, masked: string): void {
    const origin = originOf(url);
    const shown = origin === url ? masked : this.url(origin);
    const offset = indexOf(this.context.document).html.indexOf(url);
    this.addresses[masked] = {
      ...(shown === originOf(masked) ? {} : { origin: shown }),
      ...(offset === -1 ? {} : { offset }),
    };
  }

  #walk(value: unknown, key: string): unknown {
    if (key === "payload") return clip(this.hiding.every(scanValue(value, "message", { memory: this.memory }).masked));
    if (typeof value === "string") return ADDRESSES.has(key) ? this.url(value) : this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, this.#walk(child, name)]));
  }
}

function cached(known: Map<string, string>, key: string, make: () => string): string {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** Payloads are kept for people to read: a long one is shown by its beginning. */
function clip(value: unknown): unknown {
  const text = (JSON.stringify(value) as string | undefined) ?? "";
  if (text.length <= PAYLOAD_CHARACTERS) return value;
  return { clipped: `${text.slice(0, PAYLOAD_CHARACTERS)}…`, bytes: text.length };
}

/** The lines of source at which evidence points. */
function excerptsOf(
  { network, apiUses, console, bundle, bridge, document, entry }: Evidence["artifacts"] & Pick<Evidence, "entry">,
  context: JoinContext,
  masker: Masker,
): Record<string, string> {
  const index = indexOf(context.document);
  const excerpts: Record<string, string> = {};
  const pointing = [network, apiUses, console].flatMap((gathered): readonly { readonly where?: Where }[] =>
    gathered.status === "ok" ? gathered.value : [],
  );
  const read = bundle.status === "ok" ? [...bundle.value.urls, ...bundle.value.uses] : [];
  const posting = bridge.status === "ok" ? [...(bridge.value.senders ?? []), ...bridge.value.externalLinks] : [];
  const seen = document.status === "ok" ? [...document.value.hints, { where: document.value.hungIn?.where }] : [];
  for (const { where } of [...pointing, ...read, ...posting, ...seen, { where: entry }]) {
    const { file, line, column } = where ?? {};
    if (file === undefined || line === undefined || column === undefined) continue;
    const excerpt = masker.text(index.excerptAt({ file, line, column }));
    if (excerpt) excerpts[excerptKey(file, line, column)] = excerpt;
  }
  return excerpts;
}
