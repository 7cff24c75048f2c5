import dataFont from "../../../../harness/checks/bundle/data-font.ts";
import { cases } from "../cases.ts";
import { blocked, bundleOf, policyWith, staticUse } from "../make.ts";

const bundle = bundleOf({ uses: [staticUse("data-font", "data:font/woff2,…")] });
const policy = policyWith("font-src 'self'");
const refused = blocked({ url: "data:font/woff2;base64,AA", kind: "font", list: null });
const image = blocked({ url: "data:image/png;base64,AA", kind: "image", list: null });

cases(dataFont, {
  fails: [
    ["inlined, and refused in the run", { bundle, policy, network: [refused] }, "blocked warning"],
    ["inlined, and not used", { bundle, policy }, "unused info"],
    ["inlined, while a data: image was refused", { bundle, policy, network: [image] }, "unused info"],
  ],
  passes: [
    ["no inlined font", { policy, network: [refused] }, "pass"],
    ["a host that allows it", { bundle, policy: policyWith("font-src data:") }, "inapplicable allowed"],
  ],
});
