/** What a live call leaves: mocks that answer as it was answered, files beside them, nothing secret. */
import { describe, expect, it } from "vitest";
import { recordedScenario, type SeenAnswer } from "../../../harness/config/recorded.ts";
import { checkShape } from "../../../harness/config/problems.ts";
import { scenarioSchema } from "../../../harness/config/scenario.ts";

const SANDBOX = "https://w.web-sandbox.oaiusercontent.com";
const masks = {
  text: (text: string) => text.replaceAll("sk-secret", "[masked]"),
  value: (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll("sk-secret", "[masked]")) as unknown,
};
const json = { "content-type": "application/json", "access-control-allow-origin": "*" };
const answer = (url: string, body: string | Buffer, more: Partial<SeenAnswer> = {}): SeenAnswer => ({
  method: "GET",
  url,
  status: 200,
  headers: json,
  body: Buffer.from(body),
  ...more,
});
const recorded = (answers: readonly SeenAnswer[]) =>
  recordedScenario(
    { name: "In Lisbon!", given: { toolInput: { key: "sk-secret" } }, answers, sandbox: SANDBOX, folder: "mocks" },
    masks,
  );

describe("a recorded scenario", () => {
  it("answers as it was answered, and is a scenario", () => {
    const { scenario, files } = recorded([
      answer("https://api.example.com/a?b=1", '{"a":1,"token":"sk-secret"}'),
      answer("https://api.example.com/save", "", { method: "POST", status: 201 }),
      answer("https://api.example.com/save", "", { method: "OPTIONS", status: 204 }),
      answer("https://api.example.com/words", "plain sk-secret", { headers: { "content-type": "text/plain" } }),
    ]);
    expect(scenario).toEqual({
      toolInput: { key: "[masked]" },
      mocks: [
        { url: "https://api.example.com/a?b=1", headers: json, json: { a: 1, token: "[masked]" } },
        { url: "https://api.example.com/save", method: "POST", status: 201, headers: json },
        {
          url: "https://api.example.com/words",
          headers: { "content-type": "text/plain", "access-control-allow-origin": "" },
          body: "plain [masked]",
        },
      ],
    });
    expect(files.size).toBe(0);
    expect(checkShape(scenario, scenarioSchema).ok).toBe(true);
  });

  it("what is large or no text becomes a file, the first answer of an address is kept, a mask matches anything", () => {
    const picture = Buffer.from([0x89, 0x50, 0, 1]);
    const { scenario, files, leftOut } = recorded([
      answer("https://a.example/p.png", picture, { headers: { "content-type": "image/png" } }),
      answer("https://a.example/list?key=sk_l…Zz", JSON.stringify(["x".repeat(5000)])),
      answer("https://a.example/p.png", "another"),
      answer("https://a.example/film", Buffer.alloc(6_000_000)),
    ]);
    expect(scenario.mocks).toMatchObject([
      { url: "https://a.example/p.png", file: "mocks/in-lisbon/1.png" },
      { url: "https://a.example/list?key=sk_l*Zz", file: "mocks/in-lisbon/2.json" },
    ]);
    expect(files.get("mocks/in-lisbon/1.png")).toEqual(picture);
    expect(leftOut).toEqual(["https://a.example/film: 6000000 bytes"]);
  });

  it.each(["\ufeff", ""])("no secret is left in text of UTF-16 that begins with %j", (mark) => {
    const text = `${mark}{"a":"café","t":"sk-secret"}`;
    const little = Buffer.from(text, "utf16le");
    const { files } = recorded([
      answer("https://a.example/little", little),
      answer("https://a.example/big", Buffer.from(little).swap16()),
    ]);
    const masked = Buffer.from(text.replace("sk-secret", "[masked]"), "utf16le");
    expect([...files.values()]).toEqual([masked, Buffer.from(masked).swap16()]);
  });
  it("nor in one that was cut within a character", () => {
    const [cut] = recorded([
      answer(
        "https://a.example/cut",
        Buffer.concat([Buffer.from('\ufeff{"t":"sk-secret"', "utf16le"), Buffer.from("}")]),
      ),
    ]).files.values();
    expect(cut).toEqual(Buffer.concat([Buffer.from('\ufeff{"t":"[masked]"', "utf16le"), Buffer.from("}")]));
  });
  it("no place is left with a secret in it: where a redirect leads, and text that is no UTF-8", () => {
    const { scenario, files } = recorded([
      answer("https://a.example/go", "", { status: 302, headers: { location: "https://b.example/x?sig=sk-secret" } }),
      answer("https://a.example/old", Buffer.from('{"a":"caf\xe9","t":"sk-secret"}', "latin1")),
      answer("https://a.example/p.png", Buffer.from("\x89PNG\0sk-secret", "latin1"), {
        headers: { "content-type": "image/png" },
      }),
    ]);
    expect(scenario.mocks?.[0]?.headers).toMatchObject({ location: "https://b.example/x?sig=[masked]" });
    expect(files.get("mocks/in-lisbon/2.json")).toEqual(Buffer.from('{"a":"caf\xe9","t":"[masked]"}', "latin1"));
    expect(files.get("mocks/in-lisbon/3.png")?.toString("latin1")).toContain("PNG");
  });

  it("a server that lets in the sandbox itself lets in that of any host", () => {
    const headers = { "access-control-allow-origin": SANDBOX };
    expect(recorded([answer("https://a.example/x", "", { headers })]).scenario.mocks).toEqual([
      { url: "https://a.example/x" },
    ]);
  });
});
