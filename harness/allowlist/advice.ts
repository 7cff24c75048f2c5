/** What to do, in words: one sentence or two for each state. What a host grants is read off its policy, never repeated here. */
import { schemeOf } from "../../host/csp/addresses.ts";
import { listNames } from "../../host/csp/declaration.ts";
import { directiveSources, listFor } from "../../host/csp/policy.ts";
import { profileById } from "../../host/profiles/index.ts";
import type { CspList } from "../../host/profiles/types.ts";
import type { RequestKind } from "../model/evidence.ts";
import type { Refusal } from "./collector.ts";

export const namesOf = (lists: readonly CspList[]): string => lists.map(listNames).join(" and ");

/** What to do instead, when no declaration can allow it under this host. */
export const insteadOf = (refusal: Refusal): string => (ADVICE[kindOf(refusal)] ?? bySchemeAlone)(refusal);

/** Directives that govern one kind alone name it, whatever the browser called the request. */
function kindOf({ kind, directive }: Refusal): RequestKind {
  if (directive === "worker-src") return "worker";
  return directive === "object-src" ? "object" : kind;
}

const ADVICE: Readonly<Partial<Record<RequestKind, (refusal: Refusal) => string>>> = {
  worker: (refusal) =>
    grants(refusal, "worker-src", "blob:")
      ? `${workerReason(refusal)} Start the worker from a blob: URL made of its inlined source.`
      : `${workerReason(refusal)} Run its code in the document.`,
  font: (refusal) =>
    `${refused(refusal, "font-src", "fonts")} ${oneOf([
      ...(isDeclarable(refusal, "font-src") ? ["Serve the font from a declared origin"] : []),
      ...(grants(refusal, "font-src", "data:") ? ["embed it as a data: URL"] : []),
      "load it as new FontFace(name, arrayBuffer)",
    ])}`,
  image: (refusal) => picture(refusal, "img-src", "images", ["Draw it to a canvas"]),
  media: (refusal) => picture(refusal, "media-src", "media", []),
  object: (refusal) =>
    `object and embed never load here. ${oneOf([
      "Use an image",
      ...(isDeclarable(refusal, "frame-src") ? ["a frame of a declared frame domain"] : []),
    ])}`,
  frame: (refusal) =>
    isDeclarable(refusal, "frame-src")
      ? `${refused(refusal, "frame-src", "frames")} Only https: frames of declared frame domains load.`
      : `This host loads no frame that is declared (frame-src ${sourcesOf(refusal, "frame-src")}). Ask it to open a link.`,
  base: () => "<base> may only name the sandbox itself here. Write absolute URLs.",
  manifest: () => "Manifests are not loaded in a widget; remove the link.",
};

/** Chromium refuses a worker of another origin before it asks any policy. */
const workerReason = (refusal: Refusal): string =>
  refusal.directive === null
    ? "The browser starts no worker from another origin, whatever is declared."
    : refused(refusal, "worker-src", "workers");

/** `No list allows data: fonts here (font-src 'self').` */
function refused(refusal: Refusal, directive: string, plural: string): string {
  const scheme = schemeOf(refusal.url) ?? "";
  const what = /^(https?|wss?):$/.test(scheme) ? plural : `${scheme} ${plural}`;
  const policy = refusal.policy === null ? "" : ` (${directive} ${sourcesOf(refusal, directive)})`;
  return `No list allows ${what} here${policy}.`;
}

/** Keywords and schemes that the policy grants to every widget; empty when the policy was not observed. */
const granted = ({ policy }: Refusal, directive: string): string[] =>
  (policy === null ? [] : (directiveSources(policy, directive) ?? [])).filter((source) => /^'|^[^/]+:$/.test(source));

const sourcesOf = (refusal: Refusal, directive: string): string => granted(refusal, directive).join(" ") || "'none'";

const grants = (refusal: Refusal, directive: string, scheme: string): boolean =>
  granted(refusal, directive).includes(scheme);

const isDeclarable = ({ profile }: Refusal, directive: string): boolean =>
  listFor(directive, profileById(profile)) !== null;

function picture(refusal: Refusal, directive: string, plural: string, first: readonly string[]): string {
  const schemes = ["data:", "blob:"].filter((scheme) => grants(refusal, directive, scheme));
  return `${refused(refusal, directive, plural)} ${oneOf([
    ...first,
    ...schemes.map((scheme) => `use a ${scheme} URL`),
    ...(isDeclarable(refusal, directive) ? ["serve it from a declared origin"] : []),
  ])}`;
}

/** Of kinds that have no way around of their own. */
function bySchemeAlone({ url, directive }: Refusal): string {
  const scheme = schemeOf(url);
  if (scheme === "blob:") return "blob: URLs cannot be requested here. Use the Blob itself.";
  if (scheme === "data:")
    return "data: URLs cannot be requested here. Decode the data in code, or serve it from a declared origin.";
  return `${directive ?? "The policy"} refuses it whatever is declared.`;
}

/** `Do this, do that, or do the other.` */
function oneOf(ways: readonly string[]): string {
  const [first = "Leave it out", ...others] = ways;
  const last = others.pop();
  const text =
    last === undefined ? first : `${[first, ...others].join(", ")}${others.length > 0 ? "," : ""} or ${last}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export const LOCAL =
  "It is an address of this machine or of a private network: users cannot reach it, and submission requires public HTTPS. Use the deployed address.";
export const REDIRECT =
  "Opened as a link. Optional: without an entry ChatGPT asks the user first. A listed origin also gets the conversation's address, so list only origins of your own.";
export const KEPT =
  "Not seen in these scenarios, and not observable by requests alone: kept as declared. Remove it if it is not needed.";
