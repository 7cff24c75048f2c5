import { apis, isJudgedBy } from "../../../host/apis/index.ts";
import { defineCheck, failOrPass, WHOLE_TRIALS } from "../define-check.ts";
import { blockedUses } from "../shared/evidence.ts";

export default defineCheck({
  id: "api/window-open",
  title: "Widget opens no window of its own",
  severity: "error",
  needs: ["apiUses", "network", "bridge", "bundle", "document"],
  messages: {
    blocked: `{api} is blocked in the sandbox and returns {returned} ({count}×). ${apis["window.open"].advice}`,
    fellBack:
      "{api} is blocked in the sandbox and returns {returned} ({count}×), and the host opened the link instead. Ask the host first.",
  },
  source: "docs/hosts.md#chatgpt-sandbox: the outer frame is without allow-popups",
  inTrials: WHOLE_TRIALS,
  breaksAtRunTime: true,
  run({ apiUses, network, bridge, bundle, document }) {
    const opened = new Set(bridge.externalLinks.map(({ url }) => hrefOf(url)));
    const refused = network.filter(({ kind, outcome }) => kind === "popup" && outcome === "blocked-by-sandbox");
    const fellBack = refused.length > 0 && refused.every(({ url }) => opened.has(hrefOf(url)));
    const pressed = new Set((document.links ?? []).map(({ url }) => hrefOf(url)));
    // A link that nothing hands to the host: `network/link` tells of it.
    const areLinks =
      refused.length > 0 &&
      refused.every(({ url }) => pressed.has(hrefOf(url))) &&
      !bundle.uses.some(({ what }) => what === "host-link");
    if (areLinks && apiUses.every(({ channels }) => !channels.includes("page"))) return { outcome: "pass" };
    return failOrPass(
      blockedUses(apiUses, isJudgedBy("window-open"), fellBack ? "fellBack" : "blocked").map((finding) =>
        fellBack ? { ...finding, severity: "warning" } : finding,
      ),
    );
  },
});

const hrefOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);
