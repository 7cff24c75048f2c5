/** One walk over a script: its scopes, and the places worth asking about. */
import type {
  AssignmentExpression,
  BindingPattern,
  CallExpression,
  Function as FunctionNode,
  ArrowFunctionExpression,
  MemberExpression,
  NewExpression,
  Node,
  ObjectExpression,
  ParamPattern,
  Program,
  TemplateLiteral,
} from "oxc-parser";
import { Scope } from "./scope.ts";
import { TELLING_MEMBERS } from "./sinks.ts";

export interface Sites {
  readonly calls: { readonly node: CallExpression | NewExpression; readonly scope: Scope }[];
  readonly assigns: { readonly node: AssignmentExpression; readonly scope: Scope }[];
  readonly members: { readonly node: MemberExpression; readonly scope: Scope }[];
  readonly imports: { readonly source: Node; readonly scope: Scope }[];
  readonly strings: { readonly text: string; readonly start: number }[];
  readonly templates: { readonly node: TemplateLiteral; readonly scope: Scope }[];
  /** Objects that describe a link which opens a window or starts a download. */
  readonly links: { readonly node: ObjectExpression; readonly scope: Scope }[];
}

/** A string that may hold a URL, a link, a data: font, or a policy of its own. */
const TELLING_TEXT =
  /\/\/|(?:stuns?|turns?):|data:[\w/-]*font|@import|_blank|<(?:a|img|image|video|audio|source|iframe)\s|ui\/open-link|\/@|-hmr|webpack/i;

export function sitesOf(program: Program, root: Scope, keys: Readonly<Record<string, readonly string[]>>): Sites {
  const sites: Sites = { calls: [], assigns: [], members: [], imports: [], strings: [], templates: [], links: [] };
  const notes: Notes = { sites, writes: [], tried: new Set() };
  const nodes: Node[] = [program];
  const scopes: Scope[] = [root];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const outer = scopes.pop() ?? root;
    const scope = enter(node, outer, notes);
    const before = nodes.length;
    pushChildren(node, keys[node.type] ?? [], nodes);
    for (let pushed = before; pushed < nodes.length; pushed++) scopes.push(scope);
  }
  // Only now is every declaration known that a write may mean.
  for (const { name, value, scope } of notes.writes) scope.assign(name, value, scope);
  return sites;
}

type Writes = { name: string; value: Node | null; scope: Scope }[];

/** What the walk has found so far. */
interface Notes {
  readonly sites: Sites;
  readonly writes: Writes;
  /** Blocks of `try` statements. */
  readonly tried: Set<Node>;
}

/** The last child first: the stack gives them back in the order of the text. */
function pushChildren(node: Node, keys: readonly string[], stack: Node[]): void {
  const fields = node as unknown as Readonly<Record<string, Node | (Node | null)[] | null | undefined>>;
  for (let index = keys.length - 1; index >= 0; index--) {
    const child = fields[keys[index] ?? ""];
    if (!child) continue;
    if (!Array.isArray(child)) stack.push(child);
    else
      for (let at = child.length - 1; at >= 0; at--) {
        const item = child[at];
        if (item) stack.push(item);
      }
  }
}

/** Notes what a node declares or does; returns the scope of its children. */
function enter(node: Node, scope: Scope, notes: Notes): Scope {
  noteDeclared(node, scope);
  noteWrites(node, scope, notes.writes);
  noteSite(node, scope, notes.sites);
  if (node.type === "TryStatement") notes.tried.add(node.block);
  return scopeInside(node, scope, notes.tried);
}

function scopeInside(node: Node, scope: Scope, tried: ReadonlySet<Node>): Scope {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return enterFunction(node, scope);
    case "BlockStatement":
      return new Scope(scope, false, tried.has(node) ? "try" : null);
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "SwitchStatement":
      return new Scope(scope, false);
    case "StaticBlock":
      return new Scope(scope, true);
    case "CatchClause": {
      const inner = new Scope(scope, false, "catch");
      if (node.param) declarePattern(node.param, null, inner, inner);
      return inner;
    }
    case "ClassExpression": {
      if (!node.id) return scope;
      const inner = new Scope(scope, false);
      inner.declare(node.id.name, node, inner);
      return inner;
    }
    default:
      return scope;
  }
}

/** Names that a node declares beside itself. */
function noteDeclared(node: Node, scope: Scope): void {
  switch (node.type) {
    case "ClassDeclaration":
      if (node.id) scope.declare(node.id.name, node, scope);
      return;
    case "VariableDeclaration":
      for (const one of node.declarations)
        declarePattern(one.id, one.init, node.kind === "var" ? scope.functionScope() : scope, scope);
      return;
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      scope.declare(node.local.name, null, scope);
      return;
    default:
      return;
  }
}

function noteWrites(node: Node, scope: Scope, writes: Writes): void {
  switch (node.type) {
    case "ForInStatement":
    case "ForOfStatement":
      if (node.left.type === "Identifier") writes.push({ name: node.left.name, value: null, scope });
      return;
    case "UpdateExpression":
      if (node.argument.type === "Identifier") writes.push({ name: node.argument.name, value: null, scope });
      return;
    case "AssignmentExpression":
      noteAssigned(node, scope, writes);
      return;
    default:
      return;
  }
}

