/** Which trials a job is rendered in, when a second rendering is made, and what is joined of them. */
import { describe, expect, it } from "vitest";
import { evidenceOfTrials } from "../../../harness/gather/artifacts/trials.ts";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { changedState, planJob, screenshotNamed } from "../../../harness/gather/trial/plan.ts";
import { renderTrials, type TrialWish } from "../../../harness/gather/trial/run-trials.ts";
import { exploringPort, sharedAnswers } from "../../../harness/gather/trial/stage-io.ts";
import { jobOfTrial, NARROW_PX, trialStatesOf } from "../../../harness/gather/trial/trials.ts";
import type { Job, Rendering, TrialsAsked } from "../../../harness/gather/types.ts";
import { TRIALS, type Shown, type TrialName } from "../../../harness/model/evidence.ts";
import type { RawLog } from "../../../harness/model/raw-log.ts";
import type { Scenario, Widget } from "../../../harness/model/widget.ts";
import { profiles } from "../../../host/profiles/index.ts";
import { globalsOf } from "../../../host/emulator/bridge/results.ts";
import { joinContext, rawLog } from "./raw.ts";

const ALL: TrialsAsked = { names: TRIALS, looks: true };
const PLAIN = "<h1>Hello</h1>";
const THEMED = "<style>@media (prefers-color-scheme: dark) { h1 { color: white } }</style>";

const jobOf = (html = PLAIN, scenario: Partial<Scenario> = {}): Job => {
  const widget: Widget = {
    name: "w",
    html,
    source: { kind: "html", path: "w.html" },
    mimeType: "text/html;profile=mcp-app",
    serverOrigin: null,
    serverId: "w",
    scenarios: [],
    meta: {},
  };
  return { widget, profile: profiles.chatgpt, scenario: { name: "default", toolOutput: { a: 1 }, ...scenario } };
};

const explore = { seed: 1, actions: 20 };

const statesOf = (job: Job, asked = ALL): Record<string, string> =>
  Object.fromEntries(
    trialStatesOf(job, asked).map((state) => [state.trial, state.outcome === "ran" ? "ran" : state.because]),
  );

describe("which trials run", () => {
  it("all, where there is a result, a theme and a width, and pressing is asked for", () => {
    const all = { main: "ran", late: "ran", control: "ran", dark: "ran", narrow: "ran" };
    expect(statesOf(jobOf(THEMED))).toEqual({ ...all, pressed: "not-asked" });
    expect(statesOf({ ...jobOf(THEMED), explore })).toEqual({ ...all, pressed: "ran" });
  });
  it.each([
    [
      "nothing that a theme or a width changes",
      jobOf(),
      ALL,
      { dark: "not-needed", narrow: "not-needed", late: "ran" },
    ],
    [
      "styles that stand elsewhere",
      jobOf('<link rel="stylesheet" href="https://c.example/a.css">'),
      ALL,
      { dark: "ran", narrow: "ran" },
    ],
    [
      "a result of content alone",
      jobOf(PLAIN, { toolOutput: null, content: [{ type: "text", text: "x" }] }),
      ALL,
      { late: "ran" },
    ],
    ["no result", jobOf(PLAIN, { toolOutput: null }), ALL, { late: "no-result", control: "no-result" }],
    [
      "a dark phone",
      jobOf(THEMED, { context: { theme: "dark", device: "mobile" } }),
      ALL,
      { dark: "as-main", narrow: "as-main" },
    ],
    ["another scenario", jobOf(THEMED), { ...ALL, looks: false }, { dark: "other-scenario", narrow: "other-scenario" }],
    [
      "what was asked for",
      jobOf(THEMED),
      { ...ALL, names: TRIALS.slice(1, 2) },
      { late: "ran", control: "not-asked", dark: "not-asked" },
    ],
  ])("%s", (_, job, asked, expected) => {
    expect(statesOf(job, asked)).toMatchObject(expected);
  });
  it("those by choice where they are chosen, and else they are not spoken of", () => {
    const names = [...TRIALS, "again", "outage"] as const;
    expect(statesOf(jobOf(), { ...ALL, names })).toMatchObject({ late: "ran", again: "ran", outage: "ran" });
    expect(statesOf(jobOf(), { ...ALL, names })).not.toHaveProperty("reload");
    expect(Object.keys(statesOf(jobOf()))).toEqual([...TRIALS]);
    expect(statesOf(jobOf(PLAIN, { toolOutput: null }), { ...ALL, names })).toMatchObject({ again: "no-result" });
  });
  it("parts of the input where there are some, and what the host tells", () => {
    const asked: TrialsAsked = { ...ALL, names: [...TRIALS, "stream", "cancelled"] };
    const on = (profile: Job["profile"], scenario: Partial<Scenario> = {}) =>
      statesOf({ ...jobOf(PLAIN, scenario), profile }, asked);
    expect(on(profiles.goose)).toMatchObject({ stream: "no-input", cancelled: "ran" });
    expect(on(profiles.goose, { toolInput: { q: "lark" } })).toMatchObject({ stream: "ran" });
    expect(on(profiles.goose, { stream: [{}] })).toMatchObject({ stream: "ran" });
    expect(on(profiles.copilot, { stream: [{}] })).toMatchObject({ stream: "no-channel", cancelled: "no-channel" });
  });
  it("not late on a host that is never late", () => {
    const job = jobOf();
    const { bridge } = job.profile;
    const punctual = { ...bridge, resultDelivery: { ...bridge.resultDelivery, value: "at-mount" as const } };
    expect(statesOf({ ...job, profile: { ...job.profile, bridge: punctual } })).toMatchObject({
      late: "never-late",
      control: "ran",
    });
  });
});

