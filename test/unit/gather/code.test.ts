/** Code that arrived: what is read of it, what is said of the rest, and the author's file behind it. */
import { expect, test } from "vitest";
import { inSource } from "../../../harness/gather/artifacts/code-maps.ts";
import { CodeStore } from "../../../harness/gather/network/arrived-code.ts";
import type { Answerer } from "../../../harness/gather/network/answers.ts";
import { withArrivedCode } from "../../../harness/gather/trial/code.ts";
import type { BundleEvidence, Gathered } from "../../../harness/model/evidence.ts";

const APP = "https://cdn.example/app.js";
const EMPTY: Gathered<BundleEvidence> = { status: "ok", value: { files: [], urls: [], uses: [] } };
const MAP = JSON.stringify({ version: 3, sources: ["webpack://app/./src/send.ts"], names: [], mappings: "AAAA" });
const nobody: Answerer = {
  answer: () => Promise.resolve({ by: "stub", answer: { status: 200, headers: {}, body: "{}" } }),
};
const readCode = ({ name, code }: { name: string; code: string }) =>
  Promise.resolve({ files: [{ name, bytes: code.length, parsed: true }], urls: [], uses: [] });
const script = (code: string, name = APP) => ({ name, code, language: "script" as const });
const filesOf = (bundle: Gathered<BundleEvidence>) => (bundle.status === "ok" ? bundle.value.files : []);

test("what arrived stands beside the document", async () => {
  const { bundle, codeMaps } = await withArrivedCode(EMPTY, [script("a()")], { readCode, answerer: nobody });
  expect(filesOf(bundle)).toEqual([{ name: APP, bytes: 3, parsed: true }]);
  expect(codeMaps).toBeUndefined();
});

test("what cannot be read is said", async () => {
  const failing = () => Promise.reject(new Error("SIGSEGV"));
  const { bundle } = await withArrivedCode(EMPTY, [script("a()")], { readCode: failing, answerer: nobody });
  expect(filesOf(bundle)).toEqual([{ name: APP, bytes: 3, parsed: false, problem: "SIGSEGV", unread: true }]);
});

test("what is too long is not read, and said", async () => {
  const { bundle } = await withArrivedCode(EMPTY, [script("a".repeat(9_000_000))], { readCode, answerer: nobody });
  expect(filesOf(bundle)).toMatchObject([{ parsed: false, problem: "too long", unread: true }]);
});

test("a source map: inlined, or answered where the code names it", async () => {
  const inlined = `a()\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(MAP).toString("base64")}`;
  const asked: string[] = [];
  const answerer: Answerer = {
    answer: ({ url }) => {
      asked.push(url);
      return Promise.resolve({ by: "mock", answer: { status: 200, headers: {}, body: MAP } });
    },
  };
  const other = "https://cdn.example/js/other.js";
  const { codeMaps } = await withArrivedCode(
    EMPTY,
    [script(inlined), script("b()\n//# sourceMappingURL=other.js.map\n", other)],
    { readCode, answerer },
  );
  expect(codeMaps).toEqual({ [APP]: MAP, [other]: MAP });
  expect(asked).toEqual(["https://cdn.example/js/other.js.map"]);
});

test("a map that nobody has is none", async () => {
  const { codeMaps } = await withArrivedCode(EMPTY, [script("b()\n//# sourceMappingURL=b.js.map")], {
    readCode,
    answerer: nobody,
  });
  expect(codeMaps).toBeUndefined();
});

test("a place is mapped to the author's file; what is no map maps nothing", () => {
  const where = { url: APP, line: 1, column: 1 };
  expect(inSource(where, { codeMaps: { [APP]: MAP } })).toEqual({ url: APP, file: "src/send.ts", line: 1, column: 1 });
  expect(inSource(where, { codeMaps: { [APP]: "not JSON" } })).toBe(where);
  expect(inSource(where, { codeMaps: {} })).toBe(where);
});

test("made-up answers, refusals and pictures are no code", () => {
  const store = new CodeStore();
  const answer = { status: 200, headers: {}, body: "a()" };
  store.note(APP, "script", "mock", answer);
  store.note("https://cdn.example/stub.js", "script", "stub", answer);
  store.note("https://cdn.example/404.js", "script", "mock", { ...answer, status: 404 });
  store.note("https://cdn.example/a.png", "image", "mock", answer);
  store.note("https://cdn.example/a.css", "style", "recording", { ...answer, body: Buffer.from("a{}") });
  store.note("https://cdn.example/empty.js", "script", "mock", { ...answer, body: "" });
  expect(store.texts).toEqual([script("a()"), { name: "https://cdn.example/a.css", code: "a{}", language: "style" }]);
});

test("a page of a hundred modules is read whole, and a flood is said to be left", async () => {
  const modules = (count: number) => Array.from({ length: count }, (_, index) => script("a()", `${APP}?${index}`));
  const unread = async (count: number) => {
    const { bundle } = await withArrivedCode(EMPTY, modules(count), { readCode, answerer: nobody });
    return filesOf(bundle).filter((file) => file.unread).length;
  };
  expect(await unread(100)).toBe(0);
  expect(await unread(401)).toBe(1);
});
