/** Texts of the scripts and style sheets that were answered for a widget, by what the browser wanted them for. */
import type { AnsweredBy } from "../../model/evidence.ts";
import type { BoundaryAnswer } from "./boundary.ts";

export interface ArrivedCode {
  /** Its address. */
  readonly name: string;
  readonly code: string;
  readonly language: "script" | "style";
}

const LANGUAGES: Readonly<Partial<Record<string, ArrivedCode["language"]>>> = {
  script: "script",
  worker: "script",
  sharedworker: "script",
  audioworklet: "script",
  paintworklet: "script",
  style: "style",
};
/** More than are read: a run that loads more is a flood, of which something is left unread. */
const MOST = 500;

export class CodeStore {
  readonly #texts = new Map<string, { readonly answer: BoundaryAnswer; readonly language: ArrivedCode["language"] }>();

  /** What was made up for want of an answer says nothing. */
  note(url: string, dest: string, by: AnsweredBy, answer: BoundaryAnswer | null): void {
    const language = LANGUAGES[dest];
    if (!language || !answer || answer.status !== 200 || by === "stub" || this.#texts.size >= MOST) return;
    this.#texts.set(url, { answer, language });
  }

  get texts(): ArrivedCode[] {
    return [...this.#texts]
      .map(([name, { answer, language }]) => ({ name, code: answer.body.toString(), language }))
      .filter(({ code }) => code.trim() !== "");
  }
}