it("a rendering of the same names as another has no picture: it would be written over that one's", () => {
  const pictures = { folder: "/pictures", heights: null };
  expect(screenshotNamed(pictures, "w", jobOf())?.file).toBe("/pictures/w.png");
  expect(screenshotNamed(pictures, "w", { ...jobOf(), pictured: false })).toBeNull();
  expect(screenshotNamed(null, "w", jobOf())).toBeNull();
});

describe("what a trial is given", () => {
  const bootOf = (trial: TrialName, scenario: Partial<Scenario> = {}) => {
    const job = jobOf(PLAIN, { toolInput: { q: 1 }, ...scenario });
    return planJob(jobOfTrial(job, trial), "guest", trial).boot;
  };
  it("late: the input at once, the result held back, also where the scenario gates both", () => {
    for (const gated of [false, true])
      expect(globalsOf(bootOf("late", { gated }))).toMatchObject({ toolInput: { q: 1 }, toolOutput: null });
    expect(bootOf("late").toolResult).toMatchObject({ structuredContent: { a: 1 } });
    expect(bootOf("late").record.early).toBe(true);
  });
  it("control: no result at all", () => {
    expect(bootOf("control").toolResult).toBeNull();
  });
  it("again: the second result beside the first, whose parts it takes where it leaves them out, and no other trial", () => {
    const scenario = { _meta: { m: 1 }, again: { toolOutput: { a: 2 } } };
    const { toolResult, secondResult } = bootOf("again", scenario);
    expect(toolResult).toMatchObject({ structuredContent: { a: 1 } });
    expect(secondResult).toMatchObject({ structuredContent: { a: 2 }, _meta: { m: 1 } });
    expect(bootOf("again")).not.toHaveProperty("secondResult");
    expect(bootOf("main", scenario)).not.toHaveProperty("secondResult");
    expect(bootOf("outage", scenario)).not.toHaveProperty("secondResult");
  });
  it("stream: parts of the input, the rest held back", () => {
    const boot = bootOf("stream", { toolInput: { q: "lark", rows: [1, 2, 3, 4] } });
    expect(globalsOf(boot)).toMatchObject({ toolInput: null, toolOutput: null });
    expect(boot.stream).toEqual([{}, { q: "la" }, { q: "lark", rows: [1, 2] }]);
    expect(boot.toolResult).toMatchObject({ structuredContent: { a: 1 } });
    expect(bootOf("stream", { stream: [{ q: "l" }] }).stream).toEqual([{ q: "l" }]);
    expect(bootOf("main", { stream: [{ q: "l" }] })).not.toHaveProperty("stream");
  });
  it("cancelled: the input, and no result", () => {
    expect(globalsOf(bootOf("cancelled"))).toMatchObject({ toolInput: { q: 1 }, toolOutput: null });
    expect(bootOf("cancelled").toolResult).toBeNull();
  });
  it("resize: the other theme, and fullscreen where there is one, unless the scenario says", () => {
    const changed = (context: Scenario["context"] = {}, resize?: Scenario["resize"]) =>
      changedState(bootOf("resize", { context }), resize);
    expect(changed()).toEqual({ theme: "dark", displayMode: "fullscreen" });
    expect(changed({ theme: "dark", displayMode: "fullscreen" })).toEqual({
      theme: "light",
      displayMode: "inline",
      width: NARROW_PX,
    });
    expect(changed({}, { width: 500 })).toEqual({ width: 500 });
  });
  it("dark and narrow: as the main one, in other circumstances", () => {
    expect(bootOf("dark").state.theme).toBe("dark");
    expect(bootOf("narrow").state.width).toBe(NARROW_PX);
    expect(globalsOf(bootOf("main"))).toMatchObject({ toolOutput: { a: 1 } });
  });
  it("steps are the main trial's, and those of theme and width", () => {
    const job = jobOf(PLAIN, { steps: [{ click: "text=Go" }] });
    const steps = (trial: TrialName) => jobOfTrial(job, trial).scenario.steps?.length ?? 0;
    expect(TRIALS.map(steps)).toEqual([1, 0, 0, 1, 1, 0]);
  });
  it("what is pressed is pressed in a trial of its own, or, without trials, in the one rendering", () => {
    const job = { ...jobOf(), explore };
    const pressing = (asked: Job) => TRIALS.filter((trial) => jobOfTrial(asked, trial).explore);
    expect(pressing({ ...job, trials: ALL })).toEqual(["pressed"]);
    expect(pressing(job)).toEqual(["main", "pressed"]);
  });
});

