/** Addresses whose answers are known to lead on to another host. Dated; not a check. */
import type { RequestKind } from "../../model/evidence.ts";

export interface Companion {
  /** What is asked for. */
  readonly asked: RegExp;
  readonly kinds: readonly RequestKind[];
  /** Where it leads, each an address that the policy must let through. */
  readonly leads: readonly { readonly url: string; readonly kind: RequestKind }[];
  /** Without it nothing of the answer is shown, or a part. */
  readonly needed: "always" | "mostly";
  readonly why: string;
}

/** Read in November 2026. */
export const companions: readonly Companion[] = [
  {
    asked: /^https:\/\/fonts\.googleapis\.com\//,
    kinds: ["stylesheet"],
    leads: [{ url: "https://fonts.gstatic.com/s/font.woff2", kind: "font" }],
    needed: "always",
    why: "its style sheets name font files of fonts.gstatic.com (developers.google.com/fonts/docs)",
  },
  {
    asked: /^https:\/\/(?:www\.)?picsum\.photos\//,
    kinds: ["image", "fetch"],
    leads: [{ url: "https://fastly.picsum.photos/id/1/1", kind: "image" }],
    needed: "always",
    why: "it answers by a redirect to fastly.picsum.photos",
  },
  {
    asked: /^https:\/\/github\.com\/[\w-]+\.png(?:$|\?)/,
    kinds: ["image"],
    leads: [{ url: "https://avatars.githubusercontent.com/u/1", kind: "image" }],
    needed: "always",
    why: "it answers by a redirect to avatars.githubusercontent.com",
  },
  {
    asked: /^https:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob\/.*\?raw)/,
    kinds: ["image", "media", "fetch", "xhr"],
    leads: [{ url: "https://raw.githubusercontent.com/a/b/c", kind: "image" }],
    needed: "always",
    why: "it answers by a redirect to raw.githubusercontent.com",
  },
  {
    asked: /^https:\/\/commons\.wikimedia\.org\/wiki\/Special:(?:FilePath|Redirect)\//i,
    kinds: ["image", "media"],
    leads: [{ url: "https://upload.wikimedia.org/wikipedia/commons/a", kind: "image" }],
    needed: "always",
    why: "it answers by a redirect to upload.wikimedia.org",
  },
  {
    asked: /^https:\/\/www\.google\.com\/s2\/favicons/,
    kinds: ["image"],
    leads: [0, 1, 2, 3].map((n) => ({ url: `https://t${n}.gstatic.com/faviconV2`, kind: "image" as const })),
    needed: "mostly",
    why: "it answers by a redirect to t0 to t3.gstatic.com",
  },
  {
    asked: /^https:\/\/kit\.fontawesome\.com\//,
    kinds: ["script"],
    leads: [{ url: "https://ka-f.fontawesome.com/releases/a.css", kind: "fetch" }],
    needed: "mostly",
    why: "a kit loads its icons from ka-f.fontawesome.com",
  },
  {
    asked: /^https:\/\/use\.typekit\.net\//,
    kinds: ["stylesheet"],
    leads: [
      { url: "https://use.typekit.net/af/a", kind: "font" },
      { url: "https://p.typekit.net/p.css", kind: "stylesheet" },
    ],
    needed: "mostly",
    why: "its style sheets import p.typekit.net and name fonts of use.typekit.net",
  },
  {
    asked: /^https:\/\/maps\.googleapis\.com\/maps\/api\/js/,
    kinds: ["script"],
    leads: [
      { url: "https://maps.googleapis.com/maps/api/mapsjs/gen_204", kind: "fetch" },
      { url: "https://maps.gstatic.com/mapfiles/a.png", kind: "image" },
    ],
    needed: "mostly",
    why: "the Maps script asks maps.googleapis.com and shows pictures of maps.gstatic.com (developers.google.com/maps, CSP guide)",
  },
  {
    asked: /^https:\/\/js\.stripe\.com\//,
    kinds: ["script"],
    leads: [{ url: "https://js.stripe.com/v3/controller.html", kind: "frame" }],
    needed: "mostly",
    why: "Stripe's fields are frames of js.stripe.com (docs.stripe.com/security/guide, CSP)",
  },
];

/** Rows that an address is of. */
export const companionsOf = (url: string, kind: RequestKind): Companion[] =>
  companions.filter(({ asked, kinds }) => kinds.includes(kind) && asked.test(url));
