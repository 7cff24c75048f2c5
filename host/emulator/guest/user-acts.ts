/**
 * What a user does in the widget's document, and nothing that its code does: one account, of which steps of a scenario
 * are made, and which is mirrored in another rendering. It runs in the widget's own world, ahead of it.
 */
import { isPressable, parentOf } from "./target-traits.ts";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export type UserAct =
  /** `isFollowing`: the browser pressed it for what was done before, as Enter in a field presses the form's button. */
  | { readonly kind: "press"; readonly element: Element; readonly isFollowing: boolean }
  | { readonly kind: "fill"; readonly element: Field }
  /** Enter in a field that takes text. */
  | { readonly kind: "enter"; readonly element: Field };

export const isField = (element: Element | null): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

const PRESSED_INPUTS = /^(checkbox|radio|button|submit|reset|image|file)$/;
const NO_TEXT = /^(password|checkbox|radio|button|submit|reset|image|range|color|file|hidden)$/;

/** A field whose value is told: not one that is pressed, and never what is secret. */
const isFilled = (element: Element): element is Field =>
  isField(element) &&
  !(element instanceof HTMLInputElement && (PRESSED_INPUTS.test(element.type) || element.type === "password"));

export const takesText = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !NO_TEXT.test(element.type));

export function watchUser(tell: (act: UserAct) => void): void {
  const on = (type: string, handle: (element: Element, event: Event) => void) =>
    addEventListener(
      type,
      (event) => {
        const [target] = event.composedPath();
        if (event.isTrusted && target instanceof Element) handle(target, event);
      },
      true,
    );
  on("click", (target, event) => {
    const element = pressableAround(target) ?? target;
    if (takesText(element) || element instanceof HTMLSelectElement || isHandedOn(target)) return;
    tell({ kind: "press", element, isFollowing: isByBrowser(element, event) });
  });
  for (const type of ["input", "change"])
    on(type, (element) => {
      if (isFilled(element)) tell({ kind: "fill", element });
    });
  on("keydown", (element, event) => {
    if ((event as KeyboardEvent).key === "Enter" && takesText(element)) tell({ kind: "enter", element });
  });
}

/** What a click on it presses. */
function pressableAround(target: Element): Element | null {
  for (let one: Element | null = target; one; one = parentOf(one)) if (isPressable(one)) return one;
  return null;
}

/** A click on the words of a label is followed by one on what it labels, and that is the act. */
function isHandedOn(target: Element): boolean {
  const control = target.closest("label")?.control;
  if (!control || control.contains(target) || control.matches(":disabled")) return false;
  const inner = target.closest("a[href], button, input, select, textarea");
  return inner === null || !target.closest("label")?.contains(inner);
}

/** No pointer pressed it, and it has no focus for a key. */
const isByBrowser = (element: Element, event: Event): boolean =>
  (event as PointerEvent).pointerType === "" && !element.matches(":focus-within");
