/** Whether a call that a host refuses has another way to go, and whether it is one that hosts refuse. */
import type { CallExpression, NewExpression, Node } from "oxc-parser";
import type { StaticUse } from "../model/evidence.ts";
import { isOff, propertyOf } from "./read-links.ts";
import { follow } from "./resolve.ts";
import type { Scope } from "./scope.ts";

const CAUGHT = /^\s*\??\.\s*catch\s*\(/;
/** Characters behind a call in which its `catch` begins. */
const CATCH_REACH = 40;

export function guardOf({ end }: CallExpression | NewExpression, scope: Scope, code: string): Pick<StaticUse, "guard"> {
  if (scope.isGuardedBy("try") || CAUGHT.test(code.slice(end, end + CATCH_REACH))) return { guard: "try" };
  return scope.isGuardedBy("catch") ? { guard: "catch" } : {};
}

/** Of a function that is handed on: where it is called, nobody knows. */
export const handedOn = (
  call: CallExpression | NewExpression,
  scope: Scope,
  code: string,
): Pick<StaticUse, "guard" | "handed"> => ({ ...guardOf(call, scope, code), handed: true });

/** A microphone alone is granted by most hosts: a camera or a screen is what they refuse. */
export function isRefusedUse(use: StaticUse["what"], path: string, values: readonly Node[], scope: Scope): boolean {
  const [first] = values;
  if (use !== "media-capture" || path.endsWith("getDisplayMedia") || first === undefined) return true;
  const constraints = first.type === "ObjectExpression" ? first : follow(first, scope)?.node;
  if (constraints?.type !== "ObjectExpression") return false;
  const video = propertyOf(constraints, "video");
  return video !== undefined && !isOff(video);
}
