/** Raw secrets seen so far in one run, so that the same value is known again where its name is gone. Never serialised. */
import { hit } from "./hit.ts";
import type { Hit } from "./types.ts";

const MOST = 2000;
/** Shorter values turn up by chance. */
const SHORTEST = 8;

export class SecretMemory {
  readonly #known = new Map<string, Hit>();
  #pattern: RegExp | null = null;

  /** Keeps the values of these hits; publishable keys and personal data are not kept. */
  remember(hits: readonly Hit[]): void {
    for (const found of hits) {
      if (found.family !== "secret" || found.publishable || found.value.length < SHORTEST || this.#known.size >= MOST) continue;
      if (!this.#known.has(found.value)) this.#pattern = null;
      this.#known.set(found.value, found);
    }
  }

  /** Where a known value stands in the text, as it is or percent-encoded. */
  find(text: string): Hit[] {
    if (this.#known.size === 0 || text.length < SHORTEST) return [];
    this.#pattern ??= new RegExp([...this.#known.keys()].flatMap((value) => [...new Set([value, encode(value)])]).sort((a, b) => b.length - a.length).map((value) => value.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|"), "g");
    return Array.from(text.matchAll(this.#pattern), (match) => {
      const known = this.#known.get(match[0]) ?? [...this.#known.values()].find(({ value }) => encode(value) === match[0])!;
      return hit({ ...known, start: match.index, end: match.index + match[0].length, why: `${known.why}; the same value was seen before` });
    });
  }
}

function encode(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return value; // lone surrogate
    throw error;
  }
}
