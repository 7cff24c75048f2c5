/** Renderings of the same widget, scenario and profile under other circumstances, all with the one answer that the tool gave. */
/**
 * `main`: as the scenario says. `late`: the result comes some seconds after the widget. `control`: it never comes.
 * `dark`, `narrow`: as `main`, in the dark theme or in a frame as wide as a phone. `pressed`: what can be pressed is.
 */
export const TRIALS = ["main", "late", "control", "dark", "narrow", "pressed"] as const;
/**
 * By choice. `again`: a second result follows the first. `reload`: taken down, and mounted again with the state that it
 * kept. `outage`: no data arrives. Code does, since without it nobody could say anything. `stream`: parts of the input,
 * then the input and its result. `cancelled`: the call of the tool is cancelled, and no result comes. `resize`: theme,
 * display mode or width change while the widget is there.
 */
export const CHOSEN_TRIALS = ["again", "reload", "outage", "stream", "cancelled", "resize"] as const;
export const ALL_TRIALS = [...TRIALS, ...CHOSEN_TRIALS] as const;
export type ChosenTrial = (typeof CHOSEN_TRIALS)[number];
export type TrialName = (typeof ALL_TRIALS)[number];

/** Why a trial did not run. */
export type NotRun =
  /** Left out by `--trials`. */
  | "not-asked"
  | "no-result"
  /** There is no input of which parts could come first. */
  | "no-input"
  /** The host tells a widget nothing of the kind. */
  | "no-channel"
  /** The host gives the result when it mounts the widget. */
  | "never-late"
  /** The main trial was dark, or narrow. */
  | "as-main"
  /** The widget's text knows neither theme nor width. */
  | "not-needed"
  /** Theme and width are tried in one scenario of a widget. */
  | "other-scenario"
  /** The main trial showed nothing that could be pressed. */
  | "nothing-to-press"
  /** The main trial kept no state. */
  | "no-state"
  /** It was rendered, and its document could not be looked at. */
  | "not-seen";

export type TrialState =
  | { readonly trial: TrialName; readonly outcome: "ran" }
  | { readonly trial: TrialName; readonly outcome: "not-run"; readonly because: NotRun };

/** What stands on the screen. Words are masked. */
export interface Shown {
  /** Visible text and the values of fields, one element a line. */
  readonly text: string;
  /** Short names of pictures, shapes and styled boxes: equal ones look alike. */
  readonly pictures: readonly string[];
  /** Something says that it is not ready: `aria-busy`, a spinner, a skeleton, a bar without a value. */
  readonly waiting: boolean;
}

/** The artifacts that circumstances change. */
export type TrialArtifact = "network" | "apiUses" | "console" | "document";
