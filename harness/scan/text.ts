/** Secrets and personal data in one text. */
import type { Detection, Where } from "../model/evidence.ts";
import type { ScanLimit } from "../model/tags.ts";
import { addAll } from "./add-all.ts";
import { neighbourhoodIn } from "./around.ts";
import { addEncoded } from "./decode.ts";
import { addFromElements } from "./elements.ts";
import { pass } from "./find.ts";
import { LIMITS } from "./limits.ts";
import { addFromLiterals } from "./literals.ts";
import { hider, maskSpans } from "./mask.ts";
import type { SecretMemory } from "./memory.ts";
import { findPersonal } from "./personal/index.ts";
import { detectionOf, locatorIn } from "./report.ts";
import { resolve } from "./resolve.ts";
import type { Carrier, Hit, Hits } from "./types.ts";

export interface ScanOptions {
  /** Also look for personal data. Default false. */
  readonly personalData?: boolean;
  /** File that a text is from; line and column of each detection are filled in. */
  readonly where?: Where;
  /** Secrets of the same run, known again by value; new ones are added. */
  readonly memory?: SecretMemory;
}

export interface TextScan {
  readonly detections: Detection[];
  /** The text without the raw secrets. */
  readonly masked: string;
  /** Limits that were hit. */
  readonly limits: ScanLimit[];
}

const PROGRAMS: ReadonlySet<Carrier> = new Set<Carrier>(["html", "source-map"]);
/** Carriers where personal data is hidden as well, since logs are kept. */
export const HIDES_PERSONAL: ReadonlySet<Carrier> = new Set<Carrier>(["console", "message"]);

export function scanText(text: string, carrier: Carrier, options: ScanOptions = {}): TextScan {
  const limits: ScanLimit[] = [];
  const read = text.length > LIMITS.text ? text.slice(0, LIMITS.text) : text;
  if (read.length < text.length) limits.push({ kind: "characters", carrier, found: text.length, most: LIMITS.text });
  const { all, reported } = hitsOf(read, carrier, options);
  const locate = options.where ? locatorIn(read, options.where) : null;
  const around = PROGRAMS.has(carrier) && reported.length > 0 ? neighbourhoodIn(read, { all, reported }) : null;
  const listed = reported.slice(0, LIMITS.detections);
  if (listed.length < reported.length)
    limits.push({ kind: "detections", carrier, found: reported.length, most: LIMITS.detections });
  return {
    detections: listed.map((hit) =>
      detectionOf(hit, carrier, {
        ...(locate ? { where: locate(hit.start) } : {}),
        ...(around ? { around: around(hit) } : {}),
      }),
    ),
    masked: hide(read, { all, reported }, carrier),
    limits,
  };
}

/** What stands in a text; `extra` are hits known from elsewhere, such as the name of its key. */
export function hitsOf(
  text: string,
  carrier: Carrier,
  { personalData = false, memory }: ScanOptions,
  extra: readonly Hit[] = [],
): Hits {
  const options = PROGRAMS.has(carrier) ? CODE : PLAIN;
  const found = extra.slice();
  addEncoded(text, found, pass(text, options, found), options);
  if (options.code) addFromLiterals(text, found, options);
  else addFromElements(text, found);
  if (memory) {
    addAll(found, memory.find(text));
    memory.remember(found);
  }
  if (personalData && text.length <= LIMITS.personal && !PROGRAMS.has(carrier)) addAll(found, findPersonal(text));
  return found.length === 0 ? NONE : { all: found, reported: resolve(found) };
}
const CODE = { code: true };
const PLAIN = { code: false };
const NONE: Hits = { all: [], reported: [] };

/** The text with every hit hidden, wherever its value stands again; `plain` leaves its other forms to a later sweep. */
export function hide(text: string, { all, reported }: Hits, carrier: Carrier, forms: "all" | "plain" = "all"): string {
  if (all.length === 0) return text;
  const hidden = all.filter(({ family }) => family === "secret" || HIDES_PERSONAL.has(carrier));
  const masked = maskSpans(text, hidden, new Set(reported));
  return (
    hider(
      hidden.map(({ value }) => value),
      forms,
    )?.(masked) ?? masked
  );
}
