/** Masked texts and source places, asked of the server once each. What is not known yet is not shown. */
import type { Detection, Where } from "../../../harness/model/evidence.ts";
import type { InspectRequest, RawPlace, Scanned } from "../../server/types.ts";
import { api } from "../api.ts";

type Carrier = Detection["carrier"];

/** What one look at the live log needs. */
export interface Wanted {
  readonly texts: { readonly carrier: Carrier; readonly text: string }[];
  readonly values: { readonly carrier: Carrier; readonly value: unknown }[];
  readonly places: RawPlace[];
}

/** Answers kept; a document that keeps making new ones starts over. */
const KEPT = 5000;
const HIDDEN: Scanned<string> = { masked: "…", detections: [], limits: [] };

export class Inspector {
  readonly #texts = new Map<string, Scanned<string>>();
  readonly #values = new Map<string, Scanned<unknown>>();
  readonly #places = new Map<string, Where | null>();
  #revision = "";

  /** Forgets places of another document. */
  begin(revision: string): void {
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#places.clear();
    if (this.#texts.size + this.#values.size > KEPT) {
      this.#texts.clear();
      this.#values.clear();
    }
  }

  text(carrier: Carrier, text: string): Scanned<string> {
    return this.#texts.get(`${carrier} ${text}`) ?? HIDDEN;
  }

  value(carrier: Carrier, value: unknown): Scanned<unknown> {
    return this.#values.get(`${carrier} ${JSON.stringify(value)}`) ?? HIDDEN;
  }

  place(place: RawPlace): Where | undefined {
    return this.#places.get(JSON.stringify(place)) ?? undefined;
  }

  /** Asks for what is not known. @throws RequestFailed */
  async learn(stage: number, wanted: Wanted): Promise<void> {
    const texts = fresh(wanted.texts, ({ carrier, text }) => `${carrier} ${text}`, this.#texts);
    const values = fresh(wanted.values, ({ carrier, value }) => `${carrier} ${JSON.stringify(value)}`, this.#values);
    const places = fresh(wanted.places, (place) => JSON.stringify(place), this.#places);
    if (texts.size + values.size + places.size === 0) return;
    const request: InspectRequest = {
      stage,
      texts: [...texts.values()],
      values: [...values.values()],
      places: [...places.values()],
    };
    const answer = await api.inspect(request);
    [...texts.keys()].forEach((key, index) => answer.texts[index] && this.#texts.set(key, answer.texts[index]));
    [...values.keys()].forEach((key, index) => answer.values[index] && this.#values.set(key, answer.values[index]));
    [...places.keys()].forEach((key, index) => this.#places.set(key, answer.places[index] ?? null));
  }
}

function fresh<T>(items: readonly T[], key: (item: T) => string, known: ReadonlyMap<string, unknown>): Map<string, T> {
  return new Map(items.map((item) => [key(item), item] as const).filter(([name]) => !known.has(name)));
}
