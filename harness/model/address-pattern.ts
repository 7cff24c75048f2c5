/**
 * Mock addresses by component, in the syntax of URLPattern (https://urlpattern.spec.whatwg.org): literal text, `*`,
 * `:name`, and `\` before a character that is meant as it is. What could take long to match is left out of it.
 */

export const ADDRESS_COMPONENTS = ["protocol", "hostname", "port", "pathname", "search"] as const;
export type AddressComponent = (typeof ADDRESS_COMPONENTS)[number];

/** A component that is left out matches anything. */
export type AddressPattern = { readonly [C in AddressComponent]?: string };

/** Groups of one component whose end only trial finds; matching takes the address' length to this power. */
const MAX_FREE_GROUPS = 2;

const TOKEN = /\\[^]|\\|\*|:[\p{ID_Start}$_][\p{ID_Continue}$]*|[^]/gu;
const MODIFIER = /^[?+*]$/;
/** Only at these a whole segment begins and ends; a group elsewhere is free. */
const SEPARATORS: Partial<Record<AddressComponent, string>> = { pathname: "/", hostname: "." };

const isPlain =
  (...chars: readonly string[]) =>
  (token: string): boolean =>
    chars.includes(token);

/** What is refused, in the order in which it is said. */
const REFUSED: readonly {
  readonly message: string;
  readonly is: (tokens: readonly string[], component: AddressComponent) => boolean;
}[] = [
  {
    message: "must not hold a regular expression (…); use * or :name",
    is: (tokens) => tokens.some(isPlain("(", ")")),
  },
  {
    message: "must not hold {…}, or a \\ at its end; write \\{ for the character itself",
    is: (tokens) => tokens.some(isPlain("{", "}", "\\")),
  },
  {
    message: "must not repeat a group or leave it out (?, + or * after it); give two mocks instead",
    is: (tokens) => tokens.some((token, index) => MODIFIER.test(token) && isGroup(tokens[index - 1])),
  },
  {
    message: "must not hold ?: what follows it belongs into search",
    is: (tokens, component) => component !== "search" && tokens.includes("?"),
  },
  {
    message: "must not hold ? or + as they are; write \\? or \\+",
    is: (tokens) => tokens.some((token, index) => token === "+" || (token === "?" && index > 0)),
  },
];

/** Why this is no pattern of the component, or undefined. */
export function whyNotPattern(component: AddressComponent, text: string): string | undefined {
  const tokens = tokensOf(text);
  const refused = REFUSED.find(({ is }) => is(tokens, component));
  if (refused) return refused.message;
  if (freeGroups(component, text) > MAX_FREE_GROUPS)
    return `must hold at most ${MAX_FREE_GROUPS} groups that are no whole segment`;
  return undefined;
}

/** How many groups may end anywhere: each `*`, and each `:name` that is not all between two separators. */
export function freeGroups(component: AddressComponent, text: string): number {
  const separator = SEPARATORS[component];
  const tokens = tokensOf(text);
  return tokens.filter((token, index) => {
    if (!isGroup(token)) return false;
    if (token === "*" || separator === undefined) return true;
    const bounds = [tokens[index - 1] ?? separator, tokens[index + 1] ?? separator];
    return bounds.some((bound) => bound !== separator);
  }).length;
}

const tokensOf = (text: string): readonly string[] => text.match(TOKEN) ?? [];

const isGroup = (token: string | undefined): boolean =>
  token !== undefined && (token === "*" || (token.length > 1 && token.startsWith(":")));
