/** The vendors' formats as detectors. */
import { isInsideBase64 } from "../base64-run.ts";
import { formats } from "../formats/index.ts";
import { hit } from "../hit.ts";
import { isStandIn } from "../measure.ts";
import { readTemplate } from "../template.ts";
import type { Detector, TokenFormat } from "../types.ts";

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
      pattern.lastIndex = at;
      const value = pattern.exec(text)?.[0];
      if (value === undefined || isStandIn(value.slice(prefix))) return null;
      if (FILE.test(text.slice(at + value.length, at + value.length + 6))) return null;
      if (isInsideBase64(text, at, at + value.length)) return null;
      const verdict = format.verify?.(value) ?? true;
      if (verdict === false) return null;
      const { confidence = "certain", publishable = false } = format;
      const host = isAddress ? value.indexOf("/") + 1 : 0;
      return hit({
        start: at + host,
        end: at + value.length,
        kind: format.id,
        title: format.title,
        publishable,
        value: value.slice(host),
        publicPrefix: host > 0 ? 0 : prefix,
        confidence: verdict === true ? confidence : verdict.confidence,
        why: `it has the documented form of a ${format.title}${publishable ? ", which is made to be public" : ""}${verdict === true ? "" : `; ${verdict.why}`}`,
      });
    },
  };
}

export const tableDetectors: readonly Detector[] = formats.map(detectorOf);
