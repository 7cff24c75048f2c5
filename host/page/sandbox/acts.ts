/** What a user does in the widget, as steps of a scenario. It runs in the widget's document, ahead of it. */
import { readScreen } from "../../emulator/guest/screen.ts";
import { takesText, type UserAct } from "../../emulator/guest/user-acts.ts";
import type { ActRecord, ScreenRecord } from "../../server/live-records.ts";

/** Steps of one rendering that are told. */
const LIMIT = 200;
const NAME_CHARACTERS = 80;
const VALUE_CHARACTERS = 500;

/** One act as a step; null: no step says it. */
export type StepTeller = (act: UserAct) => ActRecord | null;

/** Of one rendering. A field is told once for each value that it comes to; what is pressed by the browser follows by itself. */
export function stepTeller(): StepTeller {
  let told = 0;
  const filled = new WeakMap<Element, string>();
  return (act) => {
    const step = stepOf(act);
    if (step === null || told >= LIMIT) return null;
    if (act.kind === "fill") {
      if (filled.get(act.element) === act.element.value) return null;
      filled.set(act.element, act.element.value);
    } else told++;
    return { type: "act", step };
  };
}

function stepOf(act: UserAct): ActRecord["step"] | null {
  if (act.kind === "enter") return { press: locatorOf(act.element), key: "Enter" };
  if (act.kind === "press") return act.isFollowing ? null : { click: locatorOf(act.element) };
  if (!takesText(act.element)) return null;
  return { fill: locatorOf(act.element), value: act.element.value.slice(0, VALUE_CHARACTERS) };
}

export const screenRecord = (): ScreenRecord => ({ type: "screen", ...readScreen() });

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
