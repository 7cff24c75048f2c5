import { defineCheck, failOrPass } from "../../define-check.ts";
import { blockedUses } from "../shared.ts";

export default defineCheck({
  id: "api/clipboard",
  title: "Widget uses the clipboard only as the sandbox lets it",
  severity: "error",
  needs: ["apiUses"],
  messages: {
    blocked: "navigator.{api} is refused by permissions policy ({returned}, {count}×). Inside a click, document.execCommand(\"copy\") works.",
    outsideGesture: "document.{api} returned {returned} ({count}×): it works inside a click alone.",
  },
  source: "facts 2.5: developers.openai.com security guide; openai-apps-sdk-examples #236, 2026-09-13",
  run({ apiUses }) {
    const refused = blockedUses(apiUses, (api) => api.startsWith("clipboard."), "blocked");
    const copies = blockedUses(apiUses, (api) => api.startsWith("execCommand."), "outsideGesture").map((finding) => ({ ...finding, severity: "warning" as const }));
    return failOrPass<"blocked" | "outsideGesture">([...refused, ...copies]);
  },
});
