import cssUrl from "../../../../harness/checks/bundle/css-url.ts";
import { cases } from "../cases.ts";
import { bundleOf, staticUse } from "../make.ts";

const bad = staticUse("bad-css-url", 'url("https://" + assets)');

cases(cssUrl, {
  fails: [
    ["an expression", { bundle: bundleOf({ uses: [bad] }) }, "bad warning"],
    ["in a package", { bundle: bundleOf({ uses: [{ ...bad, provenance: "package" }] }) }, "bad info"],
  ],
  passes: [["an address", { bundle: bundleOf({ uses: [staticUse("relative-url", "/b.png")] }) }, "pass"]],
});
