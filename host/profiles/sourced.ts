import type { Confidence, Sourced } from "./types.ts";

/** Shorthand for a fact with its provenance. */
export function fact<T>(value: T, confidence: Confidence, source: string, seen: string, note?: string): Sourced<T> {
  return { value, confidence, source, seen, ...(note ? { note } : {}) };
}

/** Day on which the sources were last looked through for what they do not say. */
const LOOKED = "2026-11-26";

/** What no source says. The stand-in is what emulation runs on: where it can, it refuses nothing, so that what fails fails by itself. */
export function unknown<T>(standIn: T, note?: string): Sourced<T> {
  return fact(standIn, "unknown", "no source says", LOOKED, note);
}

/** Stand-ins that refuse nothing. */
export const UNRESTRICTED = {
  tokens: [
    "allow-scripts",
    "allow-same-origin",
    "allow-forms",
    "allow-modals",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-downloads",
    "allow-pointer-lock",
  ],
  allow: [
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "fullscreen",
    "geolocation",
    "local-network-access",
    "microphone",
    "midi",
    "web-share",
  ]
    .map((feature) => `${feature} *`)
    .join("; "),
  none: "",
} as const;
