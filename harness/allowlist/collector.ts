/** What was asked for, by origin; filled by the readers of requests, links and the bundle. */
import type { CspList, ProfileId } from "../../host/profiles/types.ts";
import type { RequestKind, StaticUrl, Where } from "../model/evidence.ts";

/** One way in which an origin is asked for. */
export interface Ask {
  readonly list: CspList;
  readonly url: string;
  readonly redirected: boolean;
}

/** The host that a run was rendered under, as far as advice depends on it. */
export interface HostContext {
  readonly profile: ProfileId;
  /** Policy of the widget's document; null when it was not observed or there is none. */
  readonly policy: string | null;
}

/** Something asked for that no list can allow. */
export interface Refusal extends HostContext {
  readonly kind: RequestKind;
  /** Null when the browser refuses it by itself. */
  readonly directive: string | null;
  readonly url: string;
}

export interface Sighting {
  readonly kind: string;
  readonly scenario: string;
  readonly where?: Where;
}

export interface Need {
  readonly origin: string;
  readonly asks: Ask[];
  readonly refusals: Refusal[];
  readonly seen: (Sighting & { count: number })[];
  readonly static: StaticUrl[];
}

/** A request that was answered by a stub, and where the real answer might lead. */
export interface Stub {
  readonly url: string;
  readonly kind: RequestKind;
  /** Lists that what follows may fall under: any for code and data, its own for what may only redirect. */
  readonly leadsTo: readonly CspList[];
}

export class NeedCollector {
  readonly byOrigin = new Map<string, Need>();
  readonly #notes = new Set<string>();
  readonly #stubs = new Map<string, Stub>();
  readonly #named = new Set<string>();

  need(origin: string): Need {
    const known = this.byOrigin.get(origin);
    if (known) return known;
    const need: Need = { origin, asks: [], refusals: [], seen: [], static: [] };
    this.byOrigin.set(origin, need);
    return need;
  }

  ask(origin: string, ask: Ask): void {
    this.need(origin).asks.push(ask);
  }

  refuse(origin: string, refusal: Refusal, count: number, sighting: Sighting): void {
    this.need(origin).refusals.push(refusal);
    this.see(origin, count, sighting);
  }

  /** Sightings at the same place are counted together. */
  see(origin: string, count: number, sighting: Sighting): void {
    const { seen } = this.need(origin);
    const known = seen.find((one) => isSameSighting(one, sighting));
    if (known) known.count += count;
    else seen.push({ ...sighting, count });
  }

  /** What a reader must know of how far the observation went; once each. */
  note(text: string): void {
    this.#notes.add(text);
  }

  /** Something that got an answer of ours: what the real one leads to was not seen. */
  stub(stub: Stub): void {
    if (!this.#stubs.has(stub.url)) this.#stubs.set(stub.url, stub);
  }

  /** What the widget was given names this origin. */
  nameInProps(origin: string): void {
    this.#named.add(origin);
  }

  get notes(): string[] {
    return [...this.#notes];
  }

  get stubs(): Stub[] {
    return [...this.#stubs.values()];
  }

  get named(): string[] {
    return [...this.#named];
  }
}

const isSameSighting = (a: Sighting, b: Sighting): boolean =>
  a.kind === b.kind &&
  a.scenario === b.scenario &&
  a.where?.url === b.where?.url &&
  a.where?.line === b.where?.line &&
  a.where?.column === b.where?.column;
