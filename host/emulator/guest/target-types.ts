/** What could be pressed in a document, as plain values. */

/** How a target is used: with the mouse, by typing, by a key that changes a value, by the mouse over it, or by scrolling. */
export type TargetKind = "press" | "type" | "choose" | "hover" | "scroll";

export interface Target {
  /** Of this listing. */
  readonly index: number;
  readonly kind: TargetKind;
  /** Role and name, as a user would call it: the same in each run. */
  readonly label: string;
  /** Elements of one group look and are named alike, as the rows of a list. */
  readonly group: string;
  /** It came since the last listing. */
  readonly isFresh: boolean;
  /** It was pressed already, and is still there. */
  readonly isDone: boolean;
  /** What is typed into it; empty for what takes no text. */
  readonly text: string;
  /** 0: stays; 1: by its name it closes or deletes; 2: leads to another page. */
  readonly leaving: 0 | 1 | 2;
}

/**
 * Where to aim, CSS pixels of the widget's document; "inner": what can be pressed within takes all of it, and is a
 * target itself; "covered": something else lies over it, or it is out of view.
 */
export type Aim = { readonly x: number; readonly y: number } | "inner" | "covered";

export interface TargetList {
  readonly targets: readonly Target[];
  /** Characters of text to be seen. */
  readonly textLength: number;
  /** That text, cut to a stated length. */
  readonly text: string;
}

/** Elements with listeners of their own, as the debugger tells them. */
export interface Listening {
  readonly press: readonly unknown[];
  readonly hover: readonly unknown[];
}
