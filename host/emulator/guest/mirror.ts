/**
 * What a user does in one rendering of a widget, by the names that its targets have, so that the same can be done in
 * another. Runs in the widget's own world: what is done here is no user's gesture, and code that asks for one sees that.
 */
import { elementsOf, isPressable, labelOf, parentOf } from "./target-traits.ts";

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

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const isField = (element: Element | null): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
const isSwitch = (element: Element): boolean =>
  element instanceof HTMLInputElement && /^(checkbox|radio|button|submit|reset|image|file)$/.test(element.type);

/** Tells of what the user does, and of nothing that code does. */
export function watchActs(tell: (act: TargetAct) => void): void {
  const note = (kind: TargetAct["kind"], element: Element, value: string) =>
    tell({ kind, ...nameOf(element), value: value.slice(0, VALUE_LIMIT) });
  addEventListener(
    "click",
    (event) => {
      if (!event.isTrusted) return;
      const pressed = pressableAround(event.composedPath()[0]);
      if (pressed && !(pressed instanceof HTMLSelectElement)) note("press", pressed, "");
    },
    true,
  );
  for (const type of ["input", "change"] as const)
    addEventListener(
      type,
      (event) => {
        const [field] = event.composedPath();
        if (!event.isTrusted || !(field instanceof Element) || !isField(field) || isSwitch(field)) return;
        // What is secret is not told.
        if (field instanceof HTMLInputElement && field.type === "password") return;
        note("fill", field, field.value);
      },
      true,
    );
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

function nameOf(element: Element): Pick<TargetAct, "label" | "nth"> {
  const label = labelOf(element);
  return { label, nth: Math.max(0, named(label).indexOf(element)) };
}

const named = (label: string): Element[] =>
  [...elementsOf(document)].filter((one) => (isPressable(one) || isField(one)) && labelOf(one) === label);

/** What a click on it presses. */
function pressableAround(target: EventTarget | undefined): Element | null {
  for (let one = target instanceof Element ? target : null; one; one = parentOf(one)) if (isPressable(one)) return one;
  return null;
}
