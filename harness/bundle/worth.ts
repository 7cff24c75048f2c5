/** Cheap looks at a place of a script, before names are followed. */
import type { CallExpression, NewExpression, Node } from "oxc-parser";
import type { RequestKind } from "../model/evidence.ts";
import { kindOfElement } from "./elements.ts";
import { kindOfLiteral } from "./kinds.ts";
import { textsOf } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import { TELLING_METHODS } from "./sinks.ts";

/** Cheap look at a call, before names are followed. */
export function worthResolving(node: CallExpression | NewExpression, scope: Scope): boolean {
  const { callee } = node;
  if (callee.type === "MemberExpression") {
    if (callee.computed) return true;
    if (callee.property.type === "Identifier" && TELLING_METHODS.has(callee.property.name)) return true;
    return callee.object.type === "Identifier" && scope.lookup(callee.object.name)?.value?.type === "ObjectExpression";
  }
  if (callee.type !== "Identifier")
    return callee.type !== "FunctionExpression" && callee.type !== "ArrowFunctionExpression";
  const binding = scope.lookup(callee.name);
  if (!binding) return TELLING_METHODS.has(callee.name) || callee.name === "URL";
  return binding.value !== null && !/Function|Class/.test(binding.value.type);
}

/** A whole text, not a function, is what a timer would have to evaluate. */
export function isText(value: Node, scope: Scope): boolean {
  if (value.type === "TemplateLiteral" || (value.type === "Literal" && typeof value.value === "string")) return true;
  if (value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression") return false;
  return textsOf(value, scope).length > 0;
}

/** A request for `x` is a path; one for a whole sentence is not. */
export const isPath = (text: string): boolean =>
  !/\s/.test(text.trim()) && /[\w/.]/.test(text) && !/^[?&]/.test(text) && kindOfLiteral(text) !== "webrtc";

/** The arguments that `apply` hands on. */
export function listed(list: Node | undefined): Node[] {
  return list?.type === "ArrayExpression" ? list.elements.filter((one) => one !== null) : [];
}

/** A link's `rel` is not known here: a script that adds one adds a style sheet. */
export function kindWritten(tag: string | undefined, name: string): RequestKind | undefined {
  if (tag === undefined) return undefined;
  return kindOfElement(tag, name) ?? (tag === "link" ? "stylesheet" : undefined);
}

/** A piece of code as one short line. */
export const shortened = (code: string, start: number, end: number): string =>
  code.slice(start, Math.min(end, start + 60)).replace(/\s+/g, " ");

const POLYFILL_REACH = 800;

/** Vite's stand-in for browsers without `modulepreload`: it fetches what the page's own links name. */
export const isOfPolyfill = (code: string, at: number): boolean =>
  /relList|modulepreload/.test(code.slice(Math.max(0, at - POLYFILL_REACH), at));
