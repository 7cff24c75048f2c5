/** What a tool's name says that it does. Words are a signal, never a proof. Pure. */

const DESTROYS = new Set("delete remove destroy drop erase purge wipe truncate terminate revoke overwrite".split(" "));
const WRITES = new Set(
  (
    "create add update write edit send publish upload submit insert save rename pay charge transfer invite enable " +
    "disable append patch replace purchase buy approve reject merge deploy install assign unassign archive reply uninstall kill"
  ).split(" "),
);
const SENDS = new Set("send publish tweet email reply broadcast invite notify upload".split(" "));
const READS = new Set(
  "get list show view read search find fetch display browse preview lookup describe count check compare".split(" "),
);

/** Words of a name in camelCase, snake_case or kebab-case, lower case. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

const VERBS: ReadonlySet<string> = new Set([...DESTROYS, ...WRITES, ...READS, ...SENDS]);

/** The verb that a name begins with; a plural or third person counts as the verb: `deletes`, `publishes`. */
export function verbOf(name: string): string {
  const [first = ""] = wordsOf(name);
  if ([DESTROYS, WRITES, READS, SENDS].some((verbs) => verbs.has(first))) return first;
  // No noun is one of these: `deletes`, and not `purchases`.
  const third = first.replace(/s$/, "");
  return DESTROYS.has(third) ? third : first.replace(/e?s$/, "");
}

/** Whether a name begins with what a tool does. */
export const isVerb = (name: string): boolean => VERBS.has(verbOf(name));

export const destroys = (name: string): boolean => DESTROYS.has(verbOf(name));
export const writes = (name: string): boolean => WRITES.has(verbOf(name)) || destroys(name);
export const reads = (name: string): boolean => READS.has(verbOf(name));
export const sends = (name: string): boolean => SENDS.has(verbOf(name));

/** What costs, or reaches others, and is not taken back. */
const BINDS = new Set(
  "pay charge purchase buy transfer approve reject merge deploy install uninstall kill assign unassign submit".split(
    " ",
  ),
);
/** What is handed in and comes back changed: nothing that is kept is lost. */
const HANDED_IN = new Set(
  (
    "number numbers integers vectors matrices fractions time days hours text words string strings whitespace spaces stopwords " +
    "punctuation accents diacritics html markdown formatting background watermark noise outliers duplicates nulls"
  ).split(" "),
);
/** Nouns that look like verbs, by what stands last: `purchase_history` is read. */
const NOUN_LIKE = new Set("purchase patch transfer charge pay install archive edit reply".split(" "));
const READ_OF_IT = new Set(
  "history notes fee fees rate rates distance guide estimate quote options requirements status search suggestions".split(
    " ",
  ),
);
const CHANGES_WHAT_IS_GIVEN = new Set("add remove drop replace truncate merge append patch".split(" "));

/** `remove_background`, `patch_notes`: a verb that writes, of what is handed in, or read. */
export function isOfGiven(name: string): boolean {
  const [verb = "", ...others] = wordsOf(name);
  const last = others.at(-1) ?? "";
  return (NOUN_LIKE.has(verb) && READ_OF_IT.has(last)) || (CHANGES_WHAT_IS_GIVEN.has(verb) && HANDED_IN.has(last));
}

export const destroysKept = (name: string): boolean => destroys(name) && !isOfGiven(name);

/** Who calls it more than once because it says that it only reads should not. */
export const mayHarm = (name: string): boolean =>
  !isOfGiven(name) && (destroys(name) || sends(name) || BINDS.has(verbOf(name)));
