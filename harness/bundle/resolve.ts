/**
 * What an expression stands for: a global by its path (`navigator.clipboard`),
 * a text with holes, or another node. Names that the script itself declares
 * are followed to their one value, or mean nothing global.
 */
import type { MemberExpression, Node, TemplateLiteral } from "oxc-parser";
import { keyOf } from "./sites.ts";
import type { Scope } from "./scope.ts";
import { HOLE } from "./urls.ts";

const DEEPEST = 12;
/** Alternatives kept of one text: both branches of a condition, twice. */
const MOST_TEXTS = 4;

/** Names of the global object. `this` is not among them: it is one only outside functions. */
const GLOBAL_OBJECT = new Set(["window", "self", "globalThis", "frames"]);
/** Constructors whose instances are elements. */
const ELEMENT_OF: ReadonlyMap<string, string> = new Map([
  ["Image", "<img>"],
  ["Audio", "<audio>"],
]);
/** Which argument names the element. */
const TAG_ARGUMENT: ReadonlyMap<string, number> = new Map([
  ["createElement", 0],
  ["createElementNS", 1],
]);

/**
 * Path of a global: `""` is the global object, `X#` an instance of `X`,
 * `f()` what `f` returns, `<img>` an element. Null: not a global, or not known.
 */
export function pathOf(node: Node, scope: Scope, depth = 0): string | null {
  if (depth > DEEPEST) return null;
  switch (node.type) {
    case "Identifier":
      return pathOfName(node, scope, depth);
    case "MemberExpression": {
      const key = keyOfMember(node, scope, depth);
      if (key === null) return null;
      const object = pathOf(node.object, scope, depth + 1);
      return object === null ? pathOfProperty(node, scope, depth) : join(object, key);
    }
    case "MetaProperty":
      return `${node.meta.name}.${node.property.name}`;
    case "NewExpression": {
      const callee = pathOf(node.callee, scope, depth + 1);
      return callee === null ? null : (ELEMENT_OF.get(callee) ?? `${callee}#`);
    }
    case "CallExpression":
      return pathOfCall(node, scope, depth);
    default:
      for (const outcome of outcomesOf(node)) {
        const path = pathOf(outcome, scope, depth + 1);
        if (path !== null) return path;
      }
      return null;
  }
}

/** The inner expressions of which one is what this expression comes to; none when it makes its own value. */
function outcomesOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "ChainExpression":
    case "ParenthesizedExpression":
      return [node.expression];
    case "SequenceExpression":
      return node.expressions.slice(-1);
    case "AssignmentExpression":
      return node.operator === "=" ? [node.right] : [];
    case "LogicalExpression":
      return node.operator === "&&" ? [node.right] : [node.left, node.right];
    case "ConditionalExpression":
      return [node.consequent, node.alternate];
    default:
      return [];
  }
}

function pathOfName(node: Node & { type: "Identifier"; name: string }, scope: Scope, depth: number): string | null {
  const binding = scope.lookup(node.name);
  if (!binding) return GLOBAL_OBJECT.has(node.name) ? "" : node.name;
  // A default is one value of many: what a parameter is called with is not known.
  if (!binding.value || binding.parameter) return null;
  return (
    binding.path.reduce<string | null>(
      (path, key) => (path === null ? null : join(path, key)),
      pathOf(binding.value, binding.scope, depth + 1),
    ) ?? pathOfProperty(node, scope, depth)
  );
}

/** `const api = { get: fetch }; api.get` */
function pathOfProperty(node: Node, scope: Scope, depth: number): string | null {
  const found = follow(node, scope, depth);
  return found && found.node !== node && found.node.type !== "ObjectExpression"
    ? pathOf(found.node, found.scope, depth + 1)
    : null;
}

function pathOfCall(node: Node & { type: "CallExpression" }, scope: Scope, depth: number): string | null {
  if (node.callee.type === "MemberExpression") {
    const name = keyOfMember(node.callee, scope, depth);
    if (name === "bind") return pathOf(node.callee.object, scope, depth + 1);
    // Any object's: `container.ownerDocument.createElement` is not known to be a document.
    const tagAt = name === null ? undefined : TAG_ARGUMENT.get(name);
    const tag = tagAt === undefined ? undefined : node.arguments[tagAt];
    const text = tag && tag.type !== "SpreadElement" ? textsOf(tag, scope, depth + 1)[0] : undefined;
    if (text && !text.includes(HOLE)) return `<${text.toLowerCase()}>`;
  }
  const callee = pathOf(node.callee, scope, depth + 1);
  return callee === null ? null : `${callee}()`;
}

