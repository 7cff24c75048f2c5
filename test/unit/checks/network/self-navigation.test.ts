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
      "a link to a place on a map, beside the credit",
      { network: [attempt({ escape: "self-navigation", url: "https://www.openstreetmap.org/#map=15/38.7/-9.1" })] },
      "found error",
    ],
    [
      "what is sent to the page of a credit",
      { network: [attempt({ escape: "self-navigation", url: "https://leafletjs.com/?q=secret" })] },
      "found error",
    ],
    [
      "the credit of a map library",
      { network: [attempt({ escape: "self-navigation", url: "https://www.openstreetmap.org/copyright" })] },
      "credit info",
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
