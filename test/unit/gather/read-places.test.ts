/** Where the browser tells no place, the text is asked, and answers only for the one place that it can be. */
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import type { StaticUse } from "../../../harness/model/evidence.ts";
import type { RawLog } from "../../../harness/model/raw-log.ts";
import { bundleOf, staticUse } from "../checks/make.ts";
import { apiUse, joinContext, rawLog, request } from "./raw.ts";

const PHOTO = "https://photos.example.net/1.jpg";
const HTML = "<!doctype html>\n<p>W</p>";
const at = (line: number) => ({ where: { url: "widget.html", line, column: 3 } });
const shown = (line: number, kind: "image" | "frame" = "image") =>
  staticUse("computed-request", "item.photo", { kind, ...at(line) });

function placesIn(log: Partial<RawLog>, uses: readonly StaticUse[]) {
  const bundle = { status: "ok", value: bundleOf({ uses: [...uses] }) } as const;
  const { network, apiUses } = evidenceOf(rawLog(log), joinContext(HTML, { bundle }));
  const records = [network, apiUses].flatMap((one) => (one.status === "ok" ? [...one.value] : []));
  return records.map(({ where }) => where?.line);
}

describe("a picture whose address came with the data", () => {
  const asked = { requests: [request(PHOTO, { kind: "image", place: null })] };
  it.each([
    ["stands where the only one is computed", [shown(7)], 7],
    ["or nowhere, of two", [shown(7), shown(9)], undefined],
    ["and not where a frame is", [shown(7, "frame")], undefined],
    ["or where nothing is known", [], undefined],
  ] as const)("%s", (_what, uses, line) => expect(placesIn(asked, uses)).toEqual([line]));
});

describe("a download that was pressed", () => {
  const pressed = { apiUses: [apiUse({ api: "download", returned: "nothing" })] };
  it("stands where the only link is", () =>
    expect(placesIn(pressed, [staticUse("download", "<a download>", at(4))])).toEqual([4]));
  it("another use stands nowhere", () =>
    expect(placesIn({ apiUses: [apiUse({ api: "alert" })] }, [staticUse("alert", "alert", at(4))])).toEqual([
      undefined,
    ]));
});
