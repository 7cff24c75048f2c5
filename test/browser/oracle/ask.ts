/** Asks a real Chromium whether a source expression lets a URL through. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser } from "playwright";
import { findBrowser } from "../../../harness/gather/browser/find.ts";
import { SANDBOX_FLAGS, runsAsRoot } from "../../../harness/gather/browser/flags.ts";
import { HOP, SELF_HOST, type Pair } from "./pairs.ts";

export interface Oracle {
  /** True: let through. One document with its own policy per pair. */
  ask(pairs: readonly Pair[]): Promise<boolean[]>;
  close(): Promise<void>;
}

/** A browser for which one server on loopback stands for every host, so that nothing goes elsewhere. */
export async function openOracle(): Promise<Oracle> {
  const server = createServer((request, response) => {
    const to = new URL(request.url ?? "/", HOP).searchParams.get("to");
    if (to === null) response.end();
    else response.writeHead(302, { location: new URL(to).href, "access-control-allow-origin": "*" }).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { path } = findBrowser();
  const everyHost = `--host-resolver-rules=MAP * 127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({
    executablePath: path,
    args: [...[...SANDBOX_FLAGS], everyHost],
    chromiumSandbox: !runsAsRoot(),
  });
  return { ask: (pairs) => askAll(browser, pairs), close: () => closeBoth(browser, server) };
}

async function closeBoth(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
}

async function askAll(browser: Browser, pairs: readonly Pair[]): Promise<boolean[]> {
  const answers = new Map<Pair, boolean>();
  for (const self of ["http", "https"] as const) {
    const own = pairs.filter((pair) => pair.self === self);
    // A new context per portion: documents that are gone still cost the page its speed.
    for (let start = 0; start < own.length; start += 1000) {
      const portion = own.slice(start, start + 1000);
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      const page = await context.newPage();
      await context.route(/.*/, (route) =>
        route.fulfill({ contentType: "text/html", body: "<!doctype html><title>oracle</title>" }),
      );
      await page.goto(`${self}://${SELF_HOST}/`);
      // What is asked from here on goes its way without a detour through this process.
      await context.unrouteAll();
      const questions = portion.map(({ expression, url, redirected }) =>
        redirected
          ? { sources: `${HOP} ${expression}`, url: `${HOP}/?to=${encodeURIComponent(url)}` }
          : { sources: expression, url },
      );
      const results = await page.evaluate(ask, questions);
      for (const [at, pair] of portion.entries()) answers.set(pair, results[at] === true);
      await context.close();
    }
  }
  return pairs.map((pair) => answers.get(pair) === true);
}

/**
 * Runs in the page. A blocked fetch reports a violation before it fails; an
 * allowed one only fails or succeeds. `fetch` asks the policy about `ws:` too,
 * before it refuses the scheme, and is not held back after failures as sockets are.
 */
async function ask(questions: readonly { readonly sources: string; readonly url: string }[]): Promise<boolean[]> {
  const one = async ({ sources, url }: { readonly sources: string; readonly url: string }): Promise<boolean> => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const inner = frame.contentDocument;
    if (!inner) throw new Error("the frame has no document");
    inner.open();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- only a written document takes the policy before it is read
    inner.write(
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="connect-src ${sources.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}">`,
    );
    inner.close();
    let blocked = false;
    inner.addEventListener("securitypolicyviolation", () => (blocked = true));
    const scope = frame.contentWindow as unknown as typeof globalThis;
    if (new URL(url).username === "")
      await scope.fetch(url, { mode: "no-cors", cache: "no-store" }).catch(() => undefined);
    else {
      // `fetch` refuses a URL with credentials before it asks the policy.
      const request = new scope.XMLHttpRequest();
      request.open("GET", url);
      await new Promise((done) => {
        request.onloadend = done;
        request.send();
      });
    }
    // The violation's event is queued before the answer: one turn later it has been heard.
    await new Promise((done) => setTimeout(done, 0));
    frame.remove();
    return !blocked;
  };
  const results: boolean[] = [];
  for (let start = 0; start < questions.length; start += 40)
    results.push(...(await Promise.all(questions.slice(start, start + 40).map(one))));
  return results;
}
