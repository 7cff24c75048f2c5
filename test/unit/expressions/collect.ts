/** Every regular expression that the source writes, literal or built. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

export interface Expression {
  /** Path from the root, with the line: `harness/a.ts:12`. */
  readonly at: string;
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

export interface Collected {
  readonly written: readonly Expression[];
  /** What is built of code that no sample stands for: its place and the code. */
  readonly unknown: readonly string[];
}

/** @param samples what code inside a built expression may be, by that code's text */
export function collectExpressions(
  root: string,
  folders: readonly string[],
  samples: Readonly<Record<string, string>>,
): Collected {
  const written: Expression[] = [];
  const unknown: string[] = [];
  for (const path of folders.flatMap((folder) => filesBelow(join(root, folder)))) {
    const text = readFileSync(path, "utf8");
    const file = relative(root, path).replaceAll("\\", "/");
    const kind = path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
    const visit = (node: ts.Node): void => {
      const at = () => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        written.push({ at: at(), file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      } else if (isRegExpCall(node)) {
        const [argument, flags] = node.arguments ?? [];
        const source = argument && sourceOf(argument, (code) => samples[code.getText(tree)]);
        const set = flags && ts.isStringLiteralLike(flags) ? flags.text : "";
        if (source === undefined) unknown.push(`${at()} ${argument?.getText(tree) ?? ""}`);
        else written.push({ at: at(), file, source, flags: set });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { written, unknown };
}

/** The text of an expression, with samples for what is code; undefined when one is missing. */
function sourceOf(node: ts.Expression, sampleOf: (code: ts.Expression) => string | undefined): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return sampleOf(node);
  const spans = node.templateSpans.map(({ expression, literal }) => [sampleOf(expression), literal.text] as const);
  if (spans.some(([sample]) => sample === undefined)) return undefined;
  return node.head.text + spans.map(([sample = "", text]) => sample + text).join("");
}

const isRegExpCall = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === "RegExp";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
