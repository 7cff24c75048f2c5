/** Personal data in what a server says where nobody asked about a person: errors, above all. */
import type { Detection } from "../model/evidence.ts";
import { scanValue } from "./walk.ts";

/** Addresses of a service, which errors name so that somebody gets help; no person's. */
const OF_SERVICE =
  /(?<![\w.%+@-])(?:support|help(?:desk)?|info|contact|admin|sales|security|abuse|billing|hello|team|feedback|privacy|legal|service|office|press|ops|postmaster|webmaster)@[a-z\d.-]{1,200}/gi;
const DEEPEST = 200;

/** @param asked arguments: what they name comes back rightly */
export function personalDataIn(said: unknown, asked: unknown): readonly Detection[] {
  const personal = (value: unknown): readonly Detection[] =>
    scanValue(withoutService(value), "message", { personalData: true }).detections.filter(
      ({ family, confidence }) => family === "personal" && confidence !== "possible",
    );
  const found = personal(said);
  if (found.length === 0) return [];
  const known = new Set(personal(asked).map(({ fingerprint }) => fingerprint));
  return found.filter(({ fingerprint }) => !known.has(fingerprint));
}

function withoutService(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.replace(OF_SERVICE, "the service");
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => withoutService(one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutService(one, depth + 1)]));
}
