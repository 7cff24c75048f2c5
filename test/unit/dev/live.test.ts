/** The server's side of a live rendering: records come in bounded, evidence goes out sealed, the last state always. */
import { afterEach, describe, expect, it } from "vitest";
import { givenBy, hostStateOf, planStage } from "../../../host/emulator/plan.ts";
import { profiles } from "../../../host/profiles/index.ts";
import type { LiveRecord } from "../../../host/server/live-records.ts";
import type { LiveUpdate, StageAnswer, StageRequest } from "../../../host/server/types.ts";
import { readRecords } from "../../../harness/dev/live/read-records.ts";
import { readSource } from "../../../harness/dev/live/read-source.ts";
import { LiveStages } from "../../../harness/dev/live/stages.ts";
import type { Widget } from "../../../harness/model/widget.ts";
import { hidingOf } from "../../../harness/scan/index.ts";

/** What the user gave with `--env`: no scanner knows it. */
const GIVEN = "tuesday-harbour-lantern";
/** Made here, so that no text of this repository looks like a token. */
const SECRET = ["gh", "p_", "x7Kq2mWv9RtLb4NcZ8sHd3YfGj6Pa1oVuE5Q"].join("");
const CHROMIUM = "Mozilla/5.0 Chrome/156.0.0.0";
const HERE = "http://w-example-com.localhost:2";
const widget: Widget = {
  name: "w",
  source: { kind: "html", path: "w.html" },
  html: '<!doctype html>\n<p>w</p>\n<script>\nfetch("https://a.example/x");\n</script>',
  meta: {},
  mimeType: "text/html+skybridge",
  scenarios: [{ name: "default" }],
  serverOrigin: null,
  serverId: "w",
};
const READY = {
  type: "ready",
  readyState: "complete",
  visibleElements: 1,
  textLength: 1,
  title: "w",
  width: 720,
  height: 100,
  contentHeight: 100,
  hints: [],
  broken: [],
  legible: true,
  links: [],
} as const;
const probe = (record: Extract<LiveRecord, { channel: "probe" }>["record"], atMs = 5): LiveRecord => ({
  channel: "probe",
  record,
  atMs,
});
const line = (text: string) =>
  probe({ type: "error", origin: "console", level: "log", text, sourceFile: "", line: 0, column: 0 });

const open: LiveStages[] = [];
afterEach(() => {
  for (const stages of open.splice(0)) stages.close();
});

/** Stage 1, and a way to wait for what it says. */
function openStage(): {
  readonly stages: LiveStages;
  readonly next: (fits: (update: LiveUpdate) => boolean) => Promise<LiveUpdate>;
} {
  const given = givenBy({ name: "default" });
  const { boot, policy, hostedOrigin } = planStage({
    widget,
    profile: profiles.chatgpt,
    state: (applied) => hostStateOf(applied),
    given,
    record: { apis: true, reads: true },
    guestSource: "void 0",
    site: { sandbox: () => HERE },
  });
  const answer: StageAnswer = {
    id: 1,
    boot,
    policy,
    hostedOrigin,
    revision: 1,
    prepareUrl: "",
    devServers: [],
    devClients: [],
  };
  const request: StageRequest = {
    widget: "w",
    scenario: "default",
    profile: "chatgpt",
    meta: null,
    state: boot.state,
    overlay: false,
    ...given,
  };
  const listeners = new Set<(update: LiveUpdate) => void>();
  const stages = new LiveStages({
    onUpdate: (update) => {
      for (const listener of listeners) listener(update);
    },
    onFault: (error) => {
      throw error;
    },
  });
  open.push(stages);
  const [scenario = { name: "default" }] = widget.scenarios;
  const reading = readSource(widget);
  const judging = { toolVersion: "0" };
  const hiding = hidingOf([GIVEN]);
  stages.open({ answer, request, widget, scenario, profile: profiles.chatgpt, reading, judging, hiding });
  return {
    stages,
    next: (fits) =>
      new Promise((resolve) => {
        const listener = (update: LiveUpdate) => {
          if (!fits(update)) return;
          listeners.delete(listener);
          resolve(update);
        };
        listeners.add(listener);
      }),
  };
}
const consoleOf = ({ evidence }: LiveUpdate) =>
  evidence.artifacts.console.status === "ok" ? evidence.artifacts.console.value : [];

describe("records of the page", () => {
  it("of no known shape are refused, and counted", () => {
    const bad: unknown[] = [
      null,
      1,
      {},
      { channel: "probe", atMs: 1, record: { type: "constructor" } },
      { channel: "probe", atMs: 1, record: { type: "error", text: 1 } },
      { channel: "bridge", atMs: 1, record: { type: "reads", fields: "all", opaque: [] } },
      { channel: "other", atMs: 1, record: READY },
      { channel: "probe", atMs: "1", record: READY },
    ];
    expect(readRecords([...bad, probe(READY)])).toEqual({ records: [probe(READY)], refused: bad.length });
  });
  it("are cut where they are long", () => {
    const { records } = readRecords([line("x".repeat(1_000_000))]);
    expect(JSON.stringify(records).length).toBeLessThan(310_000);
  });
});

