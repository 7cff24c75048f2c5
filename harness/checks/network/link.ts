import { isGranted, rowOf } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, type RawFinding } from "../define-check.ts";
import type { Artifacts, BundleEvidence, StaticUse } from "../../model/evidence.ts";
import type { Severity } from "../../model/result.ts";
import { CREDITS } from "../shared/credits.ts";
import { groupBy } from "../shared/evidence.ts";

type Message = "window" | "away" | "file" | "relative";
type Seen = NonNullable<Artifacts["document"]["links"]>[number];

/** A link is pressed by the user, if ever: what becomes of it then is known from its markup. */
export default defineCheck({
  id: "network/link",
  title: "Links are opened by the host",
  severity: "error",
  needs: ["bundle", "document"],
  messages: {
    window:
      "The link {link} opens a new window, which the sandbox blocks: pressing it does nothing. Prevent the default and hand the address to the host (ui/open-link, window.openai.openExternal).",
    away: "The link {link} takes the widget's own frame to another page when it is pressed, and the widget is gone. Prevent the default and hand the address to the host (ui/open-link, window.openai.openExternal).",
    file: "The link {link} names a file of somebody's machine, which no page of the web may open.",
    relative: "{link} is handed to the host as a relative address, which means nothing there. Write the absolute one.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: no allow-popups; github-mcp-server #2593, 2026-06-02",
  breaksAtRunTime: true,
  run({ bundle, document }, { profile }) {
    const handling = handlingIn(bundle);
    const opensWindows = isGranted(rowOf("window.open"), profile);
    const inText = bundle.uses.flatMap((use) => inCode(use, handling, opensWindows));
    const found = new Set(inText.map(({ messageId }) => messageId));
    const inDocument = (document.links ?? [])
      .filter(({ url }) => !url.startsWith(document.origin))
      .flatMap((link) => onScreen(link, handling, opensWindows));
    return failOrPass(
      groupBy(
        [...inText, ...inDocument.filter(({ messageId }) => !found.has(messageId))],
        ({ messageId, data, severity }) => `${messageId} ${String(data.link)} ${severity}`,
      ).map(([first]) => first),
    );
  },
});

/** What the code does about links: asks the host to open them, or may keep the browser from following them. */
interface Handling {
  readonly asksHost: boolean;
  /** Code that is surely the widget's, or code of which it is not known. */
  readonly prevents: "own" | "unknown" | null;
}

function handlingIn({ uses }: BundleEvidence): Handling {
  const preventing = uses.filter(({ what }) => what === "prevents-default");
  const unknown = preventing.length > 0 ? "unknown" : null;
  return {
    asksHost: uses.some(({ what, provenance }) => what === "host-link" && provenance !== "package"),
    prevents: preventing.some(({ provenance }) => provenance === undefined) ? "own" : unknown,
  };
}

const MESSAGES: Readonly<Partial<Record<StaticUse["what"], Message>>> = {
  "window-link": "window",
  "away-link": "away",
  "file-link": "file",
  "host-relative-link": "relative",
};

function inCode(use: StaticUse, handling: Handling, opensWindows: boolean): RawFinding<Message>[] {
  const messageId = MESSAGES[use.what];
  if (messageId === undefined || (messageId === "window" && opensWindows)) return [];
  const severity = severityOf(messageId, handling, use);
  if (severity === null) return [];
  return [{ messageId, data: { link: use.detail }, channel: "static", where: use.where, severity }];
}

function onScreen({ url, target }: Seen, handling: Handling, opensWindows: boolean): RawFinding<Message>[] {
  if (!/^https?:/i.test(url) || CREDITS.test(url)) return [];
  const messageId = /^(_self)?$/i.test(target) ? "away" : "window";
  if (messageId === "window" && opensWindows) return [];
  const severity = severityOf(messageId, handling, {});
  const link = `<a href="${url}"${target === "" ? "" : ` target="${target}"`}>`;
  return severity === null ? [] : [{ messageId, data: { link }, channel: "dom", severity }];
}

/** Null: it is likely handled, and nothing is said. */
function severityOf(
  messageId: Message,
  { asksHost, prevents }: Handling,
  { provenance, url = "" }: Pick<StaticUse, "provenance" | "url">,
): Severity | null {
  if (messageId === "file" || messageId === "relative") return provenance === undefined ? "warning" : "info";
  if (asksHost || CREDITS.test(url)) return null;
  if (messageId === "window") return provenance === undefined && prevents !== "own" ? "error" : "warning";
  // Routers of applications take the press over.
  if (prevents === "own") return null;
  return prevents === "unknown" || provenance !== undefined ? "info" : "error";
}