function join(object: string, key: string): string {
  if (object === "" || object === "document.defaultView") return GLOBAL_OBJECT.has(key) ? "" : key;
  if (key === "ownerDocument") return "document";
  return `${object}.${key}`;
}

/** Name of the property a member expression reads, also `x["al" + "ert"]`. */
export function keyOfMember(node: MemberExpression, scope: Scope, depth = 0): string | null {
  if (node.property.type === "PrivateIdentifier") return null;
  if (!node.computed) return node.property.name;
  const [text, other] = textsOf(node.property, scope, depth + 1);
  return text !== undefined && other === undefined && !text.includes(HOLE) ? text : null;
}

export interface Followed {
  readonly node: Node;
  readonly scope: Scope;
}

/** The expression behind names and properties of literal objects; null when it is not in the text. */
export function follow(node: Node, scope: Scope, depth = 0): Followed | null {
  if (depth > DEEPEST) return null;
  if (node.type === "Identifier") {
    const binding = scope.lookup(node.name);
    if (!binding) return { node, scope };
    if (!binding.value) return null;
    const value = follow(binding.value, binding.scope, depth + 1);
    return binding.path.reduce<Followed | null>((found, key) => (found ? propertyOf(found, key, depth) : null), value);
  }
  if (node.type === "ChainExpression") return follow(node.expression, scope, depth + 1);
  if (node.type === "MemberExpression") {
    const key = keyOfMember(node, scope, depth);
    const object = key === null ? null : follow(node.object, scope, depth + 1);
    return object && key !== null ? propertyOf(object, key, depth) : null;
  }
  return { node, scope };
}

function propertyOf({ node, scope }: Followed, key: string, depth: number): Followed | null {
  if (
    node.type === "CallExpression" &&
    node.arguments[0] &&
    pathOf(node.callee, scope, depth + 1) === "Object.freeze"
  ) {
    const [object] = node.arguments;
    return object.type === "SpreadElement" ? null : propertyOf({ node: object, scope }, key, depth + 1);
  }
  if (node.type === "ArrayExpression") {
    const element = node.elements[Number(key)];
    return element && element.type !== "SpreadElement" ? follow(element, scope, depth + 1) : null;
  }
  if (node.type !== "ObjectExpression") return null;
  const property = node.properties.findLast((one) => one.type === "Property" && keyOf(one.key, one.computed) === key);
  return property?.type === "Property" ? follow(property.value, scope, depth + 1) : null;
}

/** Texts that an expression may be, with `\0` for what is not known; empty when nothing is. `used` gets the literals read. */
export function textsOf(node: Node, scope: Scope, depth = 0, used?: Set<number>): string[] {
  if (depth > DEEPEST) return [];
  const inner = (next: Node) => textsOf(next, scope, depth + 1, used);
  switch (node.type) {
    case "Literal":
      used?.add(node.start);
      return typeof node.value === "string" || typeof node.value === "number" ? [String(node.value)] : [];
    case "TemplateLiteral":
      return textsOfTemplate(node, scope, depth, used);
    case "BinaryExpression":
      return node.operator === "+" ? textsOfSum(node, scope, depth, used) : [];
    case "Identifier":
    case "MemberExpression":
      return textsOfName(node, scope, depth, used);
    case "NewExpression":
    case "CallExpression":
      return textsOfCall(node, scope, depth, used);
    case "LogicalExpression":
      // Also what stands before `&&`: it may be the text itself.
      return [...inner(node.left), ...inner(node.right)].slice(0, MOST_TEXTS);
    default:
      return outcomesOf(node)
        .flatMap((outcome) => inner(outcome))
        .slice(0, MOST_TEXTS);
  }
}