describe("a live rendering", () => {
  it("is judged once its document was looked at", async () => {
    const { stages, next } = openStage();
    const early = next(() => true);
    stages.record({ stage: 1, records: [line("hello")] }, CHROMIUM);
    expect((await early).result).toBeNull();
    const late = next(({ result }) => result !== null);
    stages.record({ stage: 1, records: [probe(READY)] }, CHROMIUM);
    expect((await late).result?.checks.find(({ id }) => id === "render/blank")?.outcome).toBe("pass");
  });

  it("has a blocked request at its line, under the host's own address, and the domain in its advice", async () => {
    const { stages, next } = openStage();
    const told = next(({ advice }) => advice.origins.length > 0);
    const violation = {
      type: "violation",
      blockedUrl: "https://a.example/x",
      directive: "connect-src",
      disposition: "enforce",
      sourceFile: `${HERE}/`,
      line: 2,
      column: 1,
    } as const;
    stages.record({ stage: 1, records: [probe(READY), probe(violation)] }, CHROMIUM);
    const { evidence, result, advice } = await told;
    const [attempt] = evidence.artifacts.network.status === "ok" ? evidence.artifacts.network.value : [];
    expect(attempt).toMatchObject({ outcome: "blocked-by-csp", list: "connect", where: { file: "w.html", line: 4 } });
    expect(result?.verdict).toBe("fail");
    expect(advice.origins[0]).toMatchObject({ origin: "https://a.example", state: "missing" });
    expect(JSON.stringify(evidence)).not.toContain(HERE);
  });

  it("has no error of a rejection that was handled late", async () => {
    const { stages, next } = openStage();
    const told = next(({ result }) => result !== null);
    const rejection = (text: string) =>
      probe({ type: "error", origin: "exception", level: "error", text, sourceFile: "", line: 0, column: 0 });
    const handled = probe({ type: "handled", text: "Error: late" });
    const records = [rejection("Error: late"), rejection("Error: never"), handled, probe(READY)];
    expect(readRecords(records)).toMatchObject({ records });
    stages.record({ stage: 1, records }, CHROMIUM);
    expect(consoleOf(await told).map(({ text }) => text)).toEqual(["Error: never"]);
  });

  it("keeps no secret that the widget said", async () => {
    const { stages, next } = openStage();
    const told = next((update) => consoleOf(update).length > 0);
    stages.record({ stage: 1, records: [probe(READY), line(`token ${SECRET}`)] }, CHROMIUM);
    const update = await told;
    expect(JSON.stringify(update)).not.toContain(SECRET);
    expect(consoleOf(update)[0]?.text).toContain("token ");
  });

  it("shows nothing of what the user gave, wherever the widget says it", async () => {
    const { stages, next } = openStage();
    const told = next((update) => consoleOf(update).length > 0);
    const asked = {
      type: "violation",
      blockedUrl: `https://b.example/?k=${GIVEN}`,
      directive: "connect-src",
      disposition: "enforce",
      sourceFile: `${HERE}/`,
      line: 2,
      column: 1,
    } as const;
    const records = [probe({ ...READY, title: GIVEN }), line(`key ${GIVEN}`), probe(asked)];
    stages.record({ stage: 1, records }, CHROMIUM);
    const update = await told;
    expect(JSON.stringify(update)).not.toContain(GIVEN);
    expect(consoleOf(update)[0]?.text).toBe("key [masked]");
    expect(JSON.stringify(update.evidence.artifacts.network)).toContain("https://b.example/?k=[masked]");
  });

  it("a flood is counted and not kept, and the last word on the document still counts", async () => {
    const { stages, next } = openStage();
    const told = next(
      ({ evidence: { artifacts } }) => artifacts.document.status === "ok" && artifacts.document.value.title === "last",
    );
    for (let batch = 0; batch < 24; batch++)
      stages.record(
        { stage: 1, records: Array.from({ length: 500 }, (_, index) => line(`${batch} ${index}`)) },
        CHROMIUM,
      );
    stages.record({ stage: 1, records: [probe({ ...READY, title: "last" })] }, CHROMIUM);
    const update = await told;
    expect(consoleOf(update).length).toBeLessThanOrEqual(1000);
    const { bridge } = update.evidence.artifacts;
    expect(bridge.status === "ok" && bridge.value.dropped).toBeGreaterThan(1000);
  });

  it("records of another rendering change nothing", async () => {
    const { stages, next } = openStage();
    stages.record({ stage: 2, records: [line("of another")] }, CHROMIUM);
    const told = next(() => true);
    stages.record({ stage: 1, records: [probe(READY)] }, CHROMIUM);
    expect(consoleOf(await told)).toEqual([]);
  });
});
