import hints from "../../../../harness/checks/network/hints.ts";
import { cases } from "../cases.ts";
import { declaring, documentOf, policyOf } from "../make.ts";

const hinted = (url: string, rel = "preconnect") => ({
  policy: policyOf(declaring({ resource: ["https://cdn.example.com"] })),
  document: documentOf({ hints: [{ rel, url }] }),
});

cases(hints, {
  fails: [
    ["an origin that is not declared", hinted("https://other.example/"), "hint warning"],
    ["speculation rules, whatever is declared", hinted("https://cdn.example.com/", "speculationrules"), "hint warning"],
  ],
  passes: [
    ["a declared origin", hinted("https://cdn.example.com/"), "pass"],
    ["no hint", { policy: policyOf({}) }, "pass"],
  ],
});
