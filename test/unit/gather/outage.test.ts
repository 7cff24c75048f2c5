/** In an outage nothing arrives but code. */
import { expect, it } from "vitest";
import { planJob } from "../../../harness/gather/trial/plan.ts";
import { answererOf } from "../../../harness/gather/network/answers.ts";
import { Responder } from "../../../harness/gather/network/responder.ts";
import { profiles } from "../../../host/profiles/index.ts";

const widget = {
  name: "w",
  html: "<h1>Hello</h1>",
  source: { kind: "html", path: "w.html" },
  mimeType: "text/html;profile=mcp-app",
  serverOrigin: null,
  serverId: "w",
  scenarios: [],
  meta: {},
} as const;

function responder(outage: boolean) {
  const { frame: plan } = planJob({ widget, profile: profiles.chatgpt, scenario: { name: "default" } }, "guest");
  const answerer = answererOf([]);
  const made = new Responder({
    plan,
    topHtml: "",
    stageScript: "",
    stageScriptUrl: `${new URL(plan.topUrl).origin}/stage.js`,
    innerPolicy: null,
    answerer,
    answererWithin: answerer,
    outage,
    cap: 10,
    now: () => 0,
  });
  const ask = (dest: string, more: Readonly<Record<string, string>> = {}) =>
    made.request({
      url: `https://data.example/${dest}`,
      method: "access-control-request-method" in more ? "OPTIONS" : "GET",
      headers: { "sec-fetch-dest": dest, origin: plan.outerOrigin, ...more },
      body: Buffer.alloc(0),
      bodyBytes: 0,
    });
  return { made, ask };
}

it("data, pictures, frames, sockets and preflights fail, and are told as unreachable", async () => {
  const { made, ask } = responder(true);
  for (const dest of ["empty", "image", "font", "video", "iframe"]) expect(await ask(dest)).toBeNull();
  expect(await ask("empty", { "access-control-request-method": "PUT" })).toBeNull();
  expect(made.websocket("wss://data.example/")).toBe(false);
  expect(new Set(made.arrivals.map(({ answeredBy, status }) => `${answeredBy} ${status}`))).toEqual(
    new Set(["unreachable 0"]),
  );
  expect(made.preflights).toMatchObject([{ answeredBy: "unreachable" }]);
});

it("code arrives, and without an outage all does", async () => {
  const { ask } = responder(true);
  for (const dest of ["script", "style", "worker"]) expect(await ask(dest)).toMatchObject({ status: 200 });
  const calm = responder(false);
  expect(await calm.ask("empty")).toMatchObject({ status: 200 });
  expect(calm.made.websocket("wss://data.example/")).toBe(true);
});
