import { describe, expect, it } from "vitest";
import inexpressible from "../../../../harness/checks/csp/inexpressible.ts";
import type { BundleEvidence, NetworkAttempt } from "../../../../harness/model/evidence.ts";
import { cases } from "../cases.ts";
import { attempt, blocked, ids, line, run, type AttemptOf } from "../make.ts";

const refused = (given: Partial<AttemptOf<"blocked-by-csp">>) =>
  attempt({ outcome: "blocked-by-csp", blockClass: "csp-inexpressible", list: null, ...given });

cases(inexpressible, {
  fails: [
    ["a worker", { network: [refused({ kind: "worker", directive: "worker-src" })] }, "worker error"],
    ["what a worker imports", { network: [refused({ kind: "script", directive: "worker-src" })] }, "worker error"],
    ["a base URL", { network: [refused({ kind: "base", directive: "base-uri" })] }, "base error"],
    ["a form", { network: [refused({ kind: "form", directive: "form-action" })] }, "form error"],
    [
      "a frame",
      { network: [refused({ kind: "frame", directive: "frame-src", url: "data:text/html,x" })] },
      "frame error",
    ],
    [
      "a link to a mail program",
      { network: [refused({ kind: "frame", directive: "frame-src", url: "frame" })] },
      "external warning",
    ],
    [
      "a data: font",
      { network: [refused({ kind: "font", directive: "font-src", url: "data:font/woff2,x" })] },
      "data-font error",
    ],
    [
      "a blob: image",
      { network: [refused({ kind: "image", directive: "img-src", url: "blob:https://w/1" })] },
      "blob-media error",
    ],
    [
      "a blob: video",
      { network: [refused({ kind: "media", directive: "media-src", url: "blob:https://w/1" })] },
      "blob-media error",
    ],
    ["a fetch of data:", { network: [refused({ url: "data:text/plain,x" })] }, "inline-url error"],
    [
      "a font of blob:",
      { network: [refused({ kind: "font", directive: "font-src", url: "blob:https://w/1" })] },
      "inline-url error",
    ],
    ["an object", { network: [refused({ kind: "object", directive: "object-src" })] }, "other error"],
    [
      "blob: addresses differ in every run and are one finding",
      {
        network: ["1", "2"].map((name) =>
          refused({ kind: "image", directive: "img-src", url: `blob:https://w/${name}` }),
        ),
      },
      "blob-media error",
    ],
  ],
  passes: [
    ["a list can allow it", { network: [blocked()] }, "pass"],
    ["it was allowed", { network: [attempt({ kind: "worker" })] }, "pass"],
  ],
});

describe("eval", () => {
  it("a worker URL is inexpressible, a declared-able origin is not", () => {
    const worker = attempt({
      kind: "worker",
      directive: "worker-src",
      outcome: "blocked-by-csp",
      blockClass: "csp-inexpressible",
      list: null,
    });
    expect(ids(run(inexpressible, { network: [worker] }))).toEqual(["worker"]);
    expect(run(inexpressible, { network: [blocked()] }).outcome).toBe("pass");
  });
  it("eval that is caught is a note, eval that is not an error", () => {
    const network = [
      attempt({
        kind: "eval",
        directive: "script-src",
        outcome: "blocked-by-csp",
        blockClass: "csp-inexpressible",
        list: null,
      }),
    ];
    const bundle: BundleEvidence = { files: [], urls: [], uses: [] };
    expect(run(inexpressible, { network, bundle })).toMatchObject({
      findings: [{ messageId: "evalHandled", severity: "info" }],
    });
    expect(
      ids(
        run(inexpressible, {
          network,
          bundle,
          console: [line({ text: "EvalError: Evaluating a string as JavaScript violates" })],
        }),
      ),
    ).toEqual(["eval"]);
  });
  it("eval that has no other way to go is an error, whoever caught it", () => {
    const at = (column: number, excerpt = "") =>
      attempt({
        kind: "eval",
        directive: "script-src",
        outcome: "blocked-by-csp",
        blockClass: "csp-inexpressible",
        list: null,
        where: { url: "w.html", line: 1, column, excerpt },
      });
    const bundle: BundleEvidence = {
      files: [{ name: "w.html", bytes: 9, parsed: true }],
      urls: [],
      uses: [
        { what: "eval", detail: "Function", guard: "try", where: { url: "w.html", line: 1, column: 100 } },
        { what: "eval", detail: "Function", where: { url: "w.html", line: 1, column: 900 } },
      ],
    };
    const found = (attempt: NetworkAttempt) => run(inexpressible, { network: [attempt], bundle });
    expect(found(at(105))).toMatchObject({ findings: [{ messageId: "evalHandled", severity: "info" }] });
    expect(
      ids(run(inexpressible, { network: [at(105)], bundle, console: [line({ text: "EvalError: of another call" })] })),
    ).toEqual(["evalHandled"]);
    expect(ids(found(at(900)))).toEqual(["eval"]);
    expect(ids(found(at(500)))).toEqual(["eval"]);
    expect(ids(found(at(500, "WebAssembly.instantiate(bytes)")))).toEqual(["evalHandled"]);
    expect(ids(found({ ...at(500), where: { url: "https://cdn.example/lib.js", line: 1, column: 500 } }))).toEqual([
      "evalHandled",
    ]);
  });
});
