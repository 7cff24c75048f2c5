/** What the sources do not agree on. Each has a default; `docs/assumptions.md` says what each source says. */
import type { Assumption } from "./types.ts";

const CLIPBOARD: Assumption = {
  name: "clipboard-write",
  values: ["denied", "granted"],
  default: "denied",
  why: "Delegated in a capture of 2026-05-18, not in one of 2026-09.",
  source: "docs/assumptions.md#clipboard-write",
};

/** Of ChatGPT. */
export const contested: readonly Assumption[] = [
  {
    name: "metadata-key",
    values: ["first-found", "widgetCSP-only", "ui.csp-only"],
    default: "first-found",
    why: "The documentation says that ui.csp is supported; field reports of 2026 say that it was not enforced alone.",
    source: "docs/assumptions.md#metadata-key",
  },
  {
    name: "cdn-baseline",
    values: ["off", "on"],
    default: "off",
    why: "Some CDNs passed undeclared in October 2025 and August 2026; a reading of October 2026 shows none.",
    source: "docs/assumptions.md#cdn-baseline",
  },
  CLIPBOARD,
  {
    name: "popups",
    values: ["blocked", "allowed"],
    default: "blocked",
    why: "The outer attribute was captured without allow-popups; the header has it.",
    source: "docs/assumptions.md#popups",
  },
  {
    name: "style-elem-cdn",
    values: ["absent", "present"],
    default: "absent",
    why: "style-src-elem lacks *.oaiusercontent.com in the one reading there is.",
    source: "docs/assumptions.md#style-elem-cdn",
  },
  {
    name: "wildcards",
    values: ["copied", "dropped"],
    default: "copied",
    why: "One report says that a published app lost its wildcard entries; another of the same day says that they are copied.",
    source: "docs/assumptions.md#wildcards",
  },
];

/** Of Claude. @param clipboard what the profile's own frame says */
export const contestedOfClaude = (clipboard: "denied" | "granted"): readonly Assumption[] => [
  {
    name: "resource-domains",
    values: ["honoured", "ignored"],
    default: "honoured",
    why: "Seen in the policy of the macOS app; reported without effect in iOS, and by two reports of the web app.",
    source: "docs/assumptions.md#resource-domains",
  },
  { ...CLIPBOARD, default: clipboard },
];

/** CDNs that passed undeclared in October 2025 and August 2026; unstable. */
export const CDN_BASELINE = [
  "https://cdn.jsdelivr.net",
  "https://unpkg.com",
  "https://esm.sh",
  "https://cdn.tailwindcss.com",
  "https://threejs.org",
] as const;
