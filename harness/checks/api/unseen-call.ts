import type { HostProfile } from "../../../host/profiles/types.ts";
import { defineCheck, failOrPass, inapplicable } from "../define-check.ts";
import type { ApiUse, NetworkAttempt, StaticUse } from "../../model/evidence.ts";
import { groupBy } from "../shared/evidence.ts";

interface Refused {
  /** What becomes of the call, after "which this run did not reach". */
  readonly fate: string;
  /** The check that judges it when it is seen. */
  readonly severity: "warning" | "info";
  readonly wasSeen: (uses: readonly ApiUse[], network: readonly NetworkAttempt[]) => boolean;
  /** The host lets it through. */
  readonly granted?: (profile: HostProfile) => boolean;
  /** A use beside it that makes it a second choice. */
  readonly unlessBeside?: StaticUse["what"];
}

const called =
  (pattern: RegExp): Refused["wasSeen"] =>
  (uses) =>
    uses.some(({ api }) => pattern.test(api));
const token =
  (name: string) =>
  ({ frames }: HostProfile): boolean =>
    [frames.outerSandbox.value, frames.innerSandbox.value].every((tokens) => tokens.includes(name));
const feature =
  (name: string) =>
  ({ frames }: HostProfile): boolean =>
    frames.outerAllow.value.includes(name);
const modal = (fate: string): Refused => ({
  fate,
  severity: "warning",
  wasSeen: called(/^(alert|confirm|prompt|print)$/),
  granted: token("allow-modals"),
});

/** One step milder than when it is seen: it may be code that nobody ever reaches. */
const REFUSED: Readonly<Partial<Record<StaticUse["what"], Refused>>> = {
  alert: modal("the sandbox ignores it"),
  confirm: modal("the sandbox ignores it and returns false"),
  prompt: modal("the sandbox ignores it and returns null"),
  print: modal("the sandbox ignores it"),
  clipboard: {
    fate: 'the permissions policy refuses it; document.execCommand("copy") works inside a click',
    severity: "warning",
    wasSeen: called(/^(clipboard|execCommand)\./),
    granted: feature("clipboard-write"),
    unlessBeside: "exec-copy",
  },
  "window.open": {
    fate: "the sandbox blocks it; use ui/open-link",
    severity: "warning",
    wasSeen: called(/^window\.open$/),
    granted: token("allow-popups"),
    unlessBeside: "host-link",
  },
  "top-navigation": {
    fate: "the sandbox refuses it; use ui/open-link",
    severity: "warning",
    wasSeen: called(/^top\.location$/),
  },
  "relative-url": {
    fate: "it would go to the sandbox host, which answers 404; write the absolute URL",
    severity: "warning",
    wasSeen: (_uses, network) => network.some(({ blockClass }) => blockClass === "relative-url"),
  },
  fullscreen: {
    fate: "the permissions policy refuses it; use requestDisplayMode",
    severity: "info",
    wasSeen: called(/^requestFullscreen$/),
    granted: feature("fullscreen"),
  },
  geolocation: {
    fate: "the permissions policy refuses it",
    severity: "info",
    wasSeen: called(/^geolocation/),
    granted: feature("geolocation"),
  },
  "storage-access": { fate: "the sandbox refuses it", severity: "info", wasSeen: called(/^requestStorageAccess$/) },
  "service-worker": {
    fate: "a written document has no service worker",
    severity: "info",
    wasSeen: called(/^serviceWorker/),
  },
};

export default defineCheck({
  id: "api/unseen-call",
  title: "Code that no scenario reached calls nothing that the sandbox refuses",
  severity: "warning",
  needs: ["bundle", "apiUses", "network", "document"],
  messages: {
    unseen:
      "The code uses {call}, which this run did not reach: {fate}. Do it another way, or add a scenario whose steps reach it.",
  },
  reasons: {
    "ended-early": 'the run ended as "{ended}": what comes later was not reached',
  },
  source: "docs/hosts.md#chatgpt-sandbox; docs/hosts.md#chatgpt-permissions",
  breaksAtRunTime: true,
  run({ bundle, apiUses, network, document }, { profile }) {
    if (document.ended !== "settled") return inapplicable("ended-early", { ended: document.ended });
    const unseen = bundle.uses.filter(({ what, detail }) => {
      // A bare name is what an import map may know.
      const refused = what === "relative-url" && !/^\.{0,2}\//.test(detail) ? undefined : REFUSED[what];
      return (
        refused !== undefined &&
        !refused.wasSeen(apiUses, network) &&
        !refused.granted?.(profile) &&
        !bundle.uses.some((other) => other.what === refused.unlessBeside)
      );
    });
    return failOrPass(
      groupBy(unseen, ({ what, detail }) => `${what} ${detail}`).map(([first]) => {
        const { what, detail, where } = first!;
        const { fate, severity } = REFUSED[what]!;
        return {
          messageId: "unseen",
          severity,
          channel: "static",
          where,
          identity: ["call"],
          data: { call: what === "relative-url" ? `the relative URL ${detail}` : `${detail}()`, fate },
        };
      }),
    );
  },
});
