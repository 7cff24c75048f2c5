/** A widget's `_meta` with edited lists in it, as its author would write them. Nothing is written to files. */
import { LIST_NAMES } from "../../csp/declaration.ts";
import { isRecord } from "../../csp/record.ts";
import type { CspDeclaration, CspKey, CspList } from "../../profiles/types.ts";

export type CspLists = Readonly<Record<CspList, readonly string[]>>;
const LISTS = ["connect", "resource", "frame", "redirect", "base"] as const satisfies readonly CspList[];

/** The lists alone, of a declaration that holds more. */
export const listsOf = ({ connect, resource, frame, redirect, base }: CspLists): CspLists => ({
  connect,
  resource,
  frame,
  redirect,
  base,
});

type Meta = Readonly<Record<string, unknown>>;

/** The lists under every key that was declared; under both when none was. */
export function metaWithLists(meta: Meta, { keys }: Pick<CspDeclaration, "keys">, lists: CspLists): Meta {
  const declared: readonly CspKey[] = keys.length > 0 ? keys : ["openai/widgetCSP", "ui.csp"];
  const edited: Record<string, unknown> = { ...meta };
  const ui = isRecord(meta.ui) ? meta.ui : {};
  if (declared.includes("openai/widgetCSP"))
    edited["openai/widgetCSP"] = {
      ...(isRecord(meta["openai/widgetCSP"]) ? meta["openai/widgetCSP"] : {}),
      ...named("openai/widgetCSP", lists),
    };
  if (declared.includes("ui.csp"))
    edited.ui = { ...ui, csp: { ...(isRecord(ui.csp) ? ui.csp : {}), ...named("ui.csp", lists) } };
  return edited;
}

function named(key: CspKey, lists: CspLists): Record<string, readonly string[]> {
  return Object.fromEntries(
    LISTS.flatMap((list) => {
      const name = LIST_NAMES[key][list];
      // What one key cannot say is not written under it, and an empty list that nobody asked for is left out.
      return name && (lists[list].length > 0 || list === "connect" || list === "resource") ? [[name, lists[list]]] : [];
    }),
  );
}
