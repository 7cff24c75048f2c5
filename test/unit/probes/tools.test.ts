/** Which tools are asked what nobody asked for. */
import { expect, it } from "vitest";
import { refusalToProbe } from "../../../harness/probes/tools.ts";

const READS = { readOnlyHint: true };
const refusal = (name: string, annotations: object, allowCalls = false) =>
  refusalToProbe({ name, entry: { name, annotations } }, allowCalls);

it.each([
  ["show_weather", READS, null],
  ["remove_background", READS, null],
  ["purchase_history", READS, null],
  ["create_chart", READS, null],
  ["delete_account", READS, "named-otherwise"],
  ["deleteAccount", READS, "named-otherwise"],
  ["deletes_account", READS, "named-otherwise"],
  ["publishes_post", READS, "named-otherwise"],
  ["purges", READS, "named-otherwise"],
  ["send_invoice", READS, "named-otherwise"],
  ["pay", READS, "named-otherwise"],
  ["show_weather", { ...READS, destructiveHint: true }, "destructive"],
  ["show_weather", {}, "not-read-only"],
])("%s with %o: %s", (name, annotations, expected) => {
  expect(refusal(name, annotations)).toBe(expected);
});

it("calls that are allowed are made, but of what says that it destroys", () => {
  expect(refusal("delete_account", READS, true)).toBeNull();
  expect(refusal("show_weather", {}, true)).toBeNull();
  expect(refusal("show_weather", { destructiveHint: true }, true)).toBe("destructive");
});
