/**
 * The dev overlay: what dev adds beside the emulated frames, named on the page
 * and removable by one switch. It is one service worker on the sandbox origin
 * that answers the widget's *allowed* requests from the scenario's mocks, else
 * with a neutral stub, as `check` does. CSP is enforced before a worker is
 * asked, so the overlay widens nothing. Hot reload needs no overlay: the widget
 * is rebuilt and rendered anew, and no client of ours runs inside it.
 */
export interface PrepareInput {
  readonly overlay: boolean;
  readonly pageOrigin: string;
  /** Tells this run's worker from an earlier one's. */
  readonly run: string;
}

/** A document that installs or removes the worker and tells the page when it is done. */
export function prepareDocument({ overlay, pageOrigin, run }: PrepareInput): { readonly html: string; readonly policy: string } {
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
