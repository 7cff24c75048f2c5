/** What the page shows, kept in the URL's fragment so that a view can be shared and reloaded. */
import type { DisplayMode } from "../../profiles/types.ts";
import type { Scenario } from "../../../harness/model/widget.ts";
import type { NetworkFault } from "../../server/types.ts";
import type { CspLists } from "./edited-meta.ts";
import {
  DELIVER,
  DEVICES,
  isLocale,
  isTimeZone,
  languagesIn,
  POINTERS,
  type Deliver,
  type Device,
  type Pointer,
} from "./values.ts";
import { readVersus, writeVersus, type Versus } from "./versus.ts";

export const AREAS = ["widget", "controls", "panels"] as const;
export type Area = (typeof AREAS)[number];
const MODES = ["inline", "fullscreen", "pip"] as const satisfies readonly DisplayMode[];

export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** What the user changed against the scenario; absent means: as the scenario says. */
export interface Edits {
  readonly toolInput?: unknown;
  readonly toolOutput?: unknown;
  readonly meta?: unknown;
  readonly widgetState?: unknown;
  readonly csp?: CspLists;
  /** How the network fails, by origin. */
  readonly faults?: readonly NetworkFault[];
  /** Style variables of the host. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface View {
  readonly widget: string;
  readonly scenario: string;
  /** Empty: the session's default. */
  readonly profile: string;
  readonly theme: "light" | "dark";
  readonly locale: string;
  readonly mode: DisplayMode;
  readonly device: Device;
  readonly insets: Insets;
  /** Of the frame, CSS pixels; 0: as the host has it. */
  readonly width: number;
  /** Of the container, CSS pixels; 0: as the host says. */
  readonly height: number;
  readonly pointer: Pointer;
  /** Empty: as the scenario says, else UTC. */
  readonly timeZone: string;
  /** Of the user's browser, preferred first; empty: the locale alone. In the check alone. */
  readonly languages: readonly string[];
  /** In the check alone. */
  readonly motion: "" | "reduce";
  readonly contrast: "" | "more";
  /** What another rendering beside it has otherwise; null: there is none. */
  readonly versus: Versus | null;
  /** How the tool's result comes. */
  readonly deliver: Deliver;
  /** Before it comes, or between two parts of the input, milliseconds. */
  readonly pace: number;
  /** The dev overlay: mocks and stubs answer allowed requests. */
  readonly overlay: boolean;
  /** Who answers allowed requests that no mock does; of the overlay. */
  readonly network: "" | "live";
  /** Id of a panel; one that is not there shows the first. */
  readonly panel: string;
  /** Which part a narrow screen shows. */
  readonly area: Area;
  /** Selected finding, by fingerprint. */
  readonly finding: string;
  readonly edits: Edits;
}

export const NO_INSETS: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

export function defaultView(dark: boolean): View {
  return {
    widget: "",
    scenario: "",
    profile: "",
    theme: dark ? "dark" : "light",
    locale: "en-US",
    mode: "inline",
    device: "desktop",
    insets: NO_INSETS,
    width: 0,
    height: 0,
    pointer: "",
    timeZone: "",
    languages: [],
    motion: "",
    contrast: "",
    versus: null,
    deliver: "at-once",
    pace: 1500,
    overlay: true,
    network: "",
    panel: "verdict",
    area: "widget",
    finding: "",
    edits: {},
  };
}

/** The parts of a view that a scenario decides, when it is chosen; the theme stays unless it names one. */
export function scenarioView(scenario: Scenario | undefined): Partial<View> {
  const { theme, locale, displayMode, device, safeArea, timeZone, languages, reducedMotion, contrast } =
    scenario?.context ?? {};
  return {
    scenario: scenario?.name ?? "",
    edits: {},
    finding: "",
    locale: locale ?? "en-US",
    mode: displayMode ?? "inline",
    device: device ?? "desktop",
    insets: safeArea ?? NO_INSETS,
    timeZone: timeZone ?? "",
    languages: languages ?? [],
    motion: reducedMotion ? "reduce" : "",
    contrast: contrast === "more" ? "more" : "",
    ...{ width: 0, height: 0, pointer: "" as const },
    ...(theme ? { theme } : {}),
  };
}

const oneOf = <T extends string>(options: readonly T[], value: string | null, fallback: T): T =>
  options.find((option) => option === value) ?? fallback;

