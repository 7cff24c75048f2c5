import { describe, expect, it } from "vitest";
import secret from "../../../../harness/checks/props/secret.ts";
import exfiltrated from "../../../../harness/checks/props/secret-exfiltrated.ts";
import personalData from "../../../../harness/checks/props/personal-data.ts";
import { detection, propsWith, run, told } from "./detected.ts";

const inRequest = detection({
  carrier: "request",
  sink: "https://x.example",
  where: { url: "request", line: 1, column: 9 },
});

describe("props/secret", () => {
  it("passes without detections, and with personal data only", () => {
    expect(run(secret, propsWith()).outcome).toBe("pass");
    expect(run(secret, propsWith({ detections: [detection({ family: "personal" })] })).outcome).toBe("pass");
  });
  it("certain and likely are errors, possible a warning, publishable a note", () => {
    const detections = (["certain", "likely", "possible"] as const).map((confidence, index) =>
      detection({ confidence, fingerprint: `sha256:${index}` }),
    );
    expect(
      told(
        run(
          secret,
          propsWith({ detections: [...detections, detection({ publishable: true, fingerprint: "sha256:9" })] }),
        ),
      ),
    ).toEqual(["secret error", "secret error", "possible warning", "publishable info"]);
  });
  it("tells the same value in one carrier once, and names place, mask and fingerprint", () => {
    const outcome = run(
      secret,
      propsWith({
        detections: [
          detection(),
          detection({ path: "$.other" }),
          detection({ carrier: "html", where: { url: "index.html", line: 12, column: 3 } }),
        ],
      }),
    );
    expect(outcome).toMatchObject({
      outcome: "fail",
      findings: [
        {
          data: {
            place: "structuredContent at $.key",
            count: 2,
            masked: "abcd…yz",
            fingerprint: "sha256:0000000000000001",
          },
        },
        { data: { place: "index.html:12" }, where: { line: 12 } },
      ],
    });
  });
  it("leaves a value on its way out to the flow, when its way in is told", () => {
    expect(told(run(secret, propsWith({ detections: [detection(), inRequest] })))).toHaveLength(1);
    expect(told(run(secret, propsWith({ detections: [inRequest] })))).toEqual(["secret error"]);
  });
  it("a secret that the user typed is told; one that we made up by its name is not", () => {
    const typed = detection({ carrier: "toolInput", kind: "named-password" });
    expect(run(secret, propsWith({ detections: [typed] })).outcome).toBe("fail");
    expect(run(secret, propsWith({ detections: [typed], inventedArguments: true })).outcome).toBe("pass");
    expect(
      run(secret, propsWith({ detections: [detection({ carrier: "toolInput" })], inventedArguments: true })).outcome,
    ).toBe("fail");
  });
});

describe("a result that was made from its schema", () => {
  const inventedResult = { tool: "t", reason: "not-read-only" } as const;
  it("holds no secret by name alone; a secret by form is told, and so is one that was not made", () => {
    const named = detection({ carrier: "toolOutput", kind: "named-password" });
    expect(run(secret, propsWith({ detections: [named], inventedResult })).outcome).toBe("pass");
    expect(run(secret, propsWith({ detections: [named] })).outcome).toBe("fail");
    expect(run(secret, propsWith({ detections: [detection({ carrier: "toolOutput" })], inventedResult })).outcome).toBe(
      "fail",
    );
    expect(
      run(secret, propsWith({ detections: [detection({ carrier: "html", kind: "named-password" })], inventedResult }))
        .outcome,
    ).toBe("fail");
  });
});

describe("props/secret-exfiltrated", () => {
  it("is one finding with both ends", () => {
    const outcome = run(
      exfiltrated,
      propsWith({
        detections: [
          detection({ carrier: "html", where: { url: "a.html", line: 1 } }),
          detection({ carrier: "_meta" }),
          inRequest,
          inRequest,
        ],
      }),
    );
    expect(outcome).toMatchObject({
      outcome: "fail",
      findings: [
        {
          messageId: "exfiltrated",
          data: { source: "_meta at $.key", sink: "a request to https://x.example", count: 2 },
        },
      ],
    });
    expect(told(outcome)).toHaveLength(1);
  });
  it.each(["message", "tool-call"] as const)("sees %s as a way out", (carrier) => {
    expect(
      run(exfiltrated, propsWith({ detections: [detection(), detection({ carrier, sink: "ui/message" })] })).outcome,
    ).toBe("fail");
  });
  it("passes when another value leaves, when it stays, and when it is publishable", () => {
    const publishable = { publishable: true } as const;
    expect(
      run(exfiltrated, propsWith({ detections: [detection(), { ...inRequest, fingerprint: "sha256:2" }] })).outcome,
    ).toBe("pass");
    expect(run(exfiltrated, propsWith({ detections: [detection(), detection({ carrier: "console" })] })).outcome).toBe(
      "pass",
    );
    expect(
      run(exfiltrated, propsWith({ detections: [detection(publishable), { ...inRequest, ...publishable }] })).outcome,
    ).toBe("pass");
  });
});

describe("props/personal-data", () => {
  it("is a note for each kind and carrier", () => {
    const email = detection({ family: "personal", kind: "email", title: "E-mail address" });
    const outcome = run(
      personalData,
      propsWith({
        detections: [
          email,
          { ...email, path: "$.b", fingerprint: "sha256:2" },
          detection({ family: "personal", kind: "email", carrier: "console" }),
          detection(),
        ],
      }),
    );
    expect(outcome).toMatchObject({
      outcome: "fail",
      findings: [{ data: { kind: "email", count: 2, carrier: "toolOutput" } }, { data: { carrier: "console" } }],
    });
    expect(personalData.severity).toBe("info");
  });
  it("passes with secrets only", () =>
    expect(run(personalData, propsWith({ detections: [detection()] })).outcome).toBe("pass"));
});
