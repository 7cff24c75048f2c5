/** What an option's value may be: how it is read, what a bad one is answered with, and its type. */
import { SandglassError } from "../model/errors.ts";
import { readHostPort } from "../model/host-port.ts";
import { readSpan } from "../model/span.ts";

/** How a value is written: not at all, once, once or not at all, or again and again. */
export type Arity = "none" | "one" | "optional" | "many";

export interface OptionKind<T> {
  readonly arity: Arity;
  /** Name of its value in help, e.g. `url`. */
  readonly value?: string;
  readonly help: string;
  /** What holds when it is left out, as help shows it. */
  readonly fallback?: string | number;
  /** @param given what was written: true without a value, every text when it may be repeated. @throws SandglassError `BAD_USAGE` */
  readonly read: (given: readonly (string | true)[], flag: string) => T;
}

export type OptionTable = Readonly<Record<string, OptionKind<unknown>>>;

/** What a command is given: every option may be left out. */
export type OptionsOf<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: Table[Name] extends OptionKind<infer T> ? T : never;
};

/** `browserPath` → `--browser-path`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** `--browser-path <file>`, and the help text with its default. */
export function describeOption(
  name: string,
  option: OptionKind<unknown>,
): { readonly flags: string; readonly help: string } {
  const { arity, value = "value", fallback } = option;
  const shown = { none: "", one: ` <${value}>`, optional: ` [${value}]`, many: ` <${value}>` }[arity];
  const more = fallback === undefined ? "" : ` (default: ${fallback})`;
  return { flags: `${flagOf(name)}${shown}`, help: `${option.help}${more}` };
}

const bad = (message: string, next: string): SandglassError => new SandglassError("BAD_USAGE", message, next);

function textOf([given]: readonly (string | true)[], flag: string): string {
  if (typeof given === "string" && given.trim() !== "") return given;
  throw bad(`${flag} was given no value.`, `Give it one, or leave ${flag} out.`);
}

/** A whole number in a text, both ends included. @throws SandglassError `BAD_USAGE` */
function wholeNumber(written: string, flag: string, least: number, most: number): number {
  const value = written.trim() === "" ? NaN : Number(written);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw bad(`${flag} takes a whole number from ${least} to ${most}, not ${written}.`, `Try ${flag} ${least}.`);
}

type More = Pick<OptionKind<unknown>, "fallback">;

/** Given or not. */
export const flag = (help: string): OptionKind<boolean> => ({ arity: "none", help, read: () => true });

/** `--no-explore`: the option without `no` is not wanted. Its name begins with `no`. */
export const negation = (help: string): OptionKind<boolean> => ({ arity: "none", help, read: () => true });

export const text = (value: string, help: string, more: More = {}): OptionKind<string> => ({
  arity: "one",
  value,
  help,
  ...more,
  read: textOf,
});

/** May be given again; each value is kept. */
export const texts = (value: string, help: string, more: More = {}): OptionKind<readonly string[]> => ({
  arity: "many",
  value,
  help,
  ...more,
  read: (given, name) => given.map((one) => textOf([one], name)),
});

export const whole = (
  value: string,
  help: string,
  range: { readonly least: number; readonly most: number } & More,
): OptionKind<number> => ({
  arity: "one",
  value,
  help,
  ...(range.fallback === undefined ? {} : { fallback: range.fallback }),
  read: (given, name) => wholeNumber(textOf(given, name), name, range.least, range.most),
});

/** A span of time with its unit, as `90s` or `10m`; in milliseconds, both ends included. */
export const span = (
  value: string,
  help: string,
  { least, most, fallback }: { readonly least: number; readonly most: number } & More,
): OptionKind<number> => ({
  arity: "one",
  value,
  help,
  ...(fallback === undefined ? {} : { fallback }),
  read: (given, name) => {
    const written = textOf(given, name);
    const ms = readSpan(written);
    if (ms !== null && ms >= least && ms <= most) return ms;
    throw bad(`${name} takes a time as 90s, 10m or 1h, not ${written}.`, `Try ${name} 60s.`);
  },
});

const SHARE = /^(\d+(?:\.\d+)?)%$/;

/** A share of the whole with its sign, as `0.1%`; 0 to 1. */
export const share = (value: string, help: string, fallback: string): OptionKind<number> => ({
  arity: "one",
  value,
  help,
  fallback,
  read: (given, name) => {
    const written = textOf(given, name);
    const percent = Number(SHARE.exec(written)?.[1] ?? NaN);
    if (percent <= 100) return percent / 100;
    throw bad(`${name} takes a share as 0.1% or 2%, not ${written}.`, `Leave it out for ${fallback}.`);
  },
});

export const choice = <const Word extends string>(
  value: string,
  words: readonly [Word, ...Word[]],
  help: string,
  fallback: NoInfer<Word>,
): OptionKind<Word> => ({
  arity: "one",
  value,
  help,
  fallback,
  read: (given, name) => {
    const written = textOf(given, name);
    const word = words.find((one) => one === written);
    if (word === undefined)
      throw bad(`${name} takes ${words.join(" or ")}, not ${written}.`, `Leave it out for ${fallback}.`);
    return word;
  },
});