const shown = (text: string): Shown => ({ text, pictures: [], waiting: false });

function rawOf(text: string, more: Partial<RawLog> = {}): RawLog {
  const probe = { visibleElements: 1, textLength: 1, width: 1, height: 1, title: "", hints: [], shown: shown(text) };
  return rawLog({ document: { ...rawLog().document, probe }, ...more });
}

const before = (text: string): Pick<RawLog, "acts"> => ({ acts: { ...rawLog().acts, before: shown(text) } });

/** Renders nothing: the texts are those that the trials would show, round by round. */
function renderer(texts: Readonly<Partial<Record<TrialName, readonly RawLog[]>>>) {
  const wishes: TrialWish[] = [];
  const render = (wish: TrialWish): Promise<Rendering> => {
    const round = wishes.filter(({ trial }) => trial === wish.trial).length;
    wishes.push(wish);
    const raw = texts[wish.trial]?.[round] ?? rawOf("?");
    const context = joinContext();
    const evidence = { artifacts: evidenceOf(raw, context) } as Rendering["evidence"];
    return Promise.resolve({ evidence, raw, context });
  };
  return { wishes, render };
}

describe("rendering them", () => {
  it("one rendering where no trials are asked for", async () => {
    const { wishes, render } = renderer({ main: [rawOf("A")] });
    const { evidence, trials } = await renderTrials(jobOf(), render);
    expect(wishes).toEqual([{ trial: "main", looks: false }]);
    expect([evidence.artifacts.trials, trials]).toEqual([undefined, undefined]);
  });
  it("the control is what a late rendering showed before its result came", async () => {
    const { wishes, render } = renderer({ main: [rawOf("A")], late: [rawOf("A", before("Loading"))] });
    const { evidence } = await renderTrials({ ...jobOf(), trials: ALL }, render);
    expect(wishes.map(({ trial }) => trial)).toEqual(["main", "late"]);
    const { trials } = evidence.artifacts;
    if (trials?.status !== "ok") throw new Error("no trials");
    expect(trials.value.renderings.map(({ trial, shown: seen }) => [trial, seen?.text])).toEqual([
      ["main", "A"],
      ["late", "A"],
      ["control", "Loading"],
    ]);
  });
  const given = { given: { ...rawLog().given, result: { carries: true, words: "orders lark" } } };
  it("main and late again where late lacks something of the result, each with time to make it good", async () => {
    const { wishes, render } = renderer({
      main: [rawOf("Orders 1", given), rawOf("Orders 2", given)],
      late: [rawOf("Loading", before("Loading")), rawOf("Orders", before("Loading"))],
    });
    const { trials = [] } = await renderTrials({ ...jobOf(), trials: ALL }, render);
    expect(trials.map(({ trial, round }) => [trial, round])).toEqual([
      ["late", 0],
      ["main", 1],
      ["late", 1],
    ]);
    const [mainAgain, lateAgain] = wishes.slice(2).map(({ until }) => until);
    expect([mainAgain?.(shown("Orders")), mainAgain?.(shown("Loading"))]).toEqual([false, true]);
    expect([lateAgain?.(shown("Loading")), lateAgain?.(shown("Orders 7"))]).toEqual([false, true]);
  });
  it("not where a clock alone differs", async () => {
    const { wishes, render } = renderer({
      main: [rawOf("Orders 12:01", given)],
      late: [rawOf("Orders 12:02", before("12:01"))],
    });
    await renderTrials({ ...jobOf(), trials: ALL }, render);
    expect(wishes).toHaveLength(2);
  });
  it("with steps, the main rendering is looked at before them", async () => {
    const main = rawOf("A and pressed", before("A"));
    const { wishes, render } = renderer({ main: [main], late: [rawOf("A", before(""))] });
    await renderTrials({ ...jobOf(PLAIN, { steps: [{ click: "text=Go" }] }), trials: ALL }, render);
    expect(wishes).toHaveLength(2);
    expect(wishes[0]?.looks).toBe(true);
  });
});

