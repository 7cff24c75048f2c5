/** A matcher of regular expressions that backtracks, step by step, and counts. It is for tests: what it finds is not used. */
import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** More steps than were allowed. */
export class TooMuch extends Error {}

interface State {
  readonly text: string;
  steps: number;
  readonly most: number;
  readonly groups: Map<AST.CapturingGroup, readonly [number, number] | undefined>;
}
/** What follows: true when all of it matches from there. */
type Next = (at: number) => boolean;
type Match = (state: State, at: number, next: Next) => boolean;

/** Steps that it takes to look for the expression through all of a text, as a replacement of every match does. */
export function compile(source: string, flags: string): (text: string, most: number) => number {
  const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const match = new Compiler(flags).alternatives(pattern.alternatives);
  const isOnce = flags.includes("y") || isAnchored(pattern, flags);
  return (text, most) => {
    const state: State = { text, steps: 0, most, groups: new Map() };
    for (let from = 0; from <= text.length;) {
      let end = -1;
      match(state, from, (at) => {
        end = at;
        return true;
      });
      if (isOnce) break;
      from = end > from ? end : from + 1;
    }
    return state.steps;
  };
}

/** Each alternative starts with `^`: engines look at the first position alone. */
const isAnchored = ({ alternatives }: AST.Pattern, flags: string): boolean =>
  !flags.includes("m") &&
  alternatives.every(({ elements: [first] }) => first?.type === "Assertion" && first.kind === "start");

function step(state: State): void {
  state.steps++;
  if (state.steps > state.most) throw new TooMuch();
}

class Compiler {
  readonly #flags: string;

  constructor(flags: string) {
    this.#flags = flags.replace(/[^imsuv]/g, "");
  }

  alternatives(alternatives: readonly AST.Alternative[]): Match {
    const all = alternatives.map(({ elements }) => this.#sequence(elements));
    return (state, at, next) => {
      for (const one of all) {
        step(state);
        if (one(state, at, next)) return true;
      }
      return false;
    };
  }

  #sequence(elements: readonly AST.Element[]): Match {
    return elements
      .map((element) => this.#element(element))
      .reduceRight<Match>(
        (rest, first) => (state, at, next) => first(state, at, (then) => rest(state, then, next)),
        (_state, at, next) => next(at),
      );
  }

  #element(element: AST.Element): Match {
    switch (element.type) {
      case "Group":
        return this.alternatives(element.alternatives);
      case "CapturingGroup":
        return this.#capturing(element);
      case "Quantifier":
        return this.#loop(element);
      case "Assertion":
        return this.#assertion(element);
      case "Backreference":
        return this.#backreference(element);
      default:
        return this.#one(this.#taking(element));
    }
  }

  #one(takes: (text: string, at: number) => boolean): Match {
    return (state, at, next) => {
      step(state);
      return takes(state.text, at) && next(at + 1);
    };
  }

  /** Whether a character is of the class. */
  #taking({ raw }: AST.Node): (text: string, at: number) => boolean {
    const alone = new RegExp(`^(?:${raw})$`, this.#flags.replace("m", ""));
    const known = new Map<number, boolean>();
    return (text, at) => {
      if (at >= text.length) return false;
      const code = text.charCodeAt(at);
      let taken = known.get(code);
      if (taken === undefined) known.set(code, (taken = alone.test(text[at] ?? "")));
      return taken;
    };
  }

  #capturing(group: AST.CapturingGroup): Match {
    const inner = this.alternatives(group.alternatives);
    return (state, at, next) =>
      inner(state, at, (end) => {
        const before = state.groups.get(group);
        state.groups.set(group, [at, end]);
        if (next(end)) return true;
        state.groups.set(group, before);
        return false;
      });
  }

  #loop({ element, min, max, greedy }: AST.Quantifier): Match {
    if (isOfOne(element)) return characters(this.#taking(element), { min, max, greedy });
    const inner = this.#element(element);
    const again = (state: State, at: number, count: number, next: Next): boolean => {
      const more = (): boolean =>
        count < max && inner(state, at, (end) => (end > at || count < min) && again(state, end, count + 1, next));
      step(state);
      if (count < min) return more();
      return greedy ? more() || next(at) : next(at) || more();
    };
    return (state, at, next) => again(state, at, 0, next);
  }

  #assertion(assertion: AST.Assertion): Match {
    if (assertion.kind === "lookahead") {
      const inner = this.alternatives(assertion.alternatives);
      return (state, at, next) => inner(state, at, () => true) !== assertion.negate && next(at);
    }
    // What is looked back at is short: the engine itself tells.
    const alone = new RegExp(assertion.raw, `${this.#flags}y`);
    return (state, at, next) => {
      step(state);
      alone.lastIndex = at;
      return alone.test(state.text) && next(at);
    };
  }

  #backreference({ resolved }: AST.Backreference): Match {
    const [group] = Array.isArray(resolved) ? resolved : [resolved];
    return (state, at, next) => {
      const [start = 0, end = 0] = (group && state.groups.get(group)) ?? [];
      step(state);
      const part = state.text.slice(start, end);
      return state.text.startsWith(part, at) && next(at + part.length);
    };
  }
}

const isOfOne = ({ type }: AST.Node): boolean =>
  type === "Character" || type === "CharacterSet" || type === "CharacterClass" || type === "ExpressionCharacterClass";

/** A loop over single characters, without a call for each. */
function characters(
  takes: (text: string, at: number) => boolean,
  { min, max, greedy }: Pick<AST.Quantifier, "min" | "max" | "greedy">,
): Match {
  return (state, at, next) => {
    const { text } = state;
    const last = at + max;
    let end = at;
    if (greedy) {
      while (end < last && takes(text, end)) {
        step(state);
        end++;
      }
      for (; end >= at + min; end--) {
        step(state);
        if (next(end)) return true;
      }
      return false;
    }
    for (; ; end++) {
      step(state);
      if (end >= at + min && next(end)) return true;
      if (end >= last || !takes(text, end)) return false;
    }
  };
}
