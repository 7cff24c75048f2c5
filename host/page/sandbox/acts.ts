/** What a user does in the widget, as steps of a scenario. It runs in the widget's document, ahead of it. */
import { readScreen } from "../../emulator/guest/screen.ts";
import { PRESSED } from "../../emulator/guest/target-traits.ts";
import type { ActRecord, ScreenRecord } from "../../server/live-records.ts";

/** Steps of one rendering that are told. */
const LIMIT = 200;
const NAME_CHARACTERS = 80;
const VALUE_CHARACTERS = 500;

/** Tells each trusted act of the user; what a password field takes is not told. */
export function tellActs(tell: (record: ActRecord) => void): void {
  let told = 0;
  const filled = new WeakMap<Element, string>();
  const act = (step: ActRecord["step"]) => {
    if (++told <= LIMIT) tell({ type: "act", step });
  };
  const fill = (element: Element) => {
    const value = typedIn(element);
    if (value === null || filled.get(element) === value) return;
    filled.set(element, value);
    act({ fill: locatorOf(element), value: value.slice(0, VALUE_CHARACTERS) });
  };
  const on = (type: string, handle: (element: Element, event: Event) => void) =>
    addEventListener(
      type,
      (event) => {
        const [target] = event.composedPath();
        if (event.isTrusted && target instanceof Element) handle(target, event);
      },
      true,
    );
  on("click", (target) => {
    const element = target.closest(PRESSED) ?? target;
    if (typedIn(element) === null && !(element instanceof HTMLSelectElement)) act({ click: locatorOf(element) });
  });
  on("change", fill);
  on("keydown", (element, event) => {
    if ((event as KeyboardEvent).key !== "Enter" || typedIn(element) === null) return;
    fill(element);
    act({ press: locatorOf(element), key: "Enter" });
  });
}

export const screenRecord = (): ScreenRecord => ({ type: "screen", ...readScreen() });

const NO_TEXT = /^(password|checkbox|radio|button|submit|reset|image|range|color|file|hidden)$/;

/** Null: it takes no text, or none that may be told. */
function typedIn(element: Element): string | null {
  if (element instanceof HTMLTextAreaElement) return element.value;
  return element instanceof HTMLInputElement && !NO_TEXT.test(element.type) ? element.value : null;
}

/** Playwright's locator of it: role and name, else its id, else its text; with its place among equals. */
function locatorOf(element: Element): string {
  const [role, name] = [roleOf(element), nameOf(element)];
  if (role !== null && name !== "") {
    const place = placeAmong(element, (other) => roleOf(other) === role && nameOf(other) === name);
    return `role=${role}[name=${JSON.stringify(name)}]${place}`;
  }
  if (element.id !== "") return `css=#${CSS.escape(element.id)}`;
  const tag = element.tagName.toLowerCase();
  if (name !== "" && name.length < NAME_CHARACTERS) return `text=${JSON.stringify(name)}`;
  return `css=${tag}${placeAmong(element, (other) => other.tagName === element.tagName)}`;
}

function placeAmong(element: Element, isEqual: (other: Element) => boolean): string {
  const equals = [...document.querySelectorAll("*")].filter(isEqual);
  return equals.length > 1 && equals.includes(element) ? ` >> nth=${equals.indexOf(element)}` : "";
}

const ROLES: Readonly<Record<string, string>> = {
  BUTTON: "button",
  SUMMARY: "button",
  TEXTAREA: "textbox",
  SELECT: "combobox",
  OPTION: "option",
};
const INPUT_ROLES: Readonly<Record<string, string>> = {
  button: "button",
  submit: "button",
  reset: "button",
  image: "button",
  checkbox: "checkbox",
  radio: "radio",
  range: "slider",
  number: "spinbutton",
  search: "searchbox",
};

function roleOf(element: Element): string | null {
  const written = element.getAttribute("role");
  if (written) return written;
  if (element instanceof HTMLAnchorElement) return element.hasAttribute("href") ? "link" : null;
  if (element instanceof HTMLInputElement) return INPUT_ROLES[element.type] ?? "textbox";
  return ROLES[element.tagName] ?? null;
}

function nameOf(element: Element): string {
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
  const written =
    element.getAttribute("aria-label") ??
    labels?.[0]?.textContent ??
    (element instanceof HTMLElement && element.innerText.trim() !== "" ? element.innerText : null) ??
    element.getAttribute("placeholder") ??
    element.getAttribute("title") ??
    (element instanceof HTMLInputElement && /^(button|submit|reset)$/.test(element.type) ? element.value : "");
  return written.replace(/\s+/g, " ").trim().slice(0, NAME_CHARACTERS);
}
