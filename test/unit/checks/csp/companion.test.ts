import companion from "../../../../harness/checks/csp/companion.ts";
import { cases } from "../cases.ts";
import { attempt, policyOf, policyWith, stub } from "../make.ts";

const SHEET = { url: "https://fonts.googleapis.com/css2?family=A", origin: "https://fonts.googleapis.com" };
const half = policyWith("font-src https://fonts.googleapis.com; img-src https://picsum.photos; connect-src 'self'");
const whole = policyWith(
  "font-src https://fonts.gstatic.com; img-src https://picsum.photos https://fastly.picsum.photos",
);

cases(companion, {
  fails: [
    ["a font's style sheet alone", { network: [stub("stylesheet", SHEET)], policy: half }, "missing error"],
    [
      "a host of pictures that redirects",
      { network: [stub("image", { url: "https://picsum.photos/200", origin: "https://picsum.photos" })], policy: half },
      "missing error",
    ],
    [
      "what is mostly needed",
      { network: [stub("script", { url: "https://kit.fontawesome.com/a.js" })], policy: half },
      "missing warning",
    ],
    [
      "a frame, where the host hands none on",
      { network: [stub("script", { url: "https://js.stripe.com/v3/" })], policy: policyWith("frame-src 'none'") },
      "refused warning",
      "claude-desktop",
    ],
    [
      "twice is one entry",
      { network: [stub("stylesheet", SHEET), stub("stylesheet", SHEET)], policy: half },
      "missing error",
    ],
  ],
  passes: [
    ["declared in pair", { network: [stub("stylesheet", SHEET)], policy: whole }, "pass"],
    [
      "a real answer speaks for itself",
      { network: [attempt({ kind: "stylesheet", answeredBy: "mock", ...SHEET })], policy: half },
      "pass",
    ],
    ["another kind of request", { network: [stub("fetch", SHEET)], policy: half }, "pass"],
    [
      "a service that leads nowhere",
      { network: [stub("stylesheet", { url: "https://cdn.example/a.css" })], policy: half },
      "pass",
    ],
    ["no policy inside", { network: [stub("stylesheet", SHEET)], policy: policyOf({}) }, "inapplicable no-policy"],
  ],
});
