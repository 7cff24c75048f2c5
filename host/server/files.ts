/** Files that the user gave a widget on the page: in memory, until the server ends. */
import { randomUUID } from "node:crypto";

export interface UserFile {
  readonly bytes: Buffer;
  /** As the browser named it. */
  readonly type: string;
}

/** Files kept, and bytes of all; the oldest go first. */
const COUNT_LIMIT = 50;
const SIZE_LIMIT = 200_000_000;

export class UserFiles {
  readonly #files = new Map<string, UserFile>();

  /** Answers its id. */
  add(file: UserFile): string {
    const id = `file_${randomUUID()}`;
    this.#files.set(id, file);
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= COUNT_LIMIT && this.#size() <= SIZE_LIMIT) break;
      this.#files.delete(oldest);
    }
    return id;
  }

  get(id: string): UserFile | undefined {
    return this.#files.get(id);
  }

  #size(): number {
    return [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }
}