/** Places worth asking about. */
function noteSite(node: Node, scope: Scope, sites: Sites): void {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "ImportExpression":
      if (node.source) sites.imports.push({ source: node.source, scope });
      return;
    case "AssignmentExpression":
      if (isName(node.left)) sites.assigns.push({ node, scope });
      return;
    case "CallExpression":
    case "NewExpression":
      sites.calls.push({ node, scope });
      return;
    case "MemberExpression":
      if (isTelling(node)) sites.members.push({ node, scope });
      return;
    case "ObjectExpression":
      noteObject(node, scope, sites);
      return;
    default:
      noteText(node, scope, sites);
  }
}

/** Objects that describe a link; one with many properties describes no element. */
function noteObject(node: ObjectExpression, scope: Scope, sites: Sites): void {
  const { properties } = node;
  if (properties.length > 40) return;
  const has = (name: string) =>
    properties.some((one) => one.type === "Property" && keyOf(one.key, one.computed) === name);
  if ((has("target") || has("download")) && has("href")) sites.links.push({ node, scope });
}

const isName = (node: Node): boolean => node.type === "MemberExpression" || node.type === "Identifier";

function noteText(node: Node, scope: Scope, sites: Sites): void {
  if (node.type === "TemplateLiteral") {
    if (node.quasis.some(({ value }) => TELLING_TEXT.test(value.raw))) sites.templates.push({ node, scope });
  } else if (node.type === "Literal" && typeof node.value === "string" && node.value.length > 6)
    if (TELLING_TEXT.test(node.value)) sites.strings.push({ text: node.value, start: node.start });
}

function enterFunction(node: FunctionNode | ArrowFunctionExpression, scope: Scope): Scope {
  const inner = new Scope(scope, true);
  if (node.type === "FunctionDeclaration" && node.id) scope.declare(node.id.name, node, scope);
  if (node.type === "FunctionExpression" && node.id) inner.declare(node.id.name, node, inner);
  // Seen from inside every plain function; declared so that a global of that name is not meant.
  if (node.type !== "ArrowFunctionExpression") inner.declare("arguments", null, inner);
  node.params.forEach((parameter: ParamPattern, index: number) =>
    declareParameter(parameter, { of: node, index }, inner),
  );
  return inner;
}

function declareParameter(parameter: ParamPattern, place: { of: Node; index: number }, scope: Scope): void {
  if (parameter.type === "Identifier") scope.declare(parameter.name, null, scope, [], place);
  else if (parameter.type === "AssignmentPattern" && parameter.left.type === "Identifier")
    scope.declare(parameter.left.name, parameter.right, scope, [], place);
  else if (parameter.type === "TSParameterProperty") return;
  else declarePattern(parameter, null, scope, scope);
}

function declarePattern(
  pattern: BindingPattern | ParamPattern | Node,
  value: Node | null,
  scope: Scope,
  readIn: Scope,
  path: readonly string[] = [],
): void {
  switch (pattern.type) {
    case "Identifier":
      scope.declare(pattern.name, value, readIn, path);
      return;
    case "AssignmentPattern":
      declarePattern(pattern.left, value, scope, readIn, path);
      return;
    case "RestElement":
      declarePattern(pattern.argument, null, scope, readIn);
      return;
    case "ArrayPattern":
      pattern.elements.forEach(
        (element, index) => element && declarePattern(element, value, scope, readIn, [...path, String(index)]),
      );
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        if (property.type === "RestElement") declarePattern(property.argument, null, scope, readIn);
        else {
          const key = keyOf(property.key, property.computed);
          declarePattern(
            property.value,
            key === null ? null : value,
            scope,
            readIn,
            key === null ? [] : [...path, key],
          );
        }
      }
      return;
    default:
      return;
  }
}

/** Name of a property key that the text gives. */
export function keyOf(key: Node, computed: boolean): string | null {
  if (key.type === "Literal") return String(key.value);
  return !computed && key.type === "Identifier" ? key.name : null;
}

function noteAssigned(node: AssignmentExpression, scope: Scope, writes: Writes): void {
  if (node.left.type === "Identifier")
    writes.push({ name: node.left.name, value: node.operator === "=" ? node.right : null, scope });
  else if (node.left.type === "ObjectPattern" || node.left.type === "ArrayPattern")
    noteWritten(node.left, scope, writes);
}

/** Names written by destructuring: what they get is not followed. */
function noteWritten(pattern: Node, scope: Scope, writes: Writes): void {
  if (pattern.type === "Identifier") writes.push({ name: pattern.name, value: null, scope });
  else if (pattern.type === "ArrayPattern")
    for (const element of pattern.elements) {
      if (element) noteWritten(element, scope, writes);
    }
  else if (pattern.type === "ObjectPattern")
    for (const property of pattern.properties)
      noteWritten(property.type === "RestElement" ? property.argument : property.value, scope, writes);
  else if (pattern.type === "AssignmentPattern") noteWritten(pattern.left, scope, writes);
}

function isTelling(node: MemberExpression): boolean {
  const { property, object } = node;
  if (property.type === "Identifier" && !node.computed && TELLING_MEMBERS.has(property.name)) return true;
  if (
    property.type === "Literal" &&
    node.computed &&
    typeof property.value === "string" &&
    TELLING_MEMBERS.has(property.value)
  )
    return true;
  return object.type === "Identifier" && TELLING_MEMBERS.has(object.name);
}
