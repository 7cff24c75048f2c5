/**
 * The dev overlay: what dev adds beside the emulated frames, named on the page
 * and removable by one switch. It has two parts, and neither is counted as the
 * widget's.
 *
 * Answers: a service worker on the sandbox origin answers the widget's
 * *allowed* requests from the scenario's mocks, else with a neutral stub, as
 * `check` does. CSP is enforced before a worker is asked, so it widens nothing. The widget is then written over an empty document
 * that the worker controls, instead of `about:blank`.
 *
 * Dev server: a document that loads the client of a dev server on this
 * machine may reach that server, and its socket, in the live stage alone.
 *
 * A widget that Sandglass builds needs neither to be reloaded: it is rendered
 * anew from outside, and no client of ours runs inside it.
 */
import type { DevClient } from "../../harness/model/dev-client.ts";
import { parsePolicy } from "../csp/policy.ts";
import type { EffectivePolicy } from "../profiles/types.ts";

/** An empty document of the sandbox origin: Chromium's workers do not control `about:blank` (seen in 156), so the widget is written over this one while the overlay is on. */
export const CONTROLLED_URL = "/.sandglass/blank";

const HERE = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Origins of the dev servers on this machine among those whose client a document loads. */
export const devServersOf = (clients: readonly DevClient[]): readonly string[] => [
  ...new Set(clients.flatMap(({ origin }) => (origin !== null && HERE.test(origin) ? [origin] : []))),
];

/** Directives that modules, styles and assets of a dev server fall under. */
const SERVED = [
  "script-src",
  "script-src-elem",
  "style-src",
  "style-src-elem",
  "img-src",
  "font-src",
  "media-src",
  "connect-src",
];

/** The policies with these origins let through, and with their sockets in `connect-src`. */
export function withDevServers(
  effective: readonly EffectivePolicy[],
  origins: readonly string[],
): readonly EffectivePolicy[] {
  if (origins.length === 0) return effective;
  return effective.map((policy) =>
    policy.layer === "inner" ? { ...policy, value: widened(policy.value, origins) } : policy,
  );
}

function widened(policy: string, origins: readonly string[]): string {
  return [...parsePolicy(policy)]
    .map(([name, sources]) => {
      if (!SERVED.includes(name)) return [name, ...sources].join(" ");
      const sockets = name === "connect-src" ? origins.map((origin) => origin.replace(/^http/, "ws")) : [];
      return [name, ...sources.filter((source) => source !== "'none'"), ...origins, ...sockets].join(" ");
    })
    .join("; ");
}

export interface PrepareInput {
  readonly overlay: boolean;
  readonly pageOrigin: string;
  /** Tells this run's worker from an earlier one's. */
  readonly run: string;
}

/** A document that installs or removes the worker and tells the page when it is done. */
export function prepareDocument({ overlay, pageOrigin, run }: PrepareInput): {
  readonly html: string;
  readonly policy: string;
} {
  const script = `
const tell = (detail) => parent.postMessage({ sandglass: "prepared", overlay: ${overlay}, ...detail }, ${JSON.stringify(pageOrigin)});
const settled = (worker) => new Promise((resolve, reject) => {
  const look = () => worker.state === "activated" ? resolve() : worker.state === "redundant" && reject(new Error("the worker was replaced"));
  worker.addEventListener("statechange", look);
  look();
});
(async () => {
  if (!navigator.serviceWorker) throw new Error("this browser has no service workers here");
  if (!${overlay}) {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    return;
  }
  const url = "/.sandglass/worker.js?run=${run}";
  const registration = await navigator.serviceWorker.register(url, { scope: "/" });
  await settled(registration.installing ?? registration.waiting ?? registration.active);
})().then(() => tell({ ok: true }), (error) => tell({ ok: false, error: String(error && error.message || error) }));
`;
  return {
    html: `<!doctype html><meta charset="utf-8"><title>Sandglass overlay</title><script>${script}</script>`,
    policy: `default-src 'none'; script-src 'unsafe-inline'; worker-src 'self'; connect-src 'self'; frame-ancestors ${pageOrigin}`,
  };
}
