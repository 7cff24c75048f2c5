import { expect, it } from "vitest";
import { answererOf, mockSource } from "../../../harness/gather/network/answers.ts";
import type { Mock } from "../../../harness/model/widget.ts";
import { SANDBOX } from "../allowlist/make.ts";
import { A, arrived, preflightRequest } from "./make.ts";

const ask = async (mocks: readonly Mock[], request = preflightRequest("POST")) => {
  const { by, answer } = await answererOf([{ by: "mock", source: await mockSource(mocks) }]).answer(request);
  return { by, status: answer?.status, allow: answer?.headers["access-control-allow-origin"] };
};

it("a mock with an error status lets its preflight through, so that the widget sees the error", async () => {
  const mocks = [{ url: "https://api.example.com/*", status: 500, json: { no: 1 } }];
  expect(await ask(mocks)).toEqual({ by: "mock", status: 204, allow: SANDBOX });
  expect(await ask(mocks, arrived({ method: "POST" }))).toMatchObject({ by: "mock", status: 500 });
});
it("a mock for OPTIONS answers the preflight", async () => {
  const options = { url: A, method: "options", status: 405 };
  expect(await ask([{ url: A, status: 500 }, options])).toMatchObject({ by: "mock", status: 405 });
});
it("a mock that keeps the origin out keeps its preflight out", async () => {
  const closed = { url: A, method: "POST", headers: { "Access-Control-Allow-Origin": "https://chatgpt.com" } };
  expect(await ask([closed])).toMatchObject({ by: "mock", status: 204, allow: "https://chatgpt.com" });
});
it("the preflight is that of the mock which answers its method", async () => {
  const get = { url: A, method: "GET", headers: { "access-control-allow-origin": "https://a.example" } };
  expect(await ask([get, { url: A }])).toMatchObject({ by: "mock", allow: SANDBOX });
  expect(await ask([get])).toMatchObject({ by: "stub", allow: SANDBOX });
});
it("an OPTIONS request of the widget's own is a request like any other", async () =>
  expect(await ask([{ url: A, status: 418 }], arrived({ method: "OPTIONS" }))).toMatchObject({ status: 418 }));
it("a stub allows a method that is not usual", async () => {
  const { answer } = await answererOf([]).answer(preflightRequest("PROPFIND"));
  expect(answer?.headers["access-control-allow-methods"]).toContain("PROPFIND");
});
