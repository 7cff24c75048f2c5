/**
 * Which fields of `toolOutput` a widget reads. The widget gets a copy whose
 * fields are getters: same shape, same identity on every read, and
 * `JSON.stringify`, spreading and `structuredClone` work as on plain data
 * (a Proxy would make `structuredClone` throw).
 */
import type { ReadsRecord } from "./protocol.ts";
import { quietly, stackOf } from "./wrap.ts";

/** Fields watched at most; larger outputs are not watched at all. */
const FIELD_LIMIT = 5000;
const DEPTH_LIMIT = 50;
/** Builtins that walk a whole object without using a field. */
const WALKERS = /\b(JSON\.stringify|Object\.(assign|entries|values|fromEntries|freeze)|structuredClone)\b/;

interface Field {
  readonly parent: object;
  /** Call sites that read it. */
  readonly sites: Set<string>;
}

export class ReadRecorder {
  readonly #fields = new Map<string, Field>();
  readonly #children = new Map<object, string[]>();
  /** Lists that were reached. How long a list is can be read unseen. */
  readonly #lists = new Set<string>();
  #watched = 0;

  /** A copy that records, or the value itself when it is no object or too large. */
  watch<T>(value: T): T {
    if (typeof value !== "object" || value === null || count(value, 0) > FIELD_LIMIT) return value;
    this.#fields.clear();
    this.#children.clear();
    this.#lists.clear();
    this.#watched++;
    return this.#copy(value, "$") as T;
  }

  get watched(): boolean {
    return this.#watched > 0;
  }

  #copy(value: object, path: string): object {
    const copy: object = Array.isArray(value) ? [] : {};
    const paths: string[] = [];
    this.#children.set(copy, paths);
    for (const key of Object.keys(value)) {
      const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
      const given = (value as Record<string, unknown>)[key];
      const isBranch = typeof given === "object" && given !== null && Object.keys(given).length > 0;
      let held: unknown = isBranch ? this.#copy(given, at) : given;
      if (isBranch && !Array.isArray(given)) {
        (copy as Record<string, unknown>)[key] = held;
        continue;
      }
      if (isBranch) {
        Object.defineProperty(copy, key, {
          enumerable: true,
          configurable: true,
          get: () => {
            this.#lists.add(at);
            return held;
          },
          set: (next: unknown) => void (held = next),
        });
        continue;
      }
      const field: Field = { parent: copy, sites: new Set() };
      this.#fields.set(at, field);
      paths.push(at);
      Object.defineProperty(copy, key, {
        enumerable: true,
        configurable: true,
        get: () => {
          if (field.sites.size < 3) field.sites.add(callSite());
          return held;
        },
        set: (next: unknown) => void (held = next),
      });
    }
    return copy;
  }

  report(): ReadsRecord | null {
    if (!this.watched) return null;
    const fields: { path: string; state: "read" | "walked" }[] = [];
    const opaque = new Set<string>();
    for (const [path, field] of this.#fields) {
      if (field.sites.size === 0) continue;
      const walked = [...field.sites].every((site) => this.#isWalk(site, field));
      fields.push({ path, state: walked ? "walked" : "read" });
      if (walked) opaque.add(path.replace(/(\.[^.[]+|\[\d+\])$/, "") || "$");
    }
    return { fields: [...fields, ...this.#counted(fields.map(({ path }) => path))], opaque: [...opaque].slice(0, 100) };
  }

  /** Entries of lists that were reached and of which none was read: the widget may have counted them. */
  #counted(read: readonly string[]): { path: string; state: "walked" }[] {
    const lists = [...this.#lists]
      .filter((list) => !read.some((path) => path.startsWith(`${list}[`)))
      .map((list) => `${list}[`);
    return [...this.#fields.keys()]
      .filter((path) => lists.some((list) => path.startsWith(list)))
      .map((path) => ({ path, state: "walked" }));
  }

  /** One place in the code that read every field of an object walked it: a spread, a clone, a loop over all keys. */
  #isWalk(site: string, field: Field): boolean {
    if (WALKERS.test(site)) return true;
    const siblings = this.#children.get(field.parent) ?? [];
    return (
      siblings.length > 1 &&
      !Array.isArray(field.parent) &&
      siblings.every((path) => this.#fields.get(path)?.sites.has(site))
    );
  }
}

/** The frame that read the field, with the builtin above it if there is one. */
function callSite(): string {
  // 0 is this function, 1 the getter.
  const stack = stackOf();
  return quietly(() => stack.split("\n").slice(2, 4).join(" ").trim(), "");
}

function count(value: object, depth: number): number {
  if (depth > DEPTH_LIMIT) return Infinity;
  let total = 0;
  for (const child of Object.values(value) as unknown[]) {
    total += typeof child === "object" && child !== null ? count(child, depth + 1) : 1;
    if (total > FIELD_LIMIT) break;
  }
  return total;
}
