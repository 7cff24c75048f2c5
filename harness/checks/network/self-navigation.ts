import { defineCheck, failOrPass, review, WHOLE_TRIALS, type RawFinding } from "../define-check.ts";
import type { DocumentEvidence } from "../../model/evidence.ts";
import { attemptFindings } from "../shared/attempts.ts";
import { isCreditPage } from "../shared/credits.ts";

type Message = "found" | "credit" | "reload" | "replaced" | "refresh";

export default defineCheck({
  id: "network/self-navigation",
  title: "Widget stays in its own document",
  severity: "error",
  isAboutWhole: true,
  needs: ["network", "document"],
  messages: {
    found:
      "The widget navigates its own frame to {url} and is gone ({count}×). Use ui/open-link or window.openai.openExternal.",
    credit:
      "A press on the credit of a library takes the frame to {url}, and the widget is gone. Let presses on links end in ui/open-link or window.openai.openExternal.",
    reload:
      "The widget reloads its frame, and a written document does not come back: the frame stays empty. Draw again instead.",
    replaced: "The widget replaces its document by {url}, and is gone. Change the document instead.",
    refresh:
      '<meta http-equiv="refresh"> takes the frame to {url} after {seconds} s, and the widget is gone. Remove it.',
  },
  reasons: {
    history:
      "the widget went back in its history past its own document, and its frame is empty; how ChatGPT, which mirrors that history, answers was not captured",
  },
  source: "docs/hosts.md#chromium: no directive limits self-navigation",
  inTrials: WHOLE_TRIALS,
  leavesOpen: true,
  breaksAtRunTime: true,
  run({ network, document }) {
    const away = network.filter(({ escape }) => escape === "self-navigation" || escape === "form");
    const findings: RawFinding<Message>[] = [
      ...attemptFindings(
        away.filter(({ url }) => !isCreditPage(url)),
        "found",
      ),
      ...attemptFindings(
        away.filter(({ url }) => isCreditPage(url)),
        "credit",
      ).map((finding) => ({ ...finding, severity: "info" as const })),
    ];
    if (document.refresh && !findings.some(({ data }) => data.url === document.refresh?.url)) {
      const { url, seconds, where } = document.refresh;
      findings.push({
        messageId: "refresh",
        data: { url, seconds },
        identity: ["url"],
        channel: "page-event",
        ...(where ? { where } : {}),
      });
    }
    const { left } = document;
    // What goes to a server is told by its request.
    if (findings.length > 0 || !left || /^https?:/.test(left.url)) return failOrPass(findings);
    if (left.how === "history") return review("history");
    return failOrPass([
      left.how === "reload"
        ? { messageId: "reload", data: {}, identity: [], channel: "page-event" }
        : { messageId: "replaced", data: { url: named(left) }, identity: ["url"], channel: "page-event" },
    ]);
  },
});

/** `blob:` addresses differ in every run. */
const named = ({ url }: NonNullable<DocumentEvidence["left"]>): string => /^(blob|data):/.exec(url)?.[0] ?? url;
