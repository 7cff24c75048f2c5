/** Where a widget's own code starts, and what else of a document has a place. */
import { expect, it } from "vitest";
import { entryIn, evidenceOf } from "../../../harness/gather/artifacts/index.ts";
import { joinContext, rawLog, request } from "./raw.ts";

const HTML = `<!doctype html>
<html><head><link rel="preconnect" href="https://fonts.example"></head>
<body><script>let a = 1;</script>
<script>

  start(a);
</script>
<script src="https://cdn.example/app.js"></script></body></html>`;
const context = joinContext(HTML);
const inline = (code: string) => ({ offset: HTML.indexOf(code), length: code.length, inline: true });
const [first, second] = [inline("let a = 1;"), inline("\n\n  start(a);\n")];

it("the last script in the document", () =>
  expect(entryIn(rawLog({ scripts: { 1: second, 2: first } }), context).entry).toMatchObject({ line: 6, column: 3 }));
it("of none the last that it loads", () =>
  expect(
    entryIn(rawLog({ requests: [request("https://cdn.example/app.js", { kind: "script", role: "inner" })] }), context)
      .entry,
  ).toMatchObject({ line: 8 }));
it("of none at all no place", () => expect(entryIn(rawLog(), context)).toEqual({}));

it("hints by their element", () => {
  const { document } = evidenceOf(
    rawLog({
      scripts: { 1: second },
      document: {
        ...rawLog().document,
        probe: {
          visibleElements: 0,
          textLength: 0,
          width: 1,
          height: 1,
          title: "",
          hints: [{ rel: "preconnect", url: "https://fonts.example/" }],
        },
      },
    }),
    context,
  );
  expect(document).toMatchObject({
    status: "ok",
    value: { hints: [{ where: { line: 2 } }] },
  });
});
