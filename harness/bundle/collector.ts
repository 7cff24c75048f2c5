/** Gathers what the readers find, once each, with positions in the document. */
import type { BundleEvidence, Provenance, RequestKind, StaticUrl, StaticUse, Where } from "../model/evidence.ts";
import { excerptOf, lineAt, lineStarts } from "../model/lines.ts";
import { scanText } from "../scan/index.ts";
import { listOfKind } from "./kinds.ts";
import { describeUrl, isLocalUrl } from "./urls.ts";

/** Entries kept of each sort; a bundle with more is a catalogue, and the rest is counted. */
const MOST = 400;
/** Places kept of the same URL or use. */
const MOST_PLACES = 3;

/** What a use may say beside its name, detail and place. */
export type UseFacts = Pick<StaticUse, "guard" | "url" | "kind" | "handed">;

export type Certainty = StaticUrl["certainty"];

export class Collector {
  readonly #lineStarts: readonly number[];
  readonly #files: BundleEvidence["files"][number][] = [];
  readonly #urls = new Map<string, StaticUrl[]>();
  readonly #uses = new Map<string, StaticUse[]>();
  #left = 0;
  /** Globals to which the widget gave a function of its own: calls of them are no longer the browser's. */
  readonly replaced = new Set<string>();
  /** Whose code is being read. */
  provenance: Provenance | null = null;
  readonly html: string;
  readonly name: string;
  readonly #quotes: boolean;

  /** @param quotes places carry their line of source: nobody else will have the text. Default false. */
  constructor(html: string, name: string, quotes = false) {
    this.html = html;
    this.name = name;
    this.#quotes = quotes;
    this.#lineStarts = lineStarts(html);
  }

  /** Line and column, 1-based, of an offset in UTF-16 units. */
  where(offset: number): Where {
    const line = lineAt(this.#lineStarts, offset);
    const start = this.#lineStarts[line] ?? 0;
    const place = { url: this.name, line: line + 1, column: offset - start + 1 };
    if (!this.#quotes) return place;
    const end = (this.#lineStarts[line + 1] ?? this.html.length + 1) - 1;
    const excerpt = excerptOf(
      this.html.slice(Math.max(start, offset - 400), Math.min(end, offset + 400)),
      Math.min(offset - start, 400),
    );
    return { ...place, excerpt: scanText(excerpt, "html").masked };
  }

  file(name: string, bytes: number, problem?: string, unread = false): void {
    this.#files.push({
      name,
      bytes,
      parsed: problem === undefined,
      ...(problem === undefined ? {} : { problem }),
      ...(unread ? { unread } : {}),
    });
  }

  /**
   * @param text the URL as written; `\0` stands for parts that only run time knows
   * @param certainty `request` when this code or markup surely asks for it
   * @param handed the function that it is handed to asks for it
   */
  url(text: string, kind: RequestKind, certainty: Certainty, offset: number, handed?: true): void {
    const { url, origin } = describeUrl(text);
    if (isLocalUrl(url) && certainty === "request") this.use("localhost", origin ?? url, offset);
    const whose = this.#whose();
    const key = `${certainty} ${kind} ${url} ${this.provenance} ${handed}`;
    this.#add(this.#urls, key, offset, (where) => ({
      url: scanText(url, "html").masked,
      origin,
      kind,
      list: origin === null ? null : listOfKind(kind),
      where,
      certainty,
      ...(handed ? { handed } : {}),
      ...whose,
    }));
  }

  /** @param more what stays the same for every place of the use; a URL is kept whole */
  use(what: StaticUse["what"], detail: string, offset: number, more: UseFacts = {}): void {
    // A policy is judged by its words: cut, it would refuse what it allows.
    const longest = what === "inline-policy" ? 4000 : 120;
    const short = detail.length > longest ? `${detail.slice(0, longest - 1)}…` : detail;
    const whose = this.#whose();
    const key = JSON.stringify([what, short, more.guard, more.url, more.kind, more.handed, this.provenance]);
    this.#add(this.#uses, key, offset, (where) => ({
      what,
      detail: scanText(short, "html").masked,
      ...more,
      ...(more.url === undefined ? {} : { url: scanText(more.url, "html").masked }),
      ...whose,
      where,
    }));
  }

  #whose(): { provenance?: Provenance } {
    return this.provenance === null ? {} : { provenance: this.provenance };
  }

  #add<T extends { readonly where: Where }>(
    map: Map<string, T[]>,
    key: string,
    offset: number,
    make: (where: Where) => T,
  ): void {
    const where = this.where(offset);
    const known = map.get(key);
    if (!known && map.size < MOST) map.set(key, [make(where)]);
    else if (!known) this.#left++;
    else if (
      known.length < MOST_PLACES &&
      !known.some((one) => one.where.line === where.line && one.where.column === where.column)
    )
      known.push(make(where));
  }

  evidence(): BundleEvidence {
    const requested = new Set(
      [...this.#urls.values()]
        .flat()
        .filter((one) => one.certainty === "request")
        .map((one) => one.url),
    );
    const urls = [...this.#urls.values()]
      .flat()
      .filter((one) => one.certainty === "request" || !requested.has(one.url));
    const files =
      this.#left === 0
        ? this.#files
        : [
            ...this.#files,
            { name: this.name, bytes: 0, parsed: true, problem: `${this.#left} more URLs or uses are not listed` },
          ];
    return {
      files,
      urls: urls.sort(byPlace),
      uses: [...this.#uses.values()]
        .flat()
        .filter(({ what }) => !this.replaced.has(what))
        .sort(byPlace),
    };
  }
}

const byPlace = (a: { readonly where: Where }, b: { readonly where: Where }): number =>
  (a.where.line ?? 0) - (b.where.line ?? 0) || (a.where.column ?? 0) - (b.where.column ?? 0);
