import localhost from "../../../../harness/checks/bundle/localhost.ts";
import { cases } from "../cases.ts";
import { bundleOf, staticUrl } from "../make.ts";

const names = (origin: string, certainty: "request" | "literal" = "request") =>
  bundleOf({ urls: [staticUrl({ url: `${origin}/x`, origin, certainty })] });

cases(localhost, {
  fails: [
    ["code that asks this machine", { bundle: names("http://localhost:3000") }, "request warning"],
    ["a text that names it", { bundle: names("http://127.0.0.1:5173", "literal") }, "literal info"],
  ],
  passes: [
    ["a name that only begins so", { bundle: names("https://localhost.example.com") }, "pass"],
    ["an origin that is not known", { bundle: bundleOf({ urls: [staticUrl({ origin: null })] }) }, "pass"],
  ],
});
