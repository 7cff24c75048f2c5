import link from "../../../../harness/checks/network/link.ts";
import { cases } from "../cases.ts";
import { bundleOf, documentOf, staticUse } from "../make.ts";

const opened = staticUse("window-link", '<a href="https://a.example" target="_blank">', { url: "https://a.example" });
const plain = staticUse("away-link", '<a href="https://a.example">', { url: "https://a.example" });
const drawn = (target: string, url = "https://a.example/x") => documentOf({ links: [{ url, target }] });
const uses = (...all: ReturnType<typeof staticUse>[]) => ({ bundle: bundleOf({ uses: all }) });
const prevents = staticUse("prevents-default", "preventDefault");
const bundled = { provenance: "bundle" } as const;

cases(link, {
  fails: [
    ["a new window", uses(opened), "window error"],
    ["a plain link", uses(plain), "away error"],
    ["a new window that the code may handle", uses(opened, prevents), "window warning"],
    ["a new window in bundled code", uses({ ...opened, ...bundled }), "window warning"],
    ["a plain link beside a router of the bundle", uses(plain, { ...prevents, ...bundled }), "away info"],
    ["a link drawn from data", { document: drawn("_blank") }, "window error"],
    ["a plain link drawn from data", { document: drawn("") }, "away error"],
    ["in code and drawn: told once", { ...uses(opened), document: drawn("_blank") }, "window error"],
    ["the same twice", uses(opened, opened), "window error"],
    ["a file", uses(staticUse("file-link", '<a href="file:///C:/x">', { url: "file:///C:/x" })), "file warning"],
    ["a relative address for the host", uses(staticUse("host-relative-link", "/orders")), "relative warning"],
    [
      "the SDK alone, in a package, asks nothing",
      uses(opened, staticUse("host-link", "openLink", { provenance: "package" })),
      "window error",
    ],
  ],
  passes: [
    ["the code hands links to the host", uses(opened, plain, staticUse("host-link", "openExternal")), "pass"],
    ["the widget's own code takes plain links over", uses(plain, prevents), "pass"],
    ["the credits of a map", { document: drawn("", "https://leafletjs.com/") }, "pass"],
    ["a route of its own", { document: drawn("", `${documentOf().origin}/orders`) }, "pass"],
    ["no link", { bundle: bundleOf() }, "pass"],
  ],
});
