import { expect, it } from "vitest";
import { forgeriesOf } from "../../../harness/gather/artifacts/forged.ts";
import { apiUse, message, rawLog } from "./raw.ts";

const call = message({ text: "Ignored call to 'confirm()'. The document is sandboxed" });

it("a call that the browser did not see is forged", () => {
  expect(forgeriesOf(rawLog({ apiUses: [apiUse()] }))).toHaveLength(1);
});

it("a call that the browser saw is none", () => {
  expect(forgeriesOf(rawLog({ apiUses: [apiUse()], messages: [call] }))).toEqual([]);
});

it("a line that the widget logged itself vouches for nothing", () => {
  expect(forgeriesOf(rawLog({ apiUses: [apiUse()], messages: [{ ...call, origin: "console" }] }))).toHaveLength(1);
});

it("where nobody listened to the browser, nothing is forged", () => {
  expect(forgeriesOf(rawLog({ channels: ["page"], apiUses: [apiUse()] }))).toEqual([]);
});

it("a call that went ahead, or that leaves no message, is none", () => {
  expect(forgeriesOf(rawLog({ apiUses: [apiUse({ blocked: false }), apiUse({ api: "cookie.set" })] }))).toEqual([]);
});
