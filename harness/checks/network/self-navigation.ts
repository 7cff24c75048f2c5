import { defineCheck, failOrPass } from "../../define-check.ts";
import { attemptFindings } from "../attempts.ts";

export default defineCheck({
  id: "network/self-navigation",
  title: "Widget stays in its own document",
  severity: "error",
  needs: ["network"],
  messages: {
    found: "The widget navigates its own frame to {url} and is gone ({count}×). Use ui/open-link.",
  },
  source: "facts 2.5: no directive limits self-navigation; local reproduction",
  run: ({ network }) => failOrPass(attemptFindings(network.filter((attempt) => attempt.escape === "self-navigation" || attempt.escape === "form"), "found")),
});