/** Anything may stand in a URL: what does not fit is left at its default. */
export function readView(hash: string, base: View): View {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string, fallback: string) => given.get(name) ?? fallback;
  const locale = text("locale", base.locale);
  return {
    widget: text("widget", base.widget),
    scenario: text("scenario", base.scenario),
    profile: text("profile", base.profile),
    theme: oneOf(["light", "dark"], given.get("theme"), base.theme),
    locale: isLocale(locale) ? locale : base.locale,
    mode: oneOf(MODES, given.get("mode"), base.mode),
    device: oneOf(DEVICES, given.get("device"), base.device),
    insets: readInsets(given.get("safe"), base.insets),
    width: numberIn(given.get("width"), 1, 10_000) ?? base.width,
    height: numberIn(given.get("height"), 1, 10_000) ?? base.height,
    pointer: oneOf(POINTERS, given.get("pointer"), base.pointer),
    timeZone: isTimeZone(text("zone", "")) ? text("zone", "") : base.timeZone,
    languages: given.has("languages") ? languagesIn(text("languages", "")) : base.languages,
    motion: oneOf(["", "reduce"], given.get("motion"), base.motion),
    contrast: oneOf(["", "more"], given.get("contrast"), base.contrast),
    versus: readVersus(given.get("versus")),
    deliver: oneOf(DELIVER, given.get("deliver"), base.deliver),
    pace: numberIn(given.get("pace"), 0, 60_000) ?? base.pace,
    overlay: given.has("overlay") ? given.get("overlay") !== "off" : base.overlay,
    network: oneOf(["", "live"], given.get("network"), base.network),
    panel: text("panel", base.panel),
    area: oneOf(AREAS, given.get("area"), base.area),
    finding: text("finding", base.finding),
    edits: readEdits(given.get("edits")) ?? base.edits,
  };
}

/** Only what differs from the default is written. */
export function writeView(view: View, base: View): string {
  const out = new URLSearchParams();
  for (const name of [
    "widget",
    "scenario",
    "profile",
    "theme",
    "locale",
    "mode",
    "device",
    "deliver",
    "pointer",
    "motion",
    "contrast",
    "network",
    "panel",
    "area",
    "finding",
  ] as const)
    if (view[name] !== base[name]) out.set(name, view[name]);
  for (const name of ["pace", "width", "height"] as const)
    if (view[name] !== base[name]) out.set(name, String(view[name]));
  if (view.timeZone !== base.timeZone) out.set("zone", view.timeZone);
  if (view.languages.length > 0) out.set("languages", view.languages.join(","));
  if (view.versus) out.set("versus", writeVersus(view.versus));
  if (view.overlay !== base.overlay) out.set("overlay", view.overlay ? "on" : "off");
  const { top, right, bottom, left } = view.insets;
  if (top || right || bottom || left) out.set("safe", [top, right, bottom, left].join(","));
  if (Object.keys(view.edits).length > 0) out.set("edits", JSON.stringify(view.edits));
  return out.toString();
}

function numberIn(text: string | null, least: number, most: number): number | null {
  const value = text === null || text === "" ? NaN : Number(text);
  return Number.isFinite(value) && value >= least && value <= most ? value : null;
}

function readInsets(text: string | null, fallback: Insets): Insets {
  const [top = NaN, right = NaN, bottom = NaN, left = NaN] = (text ?? "").split(",").map(Number);
  const all = [top, right, bottom, left];
  return text && all.every((one) => Number.isFinite(one) && one >= 0 && one <= 200)
    ? { top, right, bottom, left }
    : fallback;
}

function readEdits(text: string | null): Edits | null {
  if (!text) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? pickEdits(value as Record<string, unknown>)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function pickEdits(value: Record<string, unknown>): Edits {
  const edits: Record<string, unknown> = {};
  for (const name of ["toolInput", "toolOutput", "meta", "widgetState"])
    if (Object.hasOwn(value, name)) edits[name] = value[name];
  const faults = Array.isArray(value.faults) ? (value.faults as unknown[]).filter(isFault).slice(0, 20) : [];
  if (faults.length > 0) edits.faults = faults;
  const variables = variablesIn(value.variables);
  if (variables) edits.variables = variables;
  const csp = value.csp as Record<string, unknown> | undefined;
  if (csp && typeof csp === "object") {
    const list = (name: string) =>
      Array.isArray(csp[name]) ? (csp[name] as unknown[]).filter((entry) => typeof entry === "string") : [];
    edits.csp = {
      connect: list("connect"),
      resource: list("resource"),
      frame: list("frame"),
      redirect: list("redirect"),
      base: list("base"),
    };
  }
  return edits;
}

function isFault(value: unknown): value is NetworkFault {
  const { origin, how } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof origin === "string" && ["slow", "error", "unreachable"].includes(String(how));
}

function variablesIn(value: unknown): Readonly<Record<string, string>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value as Record<string, unknown>).filter(
    (entry): entry is [string, string] => entry[0].startsWith("--") && typeof entry[1] === "string",
  );
  return entries.length > 0 ? Object.fromEntries(entries.slice(0, 200)) : null;
}
