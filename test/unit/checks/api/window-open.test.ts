import windowOpen from "../../../../harness/checks/api/window-open.ts";
import { cases } from "../cases.ts";
import { attempt, bridgeOf, bundleOf, documentOf, staticUse, use } from "../make.ts";

const opened = use({ api: "window.open", returned: "null" });
const popup = attempt({
  url: "https://a.example/",
  kind: "popup",
  outcome: "blocked-by-sandbox",
  blockClass: "sandbox",
  directive: null,
});
const linked = (url: string) => bridgeOf({ externalLinks: [{ url, safeLink: false }] });
const pressed = {
  apiUses: [opened],
  network: [popup],
  document: documentOf({ links: [{ url: "https://a.example", target: "_blank" }] }),
};

cases(windowOpen, {
  fails: [
    ["a window of its own", { apiUses: [opened], network: [popup] }, "blocked error"],
    [
      "the host opened another link",
      { apiUses: [opened], network: [popup], bridge: linked("https://other.example/") },
      "blocked error",
    ],
    [
      "the host opened it instead",
      { apiUses: [opened], network: [popup], bridge: linked("https://a.example") },
      "fellBack warning",
    ],
    [
      "the host opened one of two",
      {
        apiUses: [opened],
        network: [popup, { ...popup, url: "https://b.example/" }],
        bridge: linked("https://a.example/"),
      },
      "blocked error",
    ],
    [
      "a link was pressed, and the code hands others to the host",
      { ...pressed, bundle: bundleOf({ uses: [staticUse("host-link", "openLink")] }) },
      "blocked error",
    ],
    ["no address is known", { apiUses: [opened], bridge: linked("https://a.example/") }, "blocked error"],
  ],
  passes: [
    ["a window that the host lets open", { apiUses: [{ ...opened, blocked: false }] }, "pass"],
    ["a link was pressed: another check tells of it", pressed, "pass"],
    ["the host alone was asked", { bridge: linked("https://a.example/") }, "pass"],
  ],
});
