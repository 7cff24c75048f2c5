import selfNavigation from "../../../../harness/checks/network/self-navigation.ts";
import { cases } from "../cases.ts";
import { attempt, documentOf } from "../make.ts";

cases(selfNavigation, {
  fails: [
    ["it navigates", { network: [attempt({ escape: "self-navigation" })] }, "found error"],
    ["a form navigates", { network: [attempt({ escape: "form" })] }, "found error"],
    ["it reloads", { document: documentOf({ left: { url: "about:blank", how: "reload" } }) }, "reload error"],
    [
      "it is replaced",
      { document: documentOf({ left: { url: "blob:https://w/1", how: "location" } }) },
      "replaced error",
    ],
    ["a refresh", { document: documentOf({ refresh: { url: "https://a.example/", seconds: 3 } }) }, "refresh error"],
    [
      "a refresh that was seen",
      {
        network: [attempt({ escape: "self-navigation", url: "https://a.example/" })],
        document: documentOf({ refresh: { url: "https://a.example/", seconds: 0 } }),
      },
      "found error",
    ],
    [
      "it went back in its history",
      { document: documentOf({ left: { url: "about:blank", how: "history" } }) },
      "review history",
    ],
  ],
  passes: [
    ["it stays", {}, "pass"],
    ["a popup", { network: [attempt({ escape: "popup" })] }, "pass"],
    [
      "what goes to a server is told by its request",
      { document: documentOf({ left: { url: "https://a.example/", how: "location" } }) },
      "pass",
    ],
  ],
});
