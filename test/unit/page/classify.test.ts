/** The page names what it sees as `check` does: the same list, class and kind for the same request. */
import { describe, expect, it } from "vitest";
import * as table from "../../../host/csp/kinds.ts";
import * as page from "../../../host/page/evidence/classify.ts";
import { profiles } from "../../../host/profiles/index.ts";

const DIRECTIVES = [
  "connect-src",
  "img-src",
  "script-src",
  "script-src-elem",
  "script-src-attr",
  "style-src",
  "style-src-elem",
  "style-src-attr",
  "font-src",
  "media-src",
  "frame-src",
  "worker-src",
  "object-src",
  "manifest-src",
  "base-uri",
  "form-action",
  "default-src",
];
const URLS = [
  "https://a.example/x",
  "http://a.example/x",
  "wss://a.example/",
  "ws://a.example/",
  "https://192.168.1.20/",
  "http://localhost:3000/",
  "https://printer.local/",
  "data",
  "blob",
  "inline",
  "eval",
  "wasm-eval",
  "",
];
const KINDS: readonly table.RequestKind[] = [
  "fetch",
  "image",
  "script",
  "stylesheet",
  "font",
  "media",
  "frame",
  "worker",
  "object",
  "prefetch",
  "inline",
  "eval",
  "other",
];
const DESTS = [
  "document",
  "iframe",
  "style",
  "image",
  "audio",
  "video",
  "font",
  "script",
  "track",
  "worker",
  "sharedworker",
  "manifest",
  "object",
  "embed",
  "empty",
  "audioworklet",
  "unknown",
];

describe("classification of blocked requests", () => {
  it.each(Object.values(profiles).map((profile) => [profile.id, profile] as const))(
    "equals check's under %s",
    (_id, profile) => {
      for (const directive of DIRECTIVES)
        for (const url of URLS)
          for (const kind of KINDS) {
            const list = table.expressibleList(directive, url, kind, profile);
            expect(page.expressibleList(directive, url, kind, profile), `${directive} ${url} ${kind}`).toBe(list);
            expect(page.classOfBlock(list, url, directive), `${directive} ${url}`).toBe(
              table.blockClassOf(list, url, directive),
            );
          }
    },
  );
  it("names kinds and directives alike", () => {
    for (const dest of DESTS) expect(page.kindOfDest(dest), dest).toBe(table.kindOfDest(dest));
    for (const kind of KINDS) expect(page.directiveOfKind(kind), kind).toBe(table.directiveOfKind(kind));
  });
  it("reads the kind from the directive and from what reports call inline code and eval", () => {
    for (const directive of DIRECTIVES)
      for (const url of URLS)
        expect(page.kindOfViolation(directive, url), directive).toBe(table.kindOfViolation(directive, url));
  });
});
