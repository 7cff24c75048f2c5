/** Checksums that vendors build into tokens, so that a typo or a made-up value can be told offline. */
import type { Confidence } from "../types.ts";

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

/** CRC-32 (IEEE 802.3) of ASCII text. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index += 1)
    crc = (CRC_TABLE[(crc ^ text.charCodeAt(index)) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function base62(number: number, length: number): string {
  let text = "";
  for (let rest = number; text.length < length; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text;
}

interface Verdict {
  readonly confidence: Confidence;
  readonly why: string;
}

/** Six base-62 digits of CRC-32 at the end, over what stands between the prefix and them. Source: github.blog/engineering/behind-githubs-new-authentication-token-formats. */
export function crcAtEnd(prefixLength: number) {
  return (value: string): Verdict => {
    const right = base62(crc32(value.slice(prefixLength, -6)), 6) === value.slice(-6);
    return right
      ? { confidence: "certain", why: "its checksum is right" }
      : { confidence: "likely", why: "its checksum is wrong, so it may be made up" };
  };
}

/** Eight hexadecimal digits of CRC-32 after the last underscore. Source: Grafana `pkg/components/satokengen`. */
export function crcHexAfterUnderscore(value: string): Verdict {
  const at = value.lastIndexOf("_");
  const right = crc32(value.slice(0, at)).toString(16).padStart(8, "0") === value.slice(at + 1).toLowerCase();
  return right
    ? { confidence: "certain", why: "its checksum is right" }
    : { confidence: "likely", why: "its checksum could not be confirmed" };
}
