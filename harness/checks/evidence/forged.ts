import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "evidence/forged",
  title: "What the page says of itself agrees with the browser",
  severity: "error",
  needs: ["document"],
  messages: {
    "call-not-seen": "Forged evidence: the page reported {api}(), and the browser saw no such call.",
  },
  source: "docs/hosts.md#chromium: a sandboxed dialog always leaves a message; the widget is not trusted",
  run: ({ document }) =>
    failOrPass(document.forged.map(({ kind, api }) => ({ messageId: kind, data: { api }, channel: "log" }))),
});
