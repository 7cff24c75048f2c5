/** What `--only` and `--skip` leave to be asked of a server. */
import { expect, it } from "vitest";
import { chosenOf } from "../../../harness/commands/chosen.ts";

const CALLING = ["tools/input-validation", "tools/prompt-injection"];

it("wrong arguments are sent for the checks that are about them, and for no other", () => {
  expect(chosenOf({ only: ["tools"] }).artifacts.has("probes")).toBe(true);
  for (const name of CALLING) expect(chosenOf({ only: [name] }).artifacts.has("probes"), name).toBe(true);
  expect(chosenOf({ only: ["tools"], skip: CALLING }).artifacts.has("probes")).toBe(false);
  expect(chosenOf({ skip: CALLING }).artifacts.has("probes")).toBe(false);
  expect(chosenOf({ only: ["tools/response-minimisation"] }).artifacts.has("calls")).toBe(true);
});
