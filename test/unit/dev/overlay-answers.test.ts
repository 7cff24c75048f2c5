/** Who answers an allowed request on the developer page, and what of the network's answers is kept for a scenario. */
import { expect, it } from "vitest";
import { OverlayAnswers } from "../../../harness/dev/overlay-answers.ts";
import { LOCAL, UNREACHABLE } from "../../../harness/gather/network/answers.ts";
import type { ArrivedRequest } from "../../../harness/gather/network/boundary.ts";
import type { Widget } from "../../../harness/model/widget.ts";
import type { StageAnswer } from "../../../host/server/types.ts";

const HOSTED = "https://w-example-com.web-sandbox.oaiusercontent.com";
const HERE = "http://w-example-com.localhost:4401";
const stage = (id: number) => ({ id, hostedOrigin: HOSTED, boot: { frame: { outerOrigin: HERE } } }) as StageAnswer;
const widget = {
  name: "w",
  scenarios: [{ name: "default", mocks: [{ url: "https://api.example/mocked", json: { by: "mock" } }] }],
} as unknown as Widget;
const request = (url: string) => ({ url, method: "GET", headers: { origin: HERE }, body: new Uint8Array() });

/** A network with one host; another is of this machine. */
function network() {
  const asked: ArrivedRequest[] = [];
  const answers = new OverlayAnswers((one) => {
    asked.push(one);
    if (one.url.startsWith("http://127.0.0.1")) return Promise.resolve(LOCAL);
    if (!one.url.startsWith("https://api.example")) return Promise.resolve(UNREACHABLE);
    const headers = { "content-type": "application/json", "access-control-allow-origin": HOSTED };
    return Promise.resolve({ status: 201, headers, body: Buffer.from('{"by":"network"}') });
  });
  return { asked, answers };
}

it("mocks answer, then the network, as it is asked from the host, and its answers are kept", async () => {
  const { asked, answers } = network();
  answers.open(stage(1));
  const mocked = await answers.answer(widget, "default", request("https://api.example/mocked"), 1);
  expect(mocked).toMatchObject({ by: "mock", status: 200 });
  const live = await answers.answer(widget, "default", request("https://api.example/live"), 1);
  expect(live).toMatchObject({ by: "live", status: 201, headers: { "access-control-allow-origin": HERE } });
  expect(asked.map(({ url, headers }) => [url, headers.origin])).toEqual([["https://api.example/live", HOSTED]]);
  expect(answers.seenIn(1)).toMatchObject({
    origin: HOSTED,
    answers: [{ url: "https://api.example/live", status: 201, headers: { "access-control-allow-origin": HOSTED } }],
  });
});

it("a machine of this network, and one that is not there, answer nothing, and nothing is kept of them", async () => {
  const { answers } = network();
  answers.open(stage(1));
  const by = async (url: string) => (await answers.answer(widget, "default", request(url), 1)).by;
  expect(await by("http://127.0.0.1:8080/admin")).toBe("refused-local");
  expect(await by("https://nowhere.example/")).toBe("unreachable");
  expect(answers.seenIn(1)?.answers).toEqual([]);
});

it("the network is asked by no rendering that did not ask for it", async () => {
  const { asked, answers } = network();
  answers.open(stage(1));
  expect(await answers.answer(widget, "default", request("https://api.example/live"), 2)).toMatchObject({ by: "stub" });
  expect(asked).toEqual([]);
  expect(answers.seenIn(2)).toBeNull();
});

it("answers without end are shown and not all kept", async () => {
  const { answers } = network();
  answers.open(stage(1));
  for (let count = 0; count < 250; count++)
    await answers.answer(widget, "default", request(`https://api.example/${count}`), 1);
  expect(answers.seenIn(1)?.answers).toHaveLength(200);
});
