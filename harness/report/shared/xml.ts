import { oneLine } from "./text.ts";

/** XML text and attributes; characters that XML 1.0 forbids are left out. */
export const escapeXml = (text: string): string =>
  oneLine(text)
    .replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
