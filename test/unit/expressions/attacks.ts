/** Texts on which an expression would be slow, made from its own parts: what its loops take, over and over. */
import { type AST, RegExpParser } from "@eslint-community/regexpp";

export interface Attack {
  readonly lead: string;
  readonly pump: string;
  readonly end: string;
}

/** A quantifier that takes fewer at most is a constant. */
const LONG_LOOP = 64;
/** One of each kind of character that expressions tell apart. */
const CHARACTERS = Array.from("aAzfx09_-. \t\n\r\"'`<>/\\=:;,*()[]{}@%&#?!|+~^$…é\u200b\u0000");

export const textOf = ({ lead, pump, end }: Attack, length: number): string =>
  lead + pump.repeat(Math.ceil(length / pump.length)) + end;

export function attacksOf(source: string, flags: string): Attack[] {
  const pattern = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const reader = new Reader(flags);
  const loops: { readonly loop: AST.Quantifier; readonly before: string; readonly after: string }[] = [];
  const walk = (alternatives: readonly AST.Alternative[], before: string, after: string): void => {
    for (const { elements } of alternatives)
      for (const [index, element] of elements.entries()) {
        const lead = before + reader.textOf(elements.slice(0, index));
        const rest = reader.textOf(elements.slice(index + 1)) + after;
        if (element.type === "Quantifier") {
          if (element.max >= LONG_LOOP) loops.push({ loop: element, before: lead, after: rest });
          if ("alternatives" in element.element) walk(element.element.alternatives, lead, rest);
        } else if ("alternatives" in element) walk(element.alternatives, lead, rest);
      }
  };
  walk(pattern.alternatives, "", "");
  if (loops.length === 0) return [];
  const singles = reader.charactersOf(pattern);
  const attacks = new Map<string, Attack>();
  const add = (lead: string, pump: string, end: string) => {
    if (pump !== "") attacks.set(JSON.stringify([lead, pump, end]), { lead, pump, end });
  };
  for (const { loop, before, after } of loops) {
    const takes = [0, 1, 2].map((variant) => reader.textOf([loop.element], variant));
    const own = singles.filter((character) => reader.charactersOf(loop).includes(character));
    for (const end of ["", "\u0000", "\n!", after]) {
      for (const pump of new Set([...takes, ...own])) add(before, pump, end);
      for (const pump of new Set(takes.map((take) => before + take))) add("", pump, end);
      add("", before, end);
      for (const pump of own) add("", before + pump, end);
    }
  }
  return [...attacks.values()];
}

/** Reads a tree for texts that it matches; assertions are taken as empty. */
class Reader {
  readonly #flags: string;
  readonly #taken = new Map<string, readonly string[]>();

  constructor(flags: string) {
    this.#flags = flags.replace(/[^iusv]/g, "");
  }

  textOf(nodes: readonly AST.Node[], variant = 0): string {
    return nodes.map((node) => this.#textOfNode(node, variant)).join("");
  }

  /** One character for each combination of the classes below a node that take it. */
  charactersOf(node: AST.Node): string[] {
    const sets: string[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (isNode(value)) {
        if (isSet(value)) sets.push(value.raw);
        else for (const [key, child] of Object.entries(value)) if (isBelow(key)) visit(child);
      }
    };
    visit(node);
    const kinds = new Map<string, string>();
    const literals = sets.filter((raw) => raw.length === 1);
    for (const character of [...CHARACTERS, ...literals]) {
      const kind = sets.map((raw) => (this.#takenBy(raw).includes(character) ? 1 : 0)).join("");
      if (kind.includes("1") && !kinds.has(kind)) kinds.set(kind, character);
    }
    return [...kinds.values()];
  }

  #textOfNode(node: AST.Node, variant: number): string {
    switch (node.type) {
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass": {
        const taken = this.#takenBy(node.raw);
        return taken[variant % Math.max(taken.length, 1)] ?? "";
      }
      case "Group":
      case "CapturingGroup": {
        const alternative = node.alternatives[variant % node.alternatives.length];
        return alternative ? this.textOf(alternative.elements, variant) : "";
      }
      case "Quantifier":
        return this.textOf([node.element], variant).repeat(Math.max(node.min, node.max > 0 ? 1 : 0));
      case "Backreference":
        return Array.isArray(node.resolved) ? "" : this.textOf([node.resolved], variant);
      default:
        return "";
    }
  }

  #takenBy(raw: string): readonly string[] {
    let taken = this.#taken.get(raw);
    if (taken === undefined) {
      const alone = new RegExp(`^(?:${raw})$`, this.#flags);
      taken = CHARACTERS.filter((character) => alone.test(character));
      this.#taken.set(raw, raw.length === 1 && taken.length === 0 ? [raw] : taken);
    }
    return this.#taken.get(raw) ?? [];
  }
}

const isNode = (value: unknown): value is AST.Node => typeof value === "object" && value !== null && "raw" in value;
const isSet = ({ type }: AST.Node): boolean =>
  type === "Character" || type === "CharacterSet" || type === "CharacterClass" || type === "ExpressionCharacterClass";
const isBelow = (key: string): boolean => key === "alternatives" || key === "elements" || key === "element";
