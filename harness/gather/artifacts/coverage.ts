/** What ran of the widget's code, by source file, and what became of the places that its text was read at. Pure. */
import type {
  BundleEvidence,
  CoverageEvidence,
  FileCoverage,
  Gathered,
  Provenance,
  Reach,
  Share,
  Where,
} from "../../model/evidence.ts";
import type { JoinContext } from "../../model/join-context.ts";
import type { RawCoverage } from "../../model/raw-log.ts";
import { codeMapOf, pathOf } from "./code-maps.ts";
import { mergeCoverage, reachAt, type CoveredScript, type Stretch } from "./coverage-merge.ts";
import { indexOf, type SourceIndex } from "./source-index.ts";
import { piecesOf, type Piece } from "./source-pieces.ts";

/** Files that are told one by one; there may be a catalogue of them. */
const MOST_FILES = 300;

/** Made of all renderings of a job; null when nothing was measured in any. */
export class Coverage {
  readonly #scripts: readonly CoveredScript[];
  readonly #context: JoinContext;
  readonly #index: SourceIndex;

  constructor(records: readonly RawCoverage[], context: JoinContext) {
    this.#scripts = mergeCoverage(records);
    this.#context = context;
    this.#index = indexOf(context.document);
  }

  evidence(): CoverageEvidence {
    const files = new Map<string, Mutable>();
    for (const script of this.#scripts) this.#count(script, files);
    return { files: [...files.values()].sort(byWeight).slice(0, MOST_FILES) };
  }

  /** The bundle as it was read, place by place with what became of it. */
  reached(bundle: Gathered<BundleEvidence>): Gathered<BundleEvidence> {
    if (bundle.status === "failed") return bundle;
    const withReach = <T extends { readonly where: Where }>(found: T): T => {
      const reach = this.#reachOf(found.where);
      return reach === null ? found : { ...found, reach };
    };
    const { urls, uses } = bundle.value;
    return { status: "ok", value: { ...bundle.value, urls: urls.map(withReach), uses: uses.map(withReach) } };
  }

  /** Of a place in the code as it was run. Null where V8 saw no such code, or cannot tell which it is. */
  #reachOf({ url, line, column = 1 }: Where): Reach | null {
    if (line === undefined) return null;
    if (url !== this.#index.name) {
      const [script, another] = this.#scripts.filter((one) => one.offset === null && one.url === url);
      const start = script && startsOf(script)[line - 1];
      return script && !another && start !== undefined ? reachAt(script, start + column - 1) : null;
    }
    const at = this.#index.offsetOf(line - 1, column - 1);
    const script = this.#scripts.find(({ offset, length }) => offset !== null && offset <= at && at < offset + length);
    return script ? reachAt(script, at - (script.offset ?? 0)) : null;
  }

  #count(script: CoveredScript, files: Map<string, Mutable>): void {
    const pieces = this.#piecesOf(script);
    const isMapped = pieces.some(({ source }) => source !== null);
    const fileOf = (piece: Piece | undefined): Mutable | null => {
      // Of mapped code that no map knows, as a bundler's own, it is not known whose it is.
      if (!piece || (isMapped && piece.source === null)) return null;
      const whose = piece.source === null ? this.#unmapped(script) : ownerOf(piece.source);
      const key = `${whose.provenance} ${whose.file}`;
      const known = files.get(key) ?? { ...whose, characters: { ran: 0, of: 0 }, functions: { ran: 0, of: 0 } };
      files.set(key, known);
      return known;
    };
    const unrunIn = counterOf(script.unrun);
    for (const piece of pieces) {
      const file = fileOf(piece);
      const length = piece.end - piece.start;
      if (file) add(file.characters, length - unrunIn(piece), length);
    }
    for (const { start, ran } of script.functions) {
      const file = fileOf(pieceAt(pieces, start));
      if (file) add(file.functions, ran ? 1 : 0, 1);
    }
  }

  #unmapped({ offset, url, provenance }: CoveredScript): Owner {
    return { file: offset === null ? url : this.#index.name, ...(provenance ? { provenance } : {}) };
  }

  /** In offsets of the script. */
  #piecesOf(script: CoveredScript): Piece[] {
    const { offset, length, url } = script;
    if (offset === null) {
      const map = codeMapOf(url, this.#context);
      return piecesOf(startsOf(script), { start: 0, end: length }, map ? [map] : []);
    }
    return this.#index
      .piecesOf({ start: offset, end: offset + length })
      .map((piece) => ({ ...piece, start: piece.start - offset, end: piece.end - offset }));
  }
}

type MutableShare = { -readonly [K in keyof Share]: Share[K] };
interface Owner {
  readonly file: string;
  readonly provenance?: Provenance;
}
interface Mutable extends Owner {
  readonly characters: MutableShare;
  readonly functions: MutableShare;
}

function add(share: MutableShare, ran: number, of: number): void {
  share.ran += ran;
  share.of += of;
}

const PACKAGE = /^.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/;

/** A package is one, however many files it has. */
function ownerOf(source: string): Owner {
  const name = PACKAGE.exec(source)?.[1];
  return name === undefined ? { file: pathOf(source) } : { file: name, provenance: "package" };
}

function startsOf({ lines = [] }: CoveredScript): number[] {
  let at = 0;
  return lines.map((length) => (at += length) - length);
}

/** How much of a piece lies in the stretches; pieces are asked for in order. */
function counterOf(stretches: readonly Stretch[]): (piece: Piece) => number {
  let first = 0;
  return ({ start, end }) => {
    let sum = 0;
    while ((stretches[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++;
    for (let at = first; ; at++) {
      const stretch = stretches[at];
      if (!stretch || stretch.start >= end) return sum;
      sum += Math.min(end, stretch.end) - Math.max(start, stretch.start);
    }
  };
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

const RANK = { own: 0, bundle: 1, package: 2 } as const;

const byWeight = (a: FileCoverage, b: FileCoverage): number =>
  RANK[a.provenance ?? "own"] - RANK[b.provenance ?? "own"] || b.characters.of - a.characters.of;
