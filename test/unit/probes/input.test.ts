/** How calls with wrong arguments end, and what is made of it. */
import { expect, it } from "vitest";
import { probeInputs } from "../../../harness/probes/input.ts";
import type { Ask } from "../../../harness/model/server-record.ts";
import { callOf, toolOf, toolsOf } from "../checks/server-make.ts";

const cut = new Error("fetch failed");
const probed = (ask: Ask) =>
  probeInputs(
    ask,
    { tools: toolsOf(toolOf()), calls: [callOf()] },
    { allowCalls: false, validArguments: () => Promise.resolve({}) },
  );

it("a server that is gone after a call was ended by it", async () => {
  const { outcomes } = await probed(() => Promise.reject(cut));
  expect(outcomes.map(({ ended }) => ended)).toEqual(["crash"]);
});

it("a server that cuts the connection, and answers the next request, was not", async () => {
  const notFound = Object.assign(new Error("not found"), { code: -32002 });
  const { outcomes } = await probed((method) => Promise.reject(method === "tools/call" ? cut : notFound));
  expect(outcomes.length).toBeGreaterThan(3);
  expect(new Set(outcomes.map(({ ended }) => ended))).toEqual(new Set(["refused"]));
});
