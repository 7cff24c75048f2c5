/** The vendors' formats as detectors. */
import { isInsideBase64 } from "../base64-run.ts";
import { formats } from "../formats/index.ts";
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isStandIn, wordShare } from "../measure.ts";
import { readTemplate } from "../template.ts";
import type { Detector, Hit, TokenFormat } from "../types.ts";

/** Forms that begin with a host. Only what follows it is hidden: the host is needed to judge the request. */
const ADDRESS = /^(?:[a-z.]|\{[a-z\d.]+(?:\|[a-z\d.]+)+\})+\.(?:[a-z]|\{[a-z.|]+\})+\//;
/** A file's name may hold something of a token's form: `icon.ico-….png`. */
const FILE = /^\.(?:png|jpe?g|gif|svg|webp|ico|css|m?js|ts|html?|pdf|mp4|woff)\b/i;

function detectorOf(format: TokenFormat): Detector {
  const { pattern, anchors, prefix } = readTemplate(format.form, format.ignoreCase);
  const isAddress = ADDRESS.test(format.form);
  return {
    id: format.id,
    anchors,
    ignoreCase: format.ignoreCase === true,
    find(text, at) {
      const value = matchAt(pattern, text, at)?.[0];
      if (value === undefined || isStandIn(value.slice(prefix)) || isPieceOfOther(text, at, at + value.length))
        return null;
      if (isName(value.slice(prefix)) || isNulls(value)) return null;
      const host = isAddress ? value.indexOf("/") + 1 : 0;
      return hitOf(format, { value, at, host, prefix: host > 0 ? 0 : prefix });
    },
  };
}

/** A piece of a file's name, or of a longer base64 text. */
function isPieceOfOther(text: string, start: number, end: number): boolean {
  return FILE.test(text.slice(end, end + 6)) || isInsideBase64(text, start, end);
}

/** Words as names are made of them, with one digit at the most: `recomputeVisibleTiles2`. Nothing generated reads so. */
function isName(body: string): boolean {
  return /[g-z]/.test(body) && !/\d\D*\d/.test(body) && wordShare(body) > 0.7;
}

/** Base64 of bytes that are mostly nulls, as tables, fonts and modules begin; no token holds so many. */
function isNulls(value: string): boolean {
  return /A{5}/.test(value) && (value.match(/A/g)?.length ?? 0) > value.length / 2;
}

interface Match {
  readonly value: string;
  readonly at: number;
  /** Leading characters of the value that name a host. */
  readonly host: number;
  readonly prefix: number;
}

function hitOf(format: TokenFormat, { value, at, host, prefix }: Match): Hit | null {
  const verified = format.verify?.(value) ?? true;
  if (verified === false) return null;
  const { id, title, confidence = "certain", publishable = false } = format;
  const reasons = [`it has the documented form of a ${title}${publishable ? ", which is made to be public" : ""}`];
  if (verified !== true) reasons.push(verified.why);
  return hit({
    start: at + host,
    end: at + value.length,
    kind: id,
    title,
    publishable,
    value: value.slice(host),
    publicPrefix: prefix,
    confidence: verified === true ? confidence : verified.confidence,
    why: reasons.join("; "),
  });
}

export const tableDetectors: readonly Detector[] = formats.map(detectorOf);
