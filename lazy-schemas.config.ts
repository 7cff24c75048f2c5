/** A plugin of the builds that hold the bridge: the stage of `check`, and the developer page. */
import { resolve } from "node:path";

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly callee?: Syntax;
  readonly object?: Syntax;
  readonly declaration?: Syntax;
  readonly declarations?: readonly { readonly id: Syntax; readonly init?: Syntax }[];
  readonly source?: { readonly value: string };
  readonly specifiers?: readonly { readonly local: Syntax; readonly imported?: Syntax }[];
}

/** The name at the beginning of `z.object(…).optional()`; none of a plain call. */
function rootOf(call: Syntax): string | undefined {
  if (call.type !== "CallExpression" || call.callee?.type === "Identifier") return undefined;
  let root: Syntax | undefined = call;
  while (root && root.type !== "Identifier") root = root.type === "CallExpression" ? root.callee : root.object;
  return root?.name;
}

/** What the module imports of zod, and schemas of others. */
const importedSchemas = (body: readonly Syntax[]): string[] =>
  body.flatMap(({ type, source, specifiers = [] }) =>
    type === "ImportDeclaration"
      ? specifiers
          .filter(({ imported }) => /^zod(\/|$)/.test(source?.value ?? "") || /Schema$/.test(imported?.name ?? ""))
          .map(({ local }) => local.name ?? "")
      : [],
  );

/** Where schemas are built at the top of a module: `const TextSchema = z.object(…)`. */
function schemasIn(body: readonly Syntax[]): Syntax[] {
  const known = new Set(importedSchemas(body));
  return body
    .flatMap((node) => (node.declaration ?? node).declarations ?? [])
    .flatMap(({ id, init }) => {
      if (!init || !known.has(rootOf(init) ?? "")) return [];
      known.add(id.name ?? "");
      return [init];
    });
}

/**
 * The bridge takes hundreds of zod schemas of the MCP packages along and uses a few of them: building them is 45 of 55 ms
 * of a stage's own. Each is built when it is first looked at instead, and one that nobody looks at is left out.
 */
export const lazySchemas = {
  name: "lazy-schemas",
  transform(this: { parse(code: string): unknown }, code: string, id: string) {
    if (!/node_modules[\\/]@modelcontextprotocol[\\/]/.test(id)) return null;
    const schemas = schemasIn((this.parse(code) as { readonly body: readonly Syntax[] }).body);
    if (schemas.length === 0) return null;
    let out = `import { lazySchema as __lazySchema } from ${JSON.stringify(resolve("host/emulator/bridge/lazy-schema.ts"))};\n`;
    let at = 0;
    for (const { start, end } of schemas) {
      out += `${code.slice(at, start)}/* @__PURE__ */ __lazySchema(() => ${code.slice(start, end)})`;
      at = end;
    }
    return { code: out + code.slice(at) };
  },
};
