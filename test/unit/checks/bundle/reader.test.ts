/** Checks of the text: for each, what must fail, the near miss, and run-time evidence that decides. */
import { describe, expect, test } from "vitest";
import { readDocument } from "../../../../harness/bundle/read.ts";
import baseHref from "../../../../harness/checks/bundle/base-href.ts";
import dataFont from "../../../../harness/checks/bundle/data-font.ts";
import evalCheck from "../../../../harness/checks/bundle/eval.ts";
import inlinePolicy from "../../../../harness/checks/bundle/inline-policy.ts";
import localhost from "../../../../harness/checks/bundle/localhost.ts";
import workerUrl from "../../../../harness/checks/bundle/worker-url.ts";
import type { AnyCheck } from "../../../../harness/checks/define-check.ts";
import { artifacts, blocked, declare, profile, SANDBOX, type Made } from "../../allowlist/make.ts";

async function run(check: AnyCheck, html: string, made: Made = {}): Promise<string[] | string> {
  const bundle = await readDocument({ html, name: "w" });
  const outcome = check.run(artifacts({ ...made, bundle }), {
    profile: profile(made.profileId ?? "chatgpt"),
    scenario: "default",
  });
  return outcome.outcome === "fail"
    ? outcome.findings.map(
        (finding) => `${finding.messageId} ${finding.severity ?? check.severity} ${finding.where?.line}`,
      )
    : outcome.outcome;
}
const js = (code: string) => `<script>\n${code}</script>`;

test("bundle/localhost", async () => {
  expect(await run(localhost, js(`fetch("http://localhost:3000/api")`))).toEqual(["request warning 2"]);
  expect(await run(localhost, `<script src="http://127.0.0.1:5173/@vite/client"></script>`)).toEqual([
    "request warning 1",
  ]);
  expect(await run(localhost, js(`const fallback = "http://192.168.0.4:8080/x"`))).toEqual(["literal info 2"]);
  expect(
    await run(
      localhost,
      js(
        `new URL(path, "http://localhost:3000"); const base = "http://localhost"; fetch("https://localhost.example-host.com")`,
      ),
    ),
  ).toBe("pass");
});

test("bundle/eval", async () => {
  expect(await run(evalCheck, js(`new Function("a", body)`))).toEqual(["portability info 2"]);
  expect(await run(evalCheck, js(`setTimeout("go()", 1)`), { profileId: "mcp-apps" })).toEqual(["refused warning 2"]);
  expect(await run(evalCheck, js(`function Function() {} new Function("a"); setTimeout(go, 1)`))).toBe("pass");
  expect(await run(evalCheck, js(`try { new Function("") } catch { ok = false }`), { profileId: "mcp-apps" })).toBe(
    "pass",
  );
});

describe("bundle/data-font", () => {
  const html = `<style>\n@font-face { font-family: Icons; src: url(data:font/woff2;base64,AA) }</style>`;
  test("refused in the run: a warning; not used: a note", async () => {
    expect(await run(dataFont, html, { network: [blocked("data:font/woff2;base64,AA", "font")] })).toEqual([
      "blocked warning 2",
    ]);
    expect(await run(dataFont, html)).toEqual(["unused info 2"]);
  });
  test("a font from a server, a data: image, and a host that allows it", async () => {
    expect(
      await run(
        dataFont,
        `<style>@font-face { font-family: X; src: url(https://cdn.example-host.com/x.woff2) } .a { background: url(data:image/png;base64,AA) }</style>`,
      ),
    ).toBe("pass");
    expect(await run(dataFont, html, { profileId: "basic-host" })).toBe("inapplicable");
  });
});

describe("bundle/worker-url", () => {
  test.each([
    [`new Worker("/w.js")`],
    [`new SharedWorker("./w.js")`],
    [`new Worker("https://cdn.example-host.com/w.js")`],
  ])("%s", async (code) => expect(await run(workerUrl, js(code))).toEqual(["url warning 2"]));
  test("data: is a note until a worker was blocked", async () => {
    expect(await run(workerUrl, js(`new Worker("data:text/javascript,1")`))).toEqual(["url info 2"]);
    expect(
      await run(workerUrl, js(`new Worker("data:text/javascript,1")`), {
        network: [blocked("data:text/javascript,1", "worker")],
      }),
    ).toEqual(["url warning 2"]);
  });
  test("blob, unknown, and a host that allows its own path", async () => {
    expect(await run(workerUrl, js(`new Worker(URL.createObjectURL(b)); new Worker(url)`))).toBe("pass");
    expect(await run(workerUrl, js(`new Worker("/w.js")`), { profileId: "chatgpt-desktop" })).toBe("pass");
    expect(await run(workerUrl, js(`new Worker("/w.js")`), { profileId: "chatgpt-dev" })).toBe("inapplicable");
  });
});

test("bundle/base-href", async () => {
  expect(await run(baseHref, `<base href="https://my-app.example/">`)).toEqual(["refused warning 1"]);
  expect(await run(baseHref, `<base href="/sub/">`)).toBe("pass");
  expect(await run(baseHref, `<base href="${SANDBOX}/">`)).toBe("pass");
  expect(await run(baseHref, `<base target="_blank">`)).toBe("pass");
  expect(await run(baseHref, `<base href="https://my-app.example/">`, { profileId: "chatgpt-dev" })).toBe(
    "inapplicable",
  );
});

test("bundle/inline-policy", async () => {
  const html = `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`;
  expect(await run(inlinePolicy, html)).toEqual(["present info 1"]);
  expect(await run(inlinePolicy, html, { network: [blocked("https://api.example-host.com/x")] })).toEqual([
    "blocks warning 1",
  ]);
  expect(
    await run(inlinePolicy, html, {
      network: [blocked("https://api.example-host.com/x.png", "image")],
      declaration: declare({}),
    }),
  ).toEqual(["present info 1"]);
  expect(
    await run(
      inlinePolicy,
      `<meta http-equiv="refresh" content="1"><meta name="Content-Security-Policy" content="default-src 'none'">`,
    ),
  ).toBe("pass");
});
