import workerUrl from "../../../../harness/checks/bundle/worker-url.ts";
import { cases } from "../cases.ts";
import { blocked, bundleOf, policyOf, policyWith, staticUse } from "../make.ts";

const worker = (url: string) => bundleOf({ uses: [staticUse("worker-url", `new Worker(${url})`, { url })] });
const policy = policyWith("worker-src blob:");

cases(workerUrl, {
  fails: [
    ["a path", { bundle: worker("/w.js"), policy }, "url warning"],
    [
      "a path, although it were allowed elsewhere",
      { bundle: worker("https://cdn.example/w.js"), policy: policyWith("worker-src https:") },
      "url warning",
    ],
    ["data: is a second choice", { bundle: worker("data:"), policy }, "url info"],
    [
      "data:, and a worker was refused",
      { bundle: worker("data:"), policy, network: [blocked({ kind: "worker" })] },
      "url warning",
    ],
  ],
  passes: [
    [
      "a path where the host allows its own",
      { bundle: worker("/w.js"), policy: policyWith("worker-src 'self'") },
      "pass",
    ],
    ["no worker", { policy }, "pass"],
    [
      "a host that does not limit workers",
      { bundle: worker("/w.js"), policy: policyOf({}) },
      "inapplicable not-limited",
    ],
  ],
});