describe("pressing", () => {
  const asked: Job = { ...jobOf(), explore, trials: { names: ["main", "pressed"], looks: true } };
  const mainWith = (pressable?: number) => {
    const raw = rawOf("A");
    return pressable === undefined ? raw : { ...raw, acts: { ...raw.acts, pressable } };
  };
  const tried = (exploringEnded?: "gone"): RawLog => {
    const acts = { ...rawLog().acts, explored: [{ target: "pressing a", outcome: "pressed" as const }] };
    return rawOf("A", { acts: exploringEnded ? { ...acts, exploringEnded } : acts });
  };
  const stateOf = ({ evidence }: Rendering) => {
    const { trials } = evidence.artifacts;
    return trials?.status === "ok" ? trials.value.states.find(({ trial }) => trial === "pressed") : undefined;
  };
  it("not where nothing can be pressed, or that could not be told", async () => {
    for (const [count, because] of [
      [0, "nothing-to-press"],
      [undefined, "not-seen"],
    ] as const) {
      const { wishes, render } = renderer({ main: [mainWith(count)] });
      expect(stateOf(await renderTrials(asked, render))).toMatchObject({ outcome: "not-run", because });
      expect(wishes).toEqual([{ trial: "main", looks: false, countsTargets: true }]);
    }
  });
  it("once, where the widget stays", async () => {
    const { wishes, render } = renderer({ main: [mainWith(2)], pressed: [tried()] });
    expect(stateOf(await renderTrials(asked, render))).toMatchObject({ outcome: "ran" });
    expect(wishes.map(({ trial }) => trial)).toEqual(["main", "pressed"]);
  });
  it("once more, for the rest, where it was gone", async () => {
    const { wishes, render } = renderer({ main: [mainWith(2)], pressed: [tried("gone"), tried("gone")] });
    const { trials = [] } = await renderTrials(asked, render);
    expect(wishes.slice(1).map(({ skip }) => skip)).toEqual([undefined, ["pressing a"]]);
    expect(trials.map(({ trial, round }) => [trial, round])).toEqual([
      ["pressed", 0],
      ["pressed", 1],
    ]);
  });
});