function textsOfTemplate(node: TemplateLiteral, scope: Scope, depth: number, used?: Set<number>): string[] {
  used?.add(node.start);
  const parts = node.quasis.flatMap((quasi, index) => {
    const hole = node.expressions[index];
    const text = [quasi.value.cooked ?? quasi.value.raw];
    return hole ? [text, orHole(textsOf(hole, scope, depth + 1, used))] : [text];
  });
  return product(parts);
}

/** What a name or a property is known to hold. */
function textsOfName(node: Node, scope: Scope, depth: number, used?: Set<number>): string[] {
  if (isOwnUrl(node, scope, depth)) return [""];
  if (node.type === "MemberExpression" && keyOfMember(node, scope, depth) === "href")
    return textsOf(node.object, scope, depth + 1, used);
  const found = follow(node, scope, depth);
  return found && found.node !== node ? textsOf(found.node, found.scope, depth + 1, used) : [];
}

/** Chains of `+` lean left and may be thousands long: walked, not recursed into. */
function textsOfSum(
  node: Node & { type: "BinaryExpression" },
  scope: Scope,
  depth: number,
  used?: Set<number>,
): string[] {
  const parts: string[][] = [];
  let left: Node = node;
  while (left.type === "BinaryExpression" && left.operator === "+") {
    parts.push(orHole(textsOf(left.right, scope, depth + 1, used)));
    left = left.left;
  }
  parts.push(orHole(textsOf(left, scope, depth + 1, used)));
  return product(parts.reverse());
}

/** The document's own address: what is built on it goes to the sandbox's host. */
function isOwnUrl(node: Node, scope: Scope, depth: number): boolean {
  const path = pathOf(node, scope, depth + 1);
  return (
    path !== null &&
    /^((document\.)?location\.(origin|href)|document\.(baseURI|URL)|import\.meta\.url|origin)$/.test(path)
  );
}

function textsOfCall(
  node: Node & { type: "NewExpression" | "CallExpression" },
  scope: Scope,
  depth: number,
  used?: Set<number>,
): string[] {
  const [first, second] = node.arguments;
  const argument = (one: typeof first): string[] =>
    one && one.type !== "SpreadElement" ? textsOf(one, scope, depth + 1, used) : [];
  const callee = pathOf(node.callee, scope, depth + 1);
  if (node.type === "NewExpression") {
    if (callee === "Request") return argument(first);
    if (callee !== "URL") return [];
    return second === undefined
      ? argument(first)
      : product([orHole(argument(first)), orHole(argument(second)).map((base) => `\u0001${base}`)]).map(resolveUrl);
  }
  if (callee === "String" || callee === "encodeURI" || callee === "decodeURI") return argument(first);
  if (node.callee.type !== "MemberExpression") return [];
  const name = keyOfMember(node.callee, scope, depth);
  const object = () =>
    textsOf(node.callee.type === "MemberExpression" ? node.callee.object : node, scope, depth + 1, used);
  if (name === "toString" || name === "trim" || name === "valueOf") return object();
  if (name === "concat") return product([object(), ...node.arguments.map((one) => orHole(argument(one)))]);
  // The replaced part is not known: what stands before it is.
  if (name === "replace" || name === "replaceAll")
    return object().map((text) => {
      const [replaced] = argument(first);
      return replaced ? text.split(replaced).join(HOLE) : text;
    });
  return [];
}

/** `new URL(path, base)` of folded texts; the base stands after `\u0001`. */
function resolveUrl(text: string): string {
  const [path = "", base = ""] = text.split("\u0001");
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path) || base === "") return path;
  if (base.startsWith(HOLE)) return HOLE;
  if (path.startsWith(HOLE)) return base + path;
  return !path.includes(HOLE) && !base.includes(HOLE) && URL.canParse(path, base)
    ? new URL(path, base).href
    : `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

const orHole = (texts: string[]): string[] => (texts.length > 0 ? texts : [HOLE]);

/** Every combination, at most a few; empty when nothing is known. */
function product(parts: readonly string[][]): string[] {
  const texts = parts.reduce<string[]>(
    (heads, tails) => heads.flatMap((head) => tails.map((tail) => head + tail)).slice(0, MOST_TEXTS),
    [""],
  );
  return texts.filter((text) => /[^\0\u0001]/.test(text));
}
