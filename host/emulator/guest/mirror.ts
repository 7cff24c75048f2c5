/**
 * What a user does in one rendering of a widget, by the names that its targets have, so that the same can be done in
 * another. What is done there is no user's gesture, and code that asks for one sees that.
 */
import { elementsOf, isPressable, labelOf } from "./target-traits.ts";
import { isField, type Field, type UserAct } from "./user-acts.ts";

/** One act on a target: its label, and which of those of its label it is, from 0. */
export interface TargetAct {
  readonly kind: "press" | "fill";
  readonly label: string;
  readonly nth: number;
  /** What stands in the field now. */
  readonly value: string;
}

/** Characters of a value. */
const VALUE_LIMIT = 2000;

/** null: it is nothing that another rendering could find; or it is followed by what the browser does for it. */
export function targetActOf(act: UserAct): TargetAct | null {
  if (act.kind === "enter") return null;
  const label = labelOf(act.element);
  const nth = named(label).indexOf(act.element);
  if (nth === -1) return null;
  const value = act.kind === "fill" ? act.element.value.slice(0, VALUE_LIMIT) : "";
  return { kind: act.kind, label, nth, value };
}

/** Does it here. False: there is no such target. */
export function doAct({ kind, label, nth, value }: TargetAct): boolean {
  const element = named(label)[nth];
  if (!(element instanceof HTMLElement)) return false;
  if (kind === "press") element.click();
  else if (isField(element)) fill(element, value);
  return true;
}

function fill(field: Field, value: string): void {
  // The prototype's own setter: frameworks keep a copy of what they wrote by theirs.
  if (!Reflect.set(Object.getPrototypeOf(field) as object, "value", value, field)) field.value = value;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
}

const named = (label: string): Element[] =>
  [...elementsOf(document)].filter((one) => (isPressable(one) || isField(one)) && labelOf(one) === label);
