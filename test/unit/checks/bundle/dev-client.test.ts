import devClient from "../../../../harness/checks/bundle/dev-client.ts";
import { cases } from "../cases.ts";
import { attempt, bundleOf, staticUse } from "../make.ts";

const CLIENT = "https://dev.example/@vite/client";
const script = (url: string) => attempt({ kind: "script", url });

cases(devClient, {
  fails: [
    ["its client in the page", { bundle: bundleOf({ uses: [staticUse("dev-client", CLIENT)] }) }, "present error"],
    ["its client was loaded", { network: [script(CLIENT)] }, "present error"],
    [
      "a source that a stub stood in for",
      {
        network: [
          attempt({
            kind: "script",
            url: "https://cdn.example/mod.ts",
            status: 200,
            answeredBy: "stub",
            mimeType: "text/javascript",
          }),
        ],
      },
      "present error",
    ],
    ["a source was loaded", { network: [script("https://dev.example/src/main.tsx?t=1")] }, "present error"],
    [
      "the page names it and loads it: told once",
      { bundle: bundleOf({ uses: [staticUse("dev-client", CLIENT)] }), network: [script(CLIENT)] },
      "present error",
    ],
    [
      "several parts have one cause",
      { network: [script(CLIENT), script("https://dev.example/a.jsx")] },
      "several error",
    ],
  ],
  passes: [
    [
      "a source that a service answers with JavaScript",
      {
        bundle: bundleOf({ uses: [staticUse("dev-client", "https://cdn.example/mod.ts")] }),
        network: [
          attempt({
            kind: "script",
            url: "https://cdn.example/mod.ts",
            status: 200,
            answeredBy: "recording",
            mimeType: "application/javascript",
          }),
        ],
      },
      "pass",
    ],
    ["what a build writes", { network: [script("https://cdn.example/assets/main-9d2e.js")] }, "pass"],
    ["a picture of that name", { network: [attempt({ kind: "image", url: "https://cdn.example/a.tsx" })] }, "pass"],
  ],
});