describe("mounted again", () => {
  const asked: Job = { ...jobOf(), trials: { names: ["main", "reload"], looks: true } };
  const run = async (kept: Partial<Rendering>) => {
    const wishes: TrialWish[] = [];
    const { render } = renderer({});
    const { evidence, trials = [] } = await renderTrials(asked, async (wish) => {
      wishes.push(wish);
      return { ...(await render(wish)), ...(wish.trial === "main" ? kept : {}) };
    });
    const joined = evidence.artifacts.trials;
    return { wishes, trials, states: joined?.status === "ok" ? joined.value.states : [] };
  };
  it("with the state that it kept last", async () => {
    const { wishes, trials } = await run({ keptState: { tab: 2 } });
    expect(wishes).toMatchObject([{ trial: "main" }, { trial: "reload", keptState: { tab: 2 } }]);
    expect(trials.map(({ trial }) => trial)).toEqual(["reload"]);
  });
  it("also where that is null, and not where it kept none", async () => {
    expect((await run({ keptState: null })).wishes).toHaveLength(2);
    const { wishes, states } = await run({});
    expect(wishes).toHaveLength(1);
    expect(states).toContainEqual({ trial: "reload", outcome: "not-run", because: "no-state" });
  });
});

describe("the join", () => {
  const states = trialStatesOf(jobOf(), ALL);
  const join = (raws: readonly (readonly [TrialName, RawLog])[], html = PLAIN) => {
    const context = { ...joinContext(), document: { name: "w.html", html, sourceMaps: [] } };
    const trials = raws.map(([trial, raw]) => ({ trial, round: 0 as const, raw, artifacts: evidenceOf(raw, context) }));
    const joined = evidenceOfTrials(states, trials, context);
    if (joined.status !== "ok") throw new Error("not joined");
    return joined.value;
  };
  it("a trial whose document could not be looked at was not seen", () => {
    const value = join([
      ["main", rawOf("A")],
      ["late", rawLog(before("B"))],
    ]);
    expect(value.states).toContainEqual({ trial: "late", outcome: "not-run", because: "not-seen" });
    expect(value.states).toContainEqual({ trial: "control", outcome: "ran" });
  });
  it("parts of the input, too, and whether the tool failed is always said", () => {
    const main = (more?: Parameters<typeof rawOf>[1]) => rawOf("main at last", more);
    const stream = rawOf("stream at last", before("parts"));
    const rested: RawLog = { ...stream, document: { ...stream.document, rest: shown("stream at rest") } };
    const seen = (of: RawLog) =>
      join([
        ["main", of],
        ["stream", rested],
      ]);
    const textOf = ({ renderings }: ReturnType<typeof seen>) =>
      renderings.find(({ trial }) => trial === "stream")?.shown?.text;
    expect(textOf(seen(main()))).toBe("stream at last");
    expect(textOf(seen(main(before("main before"))))).toBe("stream at rest");
    expect(seen(main()).isError).toBe(false);
    const failing = main();
    expect(seen({ ...failing, given: { ...failing.given, isError: true } }).isError).toBe(true);
  });
  it("main and late are compared at the same moment: at last, or at rest where main has steps", () => {
    const lived = (raw: RawLog, text: string): RawLog => ({ ...raw, document: { ...raw.document, rest: shown(text) } });
    const seen = (main: RawLog) =>
      join([
        ["main", lived(main, "main at rest")],
        ["late", lived(rawOf("late at last", before("none")), "late at rest")],
      ]).renderings.map(({ trial, shown: at, atRest }) => [trial, at?.text, atRest?.text]);
    const control = ["control", "none", undefined];
    expect(seen(rawOf("main at last"))).toEqual([
      ["main", "main at last", "main at rest"],
      ["late", "late at last", undefined],
      control,
    ]);
    expect(seen(rawOf("main at last", before("main before")))).toEqual([
      ["main", "main before", "main before"],
      ["late", "late at rest", undefined],
      control,
    ]);
  });
  it("what a late rendering showed when its result came, and at rest after that", () => {
    const acts = { ...before("none").acts, held: shown("no longer waiting"), after: shown("late at rest") };
    const seen = (main: RawLog) =>
      join([
        ["main", main],
        ["late", rawOf("late at last", { acts })],
      ]).renderings.map(({ trial, shown: at, atRest }) => [trial, at?.text, atRest?.text]);
    const control = ["control", "none", undefined];
    expect(seen(rawOf("main"))).toEqual([
      ["main", "main", undefined],
      ["late", "late at last", "no longer waiting"],
      control,
    ]);
    expect(seen(rawOf("main", before("main before")))[1]).toEqual(["late", "late at rest", "no longer waiting"]);
  });
  it("a late rendering that had no time to show its result did not come to rest", () => {
    const endedOf = (acts: Partial<RawLog["acts"]>) =>
      join([
        ["main", rawOf("main")],
        ["late", rawOf("late", { acts: { ...before("none").acts, ...acts } })],
      ]).renderings.map(({ ended }) => ended);
    expect(endedOf({ held: shown("none"), after: shown("late") })).toEqual(["settled", "settled", "settled"]);
    expect(endedOf({ held: shown("none") })).toEqual(["settled", "time-limit", "settled"]);
    expect(endedOf({}), "as older logs are").toEqual(["settled", "settled", "settled"]);
  });
  it("a second result: what was shown before and after it, and its words that the first has not", () => {
    const second = { ...rawLog().given, result: { carries: true, words: "great hall" }, secondWords: "great barn" };
    const value = join([
      ["main", rawOf("A")],
      ["again", rawOf("Great Barn", { ...before("Great Hall"), given: second })],
    ]);
    const { shown: after, atRest } = value.renderings.find(({ trial }) => trial === "again") ?? {};
    expect([atRest?.text, after?.text, value.secondWords]).toEqual(["Great Hall", "Great Barn", ["barn"]]);
    expect(join([["again", rawOf("A", before("A"))]])).not.toHaveProperty("secondWords");
  });
  it("handlers of the result have a line", () => {
    const { sites } = join([["main", rawOf("A")]], `<script>\n  app.ontoolresult = draw;\n</script>`);
    expect(sites.handlers).toMatchObject([{ url: "w.html", line: 2, column: 7 }]);
  });
});

