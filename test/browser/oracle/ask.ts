/** Asks a real Chromium whether a source expression lets a URL through. */
import type { Browser } from "playwright";
import type { Pair } from "./pairs.ts";

export const SELF_HOST = "self.example";

/** True: let through. One document with its own policy per pair; what is let through is answered here and goes nowhere. */
export async function askChromium(browser: Browser, pairs: readonly Pair[]): Promise<boolean[]> {
  const answers: boolean[] = new Array(pairs.length);
  for (const self of ["http", "https"] as const) {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await context.route(/.*/, (route) => (route.request().isNavigationRequest() ? route.fulfill({ contentType: "text/html", body: "<!doctype html><title>oracle</title>" }) : route.abort()));
    await page.goto(`${self}://${SELF_HOST}/`);
    const indices = pairs.flatMap((pair, index) => (pair.self === self ? [index] : []));
    const results = await page.evaluate(ask, indices.map((index) => ({ expression: pairs[index]!.expression, url: pairs[index]!.url })));
    indices.forEach((index, at) => (answers[index] = results[at]!));
    await context.close();
  }
  return answers;
}

/** Runs in the page. A blocked fetch reports a violation before it fails; an allowed one only fails. */
async function ask(pairs: readonly { readonly expression: string; readonly url: string }[]): Promise<boolean[]> {
  const one = async ({ expression, url }: { readonly expression: string; readonly url: string }): Promise<boolean> => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const inner = frame.contentDocument!;
    inner.open();
    inner.write(`<!doctype html><meta http-equiv="Content-Security-Policy" content="connect-src ${expression.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`);
    inner.close();
    let blocked = false;
    inner.addEventListener("securitypolicyviolation", () => (blocked = true));
    const scope = frame.contentWindow as unknown as typeof globalThis;
    if (url.startsWith("ws")) {
      await new Promise<void>((done) => {
        const socket = new scope.WebSocket(url);
        socket.onerror = socket.onclose = socket.onopen = () => done();
      });
    } else await scope.fetch(url, { mode: "no-cors" }).catch(() => undefined);
    // The violation's event is queued before the answer: one turn later it has been heard.
    await new Promise((done) => setTimeout(done, 0));
    frame.remove();
    return !blocked;
  };
  const results: boolean[] = [];
  for (let start = 0; start < pairs.length; start += 40) results.push(...(await Promise.all(pairs.slice(start, start + 40).map(one))));
  return results;
}
