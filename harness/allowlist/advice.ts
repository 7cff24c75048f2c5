/** What to do, in words: one sentence or two for each state. */
import { LIST_NAMES } from "../../host/csp/declaration.ts";
import type { CspList } from "../../host/profiles/types.ts";
import type { Refusal } from "./needs.ts";

/** `connectDomains / connect_domains`. */
export function listNames(list: CspList): string {
  return [LIST_NAMES["ui.csp"][list], LIST_NAMES["openai/widgetCSP"][list]].filter(Boolean).join(" / ");
}

export const namesOf = (lists: readonly CspList[]): string => lists.map(listNames).join(" and ");

/** What to do instead, when no declaration can allow it. */
export function insteadOf({ kind, directive, url }: Refusal): string {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0]?.toLowerCase() ?? "";
  if (kind === "worker" || directive === "worker-src")
    return "No list allows worker URLs. Start the worker from a blob: URL made of its inlined source.";
  if (kind === "font")
    return "No list allows fonts from data: URLs. Serve the font from a declared origin, or load it as new FontFace(name, arrayBuffer).";
  if (scheme === "blob:")
    return kind === "image" || kind === "media"
      ? "No list allows blob: images and media. Draw images to a canvas or use data:, and serve media from a declared origin."
      : "blob: URLs cannot be requested. Use the Blob itself.";
  if (scheme === "data:")
    return "data: URLs cannot be requested here. Decode the data in code, or serve it from a declared origin.";
  if (kind === "object" || directive === "object-src")
    return "object and embed never load. Use an image, or a frame of a declared frame domain.";
  if (kind === "frame") return "Only https: frames of declared frame domains load.";
  if (kind === "base") return "<base> may only name the sandbox itself. Write absolute URLs.";
  if (kind === "manifest") return "Manifests are not loaded in a widget; remove the link.";
  return `${directive ?? "The policy"} refuses it whatever is declared.`;
}

export const LOCAL =
  "It is an address of this machine or of a private network: users cannot reach it, and submission requires public HTTPS. Use the deployed address.";
export const REDIRECT =
  "Opened as a link. Optional: without an entry ChatGPT asks the user first. A listed origin also gets the conversation's address, so list only origins of your own.";
export const KEPT =
  "Not seen in these scenarios, and not observable by requests alone: kept as declared. Remove it if it is not needed.";
