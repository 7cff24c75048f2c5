import { defineCheck, failOrPass } from "../define-check.ts";

export default defineCheck({
  id: "evidence/forged",
  title: "What the page says of itself agrees with the browser",
  severity: "error",
  needs: ["document"],
  messages: {
    forged: "Forged evidence: {detail}.",
  },
  source: "design section 4: the widget is untrusted",
  run: ({ document }) =>
    failOrPass(document.forged.map((detail) => ({ messageId: "forged", data: { detail }, channel: "log" }))),
});
