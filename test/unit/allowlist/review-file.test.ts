/** The agreed file: stable, small in a diff, and strict about what changes. */
import { expect, test } from "vitest";
import { allowlistOf, compareReviewFile, toReviewFile } from "../../../harness/allowlist/index.ts";
import type { NetworkAttempt } from "../../../harness/model/evidence.ts";
import type { CspDeclaration } from "../../../host/profiles/types.ts";
import { asked, blocked, declare, evidence } from "./make.ts";

const A = "https://a.example-host.com";
const B = "https://b.example-host.com";
const list = (
  network: readonly NetworkAttempt[],
  declaration: CspDeclaration = declare({ connect: [A] }),
  name = "w",
) =>
  allowlistOf({
    widget: { name, declaration, serverOrigin: null },
    observed: [evidence({ declaration, network }, "first")],
  });

interface ReviewFile {
  readonly widgets: Readonly<Record<string, { readonly origins: readonly { approved: boolean; firstSeen: string }[] }>>;
}
const read = (text: string): ReviewFile => JSON.parse(text) as ReviewFile;

test("it does not depend on the order of requests, on counts or on lines", async () => {
  const one = await list([asked(`${A}/x`), blocked(`${B}/i.png`, "image", { count: 3, where: { url: "w", line: 3 } })]);
  const two = await list([
    blocked(`${B}/j.png`, "image", { where: { url: "w", line: 9 } }),
    asked(`${A}/y`, "fetch", { count: 7 }),
  ]);
  expect(toReviewFile([two])).toBe(toReviewFile([one]));
  expect(read(toReviewFile([one])).widgets.w?.origins).toEqual([
    { origin: A, lists: ["connect"], why: "fetch", firstSeen: "first", approved: false },
    { origin: B, lists: ["resource"], why: "image", firstSeen: "first", approved: false },
  ]);
  expect(compareReviewFile(toReviewFile([one]), [two])).toEqual({ changes: [], fails: false, needsReview: false });
});

test("approvals and first sightings are kept; other widgets stay", async () => {
  const before = toReviewFile([await list([asked(`${A}/x`)]), await list([], declare({}), "other")])
    .replace('"approved": false', '"approved": true')
    .replace('"firstSeen": "first"', '"firstSeen": "older"');
  const after = read(toReviewFile([await list([asked(`${A}/x`), asked(`${B}/x`)])], before));
  expect(after.widgets.w?.origins.map((entry) => [entry.approved, entry.firstSeen])).toEqual([
    [true, "older"],
    [false, "first"],
  ]);
  expect(Object.keys(after.widgets)).toEqual(["other", "w"]);
});

test("a new, a vanished and a widened domain fail; changed metadata needs a review", async () => {
  const file = toReviewFile([await list([asked(`${A}/x`)])]);
  const kinds = async (network: readonly NetworkAttempt[], declaration?: CspDeclaration, name?: string) => {
    const { changes, fails, needsReview } = compareReviewFile(file, [await list(network, declaration, name)]);
    return [changes.map(({ kind }) => kind), fails, needsReview];
  };
  expect(await kinds([asked(`${A}/x`), blocked(`${B}/x`)])).toEqual([["new-domain"], true, false]);
  expect(await kinds([])).toEqual([["vanished"], true, false]);
  expect(await kinds([asked(`${A}/x`), blocked(`${A}/i.png`, "image")])).toEqual([["widened"], true, false]);
  expect(await kinds([asked(`${A}/x`)], declare({ connect: [A, B] }))).toEqual([["metadata"], false, true]);
  expect(await kinds([asked(`${A}/x`)], declare({ connect: [A] }, "https://other.example"))).toEqual([
    ["metadata"],
    false,
    true,
  ]);
  expect(await kinds([], declare({}), "unknown")).toEqual([["new-widget"], true, false]);
  expect(compareReviewFile(file, [])).toEqual({ changes: [], fails: false, needsReview: false });
});

test.each([
  "{",
  "[]",
  '{"schemaVersion":2,"widgets":{}}',
  '{"schemaVersion":1,"widgets":{"w":{"origins":[{}],"metadata":{}}}}',
])("a file of another form is refused: %s", (text) => {
  expect(() => compareReviewFile(text, [])).toThrow(expect.objectContaining({ code: "BAD_CONFIG" }));
});
