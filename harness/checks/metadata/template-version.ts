import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, inapplicable } from "../define-check.ts";
import { found, named } from "../shared/servers.ts";

/** `v3`, `@1.2.0`, `-3f9ac2b1`, `?v=2`, `2026-11-02`. */
const VERSION =
  /(?:^|[^a-z0-9])v?\d+(?:\.\d+)*(?![a-z0-9])|(?:^|[^a-z0-9])(?=[a-z0-9]*\d)[a-f0-9]{6,}(?![a-z0-9])|[-_.](?=[A-Za-z0-9_]{0,64}\d)(?=[A-Za-z0-9_]{0,64}[A-Za-z])[A-Za-z0-9_]{8,200}(?=$|\.)/i;

export default defineServerCheck({
  id: "metadata/template-version",
  title: "A template's URI changes with its document",
  severity: "info",
  needs: ["resources"],
  messages: {
    unversioned:
      "{uris}: nothing in the URI changes with the document. Hosts keep a document under its URI for up to an hour, and old conversations ask for theirs: put a version or a hash of the content into it.",
  },
  reasons: { "no-ui": "no UI resource was read", "not-asked": "no host of the run keeps documents under their URI" },
  source:
    "developers.openai.com/plugins/build/chatgpt-ui (September 2026): the URI is the cache key; openai-apps-sdk-examples #216 (2026-05-24)",
  run({ resources }, { submission }) {
    if (!submission) return inapplicable("not-asked");
    if (resources.reads.length === 0) return inapplicable("no-ui");
    const plain = resources.reads.map(({ uri }) => uri).filter((uri) => !VERSION.test(uri.replace(/^ui:\/\//, "")));
    return failOrPass(
      plain.length > 0 ? [found("unversioned", { uris: named(plain) }, { about: { uri: plain[0] } })] : [],
    );
  },
});
