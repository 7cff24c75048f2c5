/** API uses, console, props and document: what of the raw log they take. */
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import type { Gathered } from "../../../harness/model/evidence.ts";
import type { RawLog, RawPlace } from "../../../harness/model/raw-log.ts";
import { apiUse, arrival, joinContext, message, place, rawLog } from "./raw.ts";

const HTML = `<script>\nconfirm("x")\n</script>`;
const SCRIPTS = { "1": { offset: 8, length: 14, inline: true } };

function value<T>(gathered: Gathered<T>): T {
  if (gathered.status === "failed") throw new Error(gathered.error.message);
  return gathered.value;
}
const joined = (log: Partial<RawLog>) => evidenceOf(rawLog({ scripts: SCRIPTS, ...log }), joinContext(HTML));
const uses = (log: Partial<RawLog>) => value(joined(log).apiUses);

describe("API uses", () => {
  const native = message({
    text: "Ignored call to 'confirm()'. The document is sandboxed",
    place: place(1, 0, { script: "1" }),
  });

  it("the browser's word and the page's of one call are one use", () =>
    expect(uses({ messages: [native], apiUses: [apiUse({ places: [place(1)] })] })).toMatchObject([
      { api: "confirm", channel: "log", channels: ["log", "page"], returned: "false", where: { line: 2 } },
    ]));
  it("of two lines are two", () =>
    expect(
      uses({
        messages: [{ ...native, place: { url: "https://cdn.example/a.js", line: 9, column: 0 } }],
        apiUses: [apiUse({ places: [place(1)] })],
      }),
    ).toHaveLength(2));
  it("what only the page says is its word alone", () =>
    expect(uses({ apiUses: [apiUse({ api: "cookie.set", blocked: false })] })).toMatchObject([
      { api: "cookie.set", channel: "page", channels: ["page"], blocked: false },
    ]));
  it.each([
    ["Blocked opening 'https://b.example/' in a new window", "window.open", "null"],
    ["Download is disallowed. The frame", "download", "nothing"],
    ["Unsafe attempt to initiate navigation for frame", "top.location", "SecurityError"],
    ["[Violation] Permissions policy violation: camera is not allowed in this document.", "getUserMedia", "rejected"],
    ["Permissions policy violation: midi is not allowed in this document.", "midi", "rejected"],
    ["requestStorageAccess: Request denied because the sandbox", "requestStorageAccess", "NotAllowedError"],
    ["Blocked form submission to ''", "form.submit", "nothing"],
    ["Ignored call to 'prompt()'.", "prompt", "null"],
  ])("%s", (text, api, returned) => expect(uses({ messages: [message({ text })] })).toMatchObject([{ api, returned }]));
  it("a line that the widget wrote, or of a framed page, is no word of the browser on it", () => {
    expect(uses({ messages: [{ ...native, origin: "console" }] })).toEqual([]);
    expect(uses({ messages: [{ ...native, role: "framed" }] })).toEqual([]);
    expect(uses({ messages: [message({ text: "Something else" })] })).toEqual([]);
  });
  it("a download is told once", () => {
    const downloads = [{ channel: "page-event", url: "blob:x", count: 1 }] as const;
    expect(uses({ downloads })).toMatchObject([{ api: "download", channel: "page-event" }]);
    expect(uses({ downloads, messages: [message({ text: "Download is disallowed." })] })).toHaveLength(1);
  });
  it("that of a link stands where the link's address does", () => {
    const html = `<p>Orders</p>\n<a download href="data:text/csv,a">Export</a>`;
    const downloads = [{ channel: "page-event", url: "data:text/csv,a", count: 1 }] as const;
    const messages = [message({ text: "Download is disallowed." })];
    const of = (log: Partial<RawLog>) => value(evidenceOf(rawLog({ downloads, ...log }), joinContext(html)).apiUses);
    expect(of({})).toMatchObject([{ where: { line: 2 } }]);
    expect(of({ messages })).toMatchObject([{ where: { line: 2 } }]);
  });
  it("a worker's stays a worker's", () =>
    expect(uses({ messages: [{ ...native, role: "worker" }] })).toMatchObject([{ initiator: "worker" }]));
});