it("trials share what a server answers: the n-th call of one is the n-th call of another", async () => {
  let calls = 0;
  const port = sharedAnswers({
    callTool: () => Promise.resolve(++calls),
    listTools: () => Promise.resolve({}),
    readResource: () => Promise.resolve({}),
    listResources: () => Promise.resolve({}),
  });
  const [one, other] = [port(), port()];
  expect(await Promise.all([one.callTool("t", {}), one.callTool("t", {}), other.callTool("t", {})])).toEqual([1, 2, 1]);
  expect(await other.callTool("t", { a: 1 })).toBe(3);
});

describe("a tool that is called while exploring", () => {
  const tools = [
    { name: "rows", annotations: { readOnlyHint: true } },
    { name: "book", annotations: { readOnlyHint: false } },
    { name: "pay" },
  ];
  const server: NonNullable<Widget["server"]> = {
    callTool: (name) => Promise.resolve(`${name} of the server`),
    listTools: () => Promise.resolve({ tools }),
    readResource: () => Promise.resolve({}),
    listResources: () => Promise.resolve({}),
  };
  const { widget } = jobOf();
  const port = exploringPort({ widget: { ...widget, server }, scenario: { name: "default", tools: { pay: "paid" } } });
  it("reaches the server where it says that it only reads, or where the server itself refuses it", async () => {
    expect(await port.callTool("rows", {})).toBe("rows of the server");
    expect(await port.callTool("unknown", {})).toBe("unknown of the server");
  });
  it("is answered by the scenario, else refused", async () => {
    expect(await port.callTool("pay", {})).toBe("paid");
    await expect(port.callTool("book", {})).rejects.toMatchObject({ refusal: "exploring" });
  });
  it("shares what other trials were answered, and no other trial is given its answers", async () => {
    const ports = sharedAnswers(server, port);
    const [main, pressed, late] = [ports("main"), ports("pressed"), ports("late")];
    expect(await main.callTool("book", {})).toBe("book of the server");
    expect(await pressed.callTool("book", {})).toBe("book of the server");
    await expect(pressed.callTool("book", {})).rejects.toMatchObject({ refusal: "exploring" });
    expect([await late.callTool("book", {}), await late.callTool("book", {})]).toEqual([
      "book of the server",
      "book of the server",
    ]);
  });
});
