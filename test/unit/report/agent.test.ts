import { describe, expect, it } from "vitest";
import type { WidgetRun } from "../../../harness/model/result.ts";
import { formats } from "../../../harness/report/index.ts";
import { checkOf, failing, finding, resultOf, runOf, undecided } from "./make.ts";

const text = (...runs: readonly WidgetRun[]) => formats.agent.check(resultOf(...runs));

describe("for a coding agent", () => {
  it("says what to change, where, and how to see that it went", () => {
    const said = text(failing());
    expect(said).toMatch(/^verdict: fail\n\d+ to change, 0 undecided\n/);
    expect(said).toMatch(/^1\. error \S+\n {3}widget: w \(chatgpt; default\)\n/m);
    expect(said).toMatch(/^ {3}change: \S/m);
    expect(said).toMatch(/^ {3}page: sandglass explain \S+$/m);
    expect(said).toMatch(/\nverify:\n {2}sandglass check \S+ --profile chatgpt\n$/);
  });

  it("names one finding of several hosts once, and every host", () => {
    const said = text(failing(), failing({ profile: "claude", appliedProfile: "claude" }));
    expect(said).toContain("(chatgpt, claude; default)");
    expect(said).toContain("--profile claude");
  });

  it("hangs what follows under its cause", () => {
    const cause = finding({ fingerprint: "aaaaaaaaaaaaaaaa" });
    const follower = finding({ fingerprint: "bbbbbbbbbbbbbbbb", because: cause.fingerprint });
    const said = text(
      runOf({
        verdict: "fail",
        checks: [
          checkOf({ id: "csp/blocked-request", outcome: "fail", findings: [cause] }),
          checkOf({ id: "render/blank", outcome: "fail", findings: [follower] }),
        ],
      }),
    );
    expect(said).toContain("1 to change");
    expect(said).toContain("   goes with it: render/blank");
  });

  it("tells what is undecided apart from what is to be changed", () => {
    const said = text(undecided());
    expect(said).toMatch(/^verdict: incomplete\n0 to change, \d+ undecided/);
    expect(said).toContain("neither passes nor fails");
  });

  it("is bounded, and counts what it leaves out", () => {
    const findings = Array.from({ length: 80 }, (_, index) =>
      finding({ fingerprint: String(index).padStart(16, "0"), message: `m${index} ${"x".repeat(5000)}` }),
    );
    const said = text(runOf({ verdict: "fail", checks: [checkOf({ outcome: "fail", findings })] }));
    expect(said.length).toBeLessThan(60_000);
    expect(said).toContain("… and 50 more");
  });

  it("quotes for a shell what verifies it", () => {
    const source = { kind: "mcp", server: "node 'my server.js' --stdio; rm x", tool: "t", uri: "ui://t" } as const;
    expect(text(failing({ source }))).toContain(`--mcp-stdio 'node '\\''my server.js'\\'' --stdio; rm x' --profile`);
  });
});
