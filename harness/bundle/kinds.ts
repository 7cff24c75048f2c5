/** Which directive, and so which declared list, answers for a kind of request. */
import { directiveOfKind } from "../../host/csp/kinds.ts";
import { listFor } from "../../host/csp/policy.ts";
import type { CspList } from "../../host/profiles/types.ts";
import type { RequestKind } from "../model/evidence.ts";

/** The list to declare an origin in; null when no list widens it, or when the kind is not known. */
export function listOfKind(kind: RequestKind): CspList | null {
  const directive = directiveOfKind(kind);
  return directive ? listFor(directive) : null;
}

const BY_EXTENSION: readonly (readonly [RegExp, RequestKind])[] = [
  [/\.(m?js|cjs)$/, "script"],
  [/\.css$/, "stylesheet"],
  [/\.(png|jpe?g|gif|webp|avif|svg|ico|bmp)$/, "image"],
  [/\.(woff2?|ttf|otf|eot)$/, "font"],
  [/\.(mp4|webm|mp3|ogg|wav|m4a|mov|m3u8|aac|flac)$/, "media"],
  [/\.(json|geojson|glb|gltf|wasm|bin|csv|tsv|pbf|mvt|hdr|terrain|3dtiles)$/, "fetch"],
];

/** What a URL that stands alone in the text is most likely for; `other` when nothing tells. */
export function kindOfLiteral(url: string): RequestKind {
  if (/^wss?:/i.test(url)) return "websocket";
  if (/^(stuns?|turns?):/i.test(url)) return "webrtc";
  const path = url.replace(/[?#][^]*/, "").toLowerCase();
  return BY_EXTENSION.find(([extension]) => extension.test(path))?.[1] ?? "other";
}