/** Some of the words, by comma or given again. */
export const choices = <const Word extends string>(
  value: string,
  words: readonly Word[],
  help: string,
  fallback: string,
): OptionKind<readonly Word[]> => ({
  arity: "many",
  value,
  help: `${help}: ${words.join(", ")}`,
  fallback,
  read: (given, name) =>
    given
      .flatMap((one) => textOf([one], name).split(","))
      .map((written) => {
        const word = words.find((one) => one === written.trim());
        if (word === undefined)
          throw bad(`${name} takes ${words.join(", ")}, not ${written}.`, `Leave it out for ${fallback}.`);
        return word;
      }),
});

/** With or without a number. */
export const switchOrWhole = (
  value: string,
  help: string,
  { bare, least, most }: { readonly bare: number; readonly least: number; readonly most: number },
): OptionKind<number> => ({
  arity: "optional",
  value,
  help,
  read: ([given = true], name) => (given === true ? bare : wholeNumber(given, name, least, most)),
});

/** `NAME=VALUE`, by comma or given again. */
export const pairs = (value: string, help: string, example: string): OptionKind<Readonly<Record<string, string>>> => ({
  arity: "many",
  value,
  help,
  read: (given, name) =>
    Object.fromEntries(
      given
        .flatMap((one) => textOf([one], name).split(","))
        .map((pair) => {
          const at = pair.indexOf("=");
          if (at < 1) throw bad(`${name} ${pair} has no value.`, `Write ${name} NAME=VALUE, e.g. ${name} ${example}.`);
          return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
        }),
    ),
});

/** One `NAME=VALUE` or `Name: value` each time it is given; the value may hold anything. */
export const named = (value: string, help: string, example: string): OptionKind<Readonly<Record<string, string>>> => ({
  arity: "many",
  value,
  help,
  read: (given, name) =>
    Object.fromEntries(
      given.map((one) => {
        const written = textOf([one], name);
        const at = written.search(/[=:]/);
        // What was written may be a secret: it is not repeated.
        if (at < 1) throw bad(`${name} was given no name and value.`, `Write ${name} ${example}.`);
        return [written.slice(0, at).trim(), written.slice(at + 1).trim()];
      }),
    ),
});

/** Variables: with a value, or by name alone, which is null: our own value of that name. */
export const variables = (
  value: string,
  help: string,
  example: string,
): OptionKind<Readonly<Record<string, string | null>>> => ({
  arity: "many",
  value,
  help,
  read: (given, name) =>
    Object.fromEntries(
      given.map((one) => {
        const written = textOf([one], name);
        const at = written.search(/[=:]/);
        const variable = (at < 0 ? written : written.slice(0, at)).trim();
        // What was written may be a secret: it is not repeated.
        if (variable === "" || /\s/.test(variable))
          throw bad(`${name} was given no name and value.`, `Write ${name} ${example}.`);
        return [variable, at < 0 ? null : written.slice(at + 1).trim()];
      }),
    ),
});

/** `HOST:PORT`, by comma or given again. */
export const hostPorts = (value: string, help: string, example: string): OptionKind<readonly string[]> => ({
  arity: "many",
  value,
  help,
  read: (given, name) =>
    given
      .flatMap((one) => textOf([one], name).split(","))
      .map((written) => {
        const hostPort = readHostPort(written.trim());
        if (hostPort === null)
          throw bad(`${name} takes a host and its port, not ${written}.`, `Write ${name} ${example}.`);
        return hostPort;
      }),
});

/** `2/4`: the second of four parts. */
export const part = (value: string, help: string): OptionKind<{ readonly index: number; readonly count: number }> => ({
  arity: "one",
  value,
  help,
  read: (given, name) => {
    const [index = "", count = "", ...rest] = textOf(given, name).split("/");
    if (rest.length > 0 || count === "")
      throw bad(`${name} takes a part such as 2/4, not ${textOf(given, name)}.`, `Try ${name} 1/2.`);
    const parts = wholeNumber(count, name, 1, 1000);
    return { index: wholeNumber(index, name, 1, parts), count: parts };
  },
});

/** Commander files `--no-x` as `x: false`. */
function writtenIn(written: Readonly<Record<string, unknown>>, name: string): unknown {
  const [, first, rest = ""] = /^no([A-Z])(.*)$/.exec(name) ?? [];
  return first === undefined ? written[name] : written[first.toLowerCase() + rest] === false;
}

/** Values as they were written, to those that the table's types promise. @throws SandglassError `BAD_USAGE` */
export function readOptions<Table extends OptionTable>(
  table: Table,
  written: Readonly<Record<string, unknown>>,
): OptionsOf<Table> {
  const read = Object.entries(table).flatMap(([name, option]): [string, unknown][] => {
    const given = writtenIn(written, name);
    if (given === undefined || given === false) return [];
    const values = (Array.isArray(given) ? given : [given]).map((one) => (one === true ? true : String(one)));
    return [[name, option.read(values, flagOf(name))]];
  });
  return Object.fromEntries(read) as OptionsOf<Table>;
}