describe("console", () => {
  it("levels are named alike, and what is not the widget's is left out", () => {
    const levels = ["assert", "warn", "verbose", "table"].map((level) => message({ level, text: level }));
    const others = [message({ role: "framed" }), message({ role: "top" })];
    expect(value(joined({ messages: [...levels, ...others] }).console).map(({ level }) => level)).toEqual([
      "error",
      "warning",
      "log",
      "log",
    ]);
  });
});

describe("props", () => {
  const given = {
    ...rawLog().given,
    leaves: [
      { path: "$.a", bytes: 1 },
      { path: "$.b", bytes: 2 },
    ],
  };
  const bridge = { ...rawLog().bridge, reads: { fields: [{ path: "$.a", state: "read" as const }], opaque: [] } };

  it("every leaf is read or not", () =>
    expect(value(joined({ given, bridge }).props).reads?.fields).toEqual([
      { path: "$.a", state: "read", bytes: 1 },
      { path: "$.b", state: "unread", bytes: 2 },
    ]));
  it("reads that nobody saw are not told", () => {
    expect(value(joined({ given }).props).reads).toBeNull();
    expect(value(joined({ bridge }).props).reads).toBeNull();
    expect(value(joined({ given, bridge: { ...bridge, handshake: "initialized" } }).props).reads).toBeNull();
  });
});

describe("document", () => {
  it("one that could not be looked at shows nothing", () =>
    expect(value(joined({}).document)).toMatchObject({ visibleElements: 0, title: "", hints: [] }));
  it("counts who answered, and says what was dropped", () =>
    expect(
      value(joined({ arrivals: [arrival("a:"), arrival("b:")], dropped: { requests: 2 }, limit: 5 }).document),
    ).toMatchObject({ answers: { stub: 2 }, caps: [{ kind: "request", dropped: 2, limit: 5 }] }));
  it("tells how it was left, and what is scheduled", () => {
    const left = { url: "https://b.example/", how: "reload" };
    const refresh = { url: "https://b.example/", seconds: 5 };
    expect(value(joined({ departure: left, refresh }).document)).toMatchObject({ left, refresh });
    expect(value(joined({}).document)).not.toHaveProperty("left");
  });
  it("names the step that failed, and the time that exploring had", () => {
    const failed = { step: "click #go", error: "no" };
    const acts = { steps: [], failed, explored: [], exploringStoppedAfterMs: 6000 };
    expect(value(joined({ acts }).document)).toMatchObject({ stepFailure: failed, exploringStoppedAfterMs: 6000 });
    expect(value(joined({}).document)).not.toHaveProperty("stepFailure");
  });
});

it("a console line that has no place keeps the moment at which it came, and what was pressed", () => {
  const lines = (log: Partial<RawLog>) => value(joined(log).console);
  const unplaced = message({ text: "x", livedMs: 700, pressed: "pressing it" });
  expect(lines({ messages: [unplaced] })).toMatchObject([{ text: "x", pressed: "pressing it", afterMs: 700 }]);
});

describe("who sent a message", () => {
  const html = `<script>
class App{async callServerTool(n){return await this.request({method:"tools/call",params:n})}}
const app = new App(); const longEnoughThatTheDefinitionAboveIsFarFromHere = true;
async function load() { await app.callServerTool({ name: "orders" }); }
</script>`;
  const offset = "<script>".length;
  const scripts = { "1": { offset, length: html.indexOf("</script>") - offset, inline: true } };
  const senderOf = (places: readonly RawPlace[]) => {
    const bridge = { ...rawLog().bridge, senders: [{ method: "tools/call", places }] };
    return value(evidenceOf(rawLog({ scripts, bridge }), joinContext(html)).bridge).senders?.[0]?.where.line;
  };
  const inside = place(1, 50);
  it("is who called the SDK's own method", () => expect(senderOf([inside, place(3, 34)])).toBe(4));
  it("or where the message is named", () => expect(senderOf([inside])).toBe(2));
});
