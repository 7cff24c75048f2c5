/** Hides secrets in what is about to be written down, and remembers what kinds there were. */
import type { Detection } from "../model/evidence.ts";
import { hidingOf, type Hiding } from "./given.ts";
import { SecretMemory } from "./memory.ts";
import { scanText } from "./text.ts";
import { scanValue } from "./walk.ts";

export class Masking {
  readonly #memory = new SecretMemory();
  readonly #hiding: Hiding;
  readonly #kinds = new Set<string>();

  /** @param secrets what the user gave to be let in */
  constructor(secrets: readonly string[]) {
    this.#hiding = hidingOf(secrets);
  }

  get kinds(): string[] {
    return [...this.#kinds];
  }

  readonly text = (text: string): string => {
    const { masked, detections } = scanText(text, "console", { memory: this.#memory });
    this.#note(detections);
    return this.#hiding.text(masked);
  };

  readonly value = (value: unknown): unknown => {
    const { masked, detections } = scanValue(value, "toolOutput", { memory: this.#memory });
    this.#note(detections);
    return this.#hiding.every(masked);
  };

  #note(detections: readonly Detection[]): void {
    for (const { family, title } of detections) if (family === "secret") this.#kinds.add(title);
  }
}
