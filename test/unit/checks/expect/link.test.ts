import link from "../../../../harness/checks/expect/link.ts";
import { cases } from "../cases.ts";
import { bridgeOf } from "../make.ts";
import { expecting, inStep } from "./make.ts";

const opened = (...urls: readonly string[]) => ({
  bridge: bridgeOf({ externalLinks: urls.map((url) => ({ url, safeLink: false })) }),
});
const wanted = { link: "https://shop.example.com/orders/*" };

cases(link, {
  fails: [
    ["none", expecting(wanted), "missing error"],
    ["another page", { ...expecting(wanted), ...opened("https://shop.example.com/order/7") }, "missing error"],
    [
      "one that must not be",
      { ...expecting({ not: wanted }), ...opened("https://shop.example.com/orders/7") },
      "present error",
    ],
    ["later than the step", { ...inStep(wanted, {}), ...opened("https://shop.example.com/orders/7") }, "missing error"],
  ],
  passes: [
    [
      "one of several",
      { ...expecting(wanted), ...opened("https://a.example", "https://shop.example.com/orders/7") },
      "pass",
    ],
    ["another may be", { ...expecting({ not: wanted }), ...opened("https://shop.example.com/order/7") }, "pass"],
    ["by the step", { ...inStep(wanted, { links: 1 }), ...opened("https://shop.example.com/orders/7") }, "pass"],
  ],
});
