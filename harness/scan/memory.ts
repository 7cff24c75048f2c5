/** Raw secrets seen so far in one run, so that the same value is known again where its name is gone. Never serialised. */
import { Finder, formsOf } from "./forms.ts";
import { hit } from "./hit.ts";
import type { Hit } from "./types.ts";

const MOST = 2000;
/** Shorter values turn up by chance. */
const SHORTEST = 8;

export class SecretMemory {
  readonly #known = new Set<string>();
  /** Every form of a known value, with the place where it was found first. */
  readonly #forms = new Finder<Hit>();

  /** Keeps the values of these hits; publishable keys and personal data are not kept. */
  remember(hits: readonly Hit[]): void {
    for (const found of hits) {
      if (
        found.family !== "secret" ||
        found.publishable ||
        found.value.length < SHORTEST ||
        this.#known.size >= MOST ||
        this.#known.has(found.value)
      )
        continue;
      this.#known.add(found.value);
      for (const form of formsOf(found.value)) this.#forms.add(form, found);
    }
  }

  /** Where a known value stands in the text, as it is or encoded. */
  find(text: string): Hit[] {
    return this.#forms.find(text).map(({ start, end, text: form, what }) =>
      hit({
        ...what,
        start,
        end,
        why: `${what.why}; the same value was seen before${form === what.value ? "" : ", written another way"}`,
      }),
    );
  }
}
