/** What the measuring widget makes of what a press brings: what was not asked for is not measured, and a busy machine tells nothing. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { Bridge } from "../../../host/probe/bridge.ts";
import { tryCalls, tryHeights } from "../../../host/probe/calls.ts";
import { presses } from "../../../host/probe/presses.ts";
import { present } from "../../expecting.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** None of these asks the host. */
function silent(): Bridge {
  vi.stubGlobal("addEventListener", () => undefined);
  return new Bridge(() => 0);
}
const press = (name: string) => present(presses.find((one) => one.name === name)).run(silent());

interface Page {
  /** How long each dialog takes, ms; the last again and again. */
  readonly takes?: readonly number[];
  readonly confirmed?: boolean;
  readonly visible?: boolean;
}

function page({ takes = [0], confirmed = false, visible = true }: Page): () => number {
  let now = 0;
  let dialogs = 0;
  const open = (value: unknown) => () => {
    now += takes[Math.min(dialogs++, takes.length - 1)] ?? 0;
    return value;
  };
  vi.stubGlobal("performance", { now: () => now });
  vi.stubGlobal("document", { visibilityState: visible ? "visible" : "hidden" });
  vi.stubGlobal("alert", open(undefined));
  vi.stubGlobal("confirm", open(confirmed));
  return () => dialogs;
}

describe("dialogs", () => {
  it.each([
    ["return at once", { takes: [0.1] }, "ignored", 2],
    ["are ignored by a machine that is busy", { takes: [40, 300, 12, 0.2] }, "ignored", 4],
    ["are answered by a person, who is asked once", { takes: [900, 1200] }, "shown", 2],
    ["are accepted", { takes: [2, 0.4], confirmed: true }, "shown", 2],
    ["are dismissed by a driver", { takes: [5, 4] }, "shown", 9],
  ] as const)("that %s", async (_what, given, said, opened) => {
    const count = page(given);
    expect(await press("dialogs")).toEqual({ alert: said, confirm: said });
    expect(count()).toBe(opened);
  });
  it("that take a time between say nothing", async () => {
    const count = page({ takes: [40, 90, 2, 7] });
    expect(await press("dialogs")).toEqual({});
    expect(count()).toBe(9);
  });
  it("of a page that nobody sees say nothing", async () => {
    const count = page({ visible: false });
    expect(await press("dialogs")).toEqual({});
    expect(count()).toBe(0);
  });
});

describe("a window", () => {
  it.each([
    ["that opens", { opens: true, before: true, after: false }, { popup: "allowed" }],
    [
      "whose handle is kept back, and that took the press",
      { opens: false, before: true, after: false },
      { popup: "allowed, without a handle" },
    ],
    ["that is refused, which leaves the press", { opens: false, before: true, after: true }, { popup: "refused" }],
    ["whose press was over", { opens: false, before: false, after: false }, {}],
    [
      "of a browser that does not tell of presses",
      { opens: false, before: undefined, after: undefined },
      { popup: "refused" },
    ],
  ])("%s", async (_what, { opens, before, after }, said) => {
    let isActive = before;
    vi.stubGlobal("navigator", {
      get userActivation() {
        return isActive === undefined ? undefined : { isActive };
      },
    });
    vi.stubGlobal("window", {
      open() {
        isActive = after;
        return opens ? { close: () => undefined } : null;
      },
    });
    expect(await press("popup")).toEqual(said);
  });
});

it("a display mode is asked for without a press, or not at all", async () => {
  const asked = async (isActive: boolean) => {
    vi.stubGlobal("navigator", { userActivation: { isActive } });
    vi.stubGlobal("window", { openai: { requestDisplayMode: () => undefined } });
    return tryCalls(silent(), false);
  };
  expect(await asked(false)).toEqual({ "requestDisplayMode without a press": "undefined" });
  expect(await asked(true)).toEqual({});
});

it("a call that its host never answers is given up, and the rest is measured", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", {});
  const unanswered = () => new Promise<never>(() => undefined);
  vi.stubGlobal("window", { openai: { callTool: unanswered, requestDisplayMode: unanswered } });
  const calls = tryCalls(silent(), false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await calls).toEqual({
    "callTool, failing": "throws: no answer",
    "requestDisplayMode without a press": "granted",
  });
});

it("a height is what the frame has at rest; while it moves, there is none", async () => {
  vi.useFakeTimers();
  let height = 100;
  let grows = false;
  vi.stubGlobal("innerHeight", 0);
  Object.defineProperty(globalThis, "innerHeight", { get: () => (grows ? ++height : height), configurable: true });
  const given = tryHeights((reported) => {
    grows = reported === 700;
    if (reported === 120) height = 198;
    if (reported === 2400) height = 2400;
  });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await given).toEqual({ "120": 198, "2400": 2400 });
});
