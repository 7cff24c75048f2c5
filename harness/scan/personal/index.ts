/** Personal data: by value where a check can tell, by the name of the key where only the name can. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { hit } from "../hit.ts";
import { isRepetitive } from "../measure.ts";
import { isRandom } from "../random.ts";
import type { Hit } from "../types.ts";
import { wordsOf } from "../words.ts";
import { numbers } from "./numbers.ts";

const EMAIL =
  /(?<![\w.%+@-])[\w%+-](?:[\w.%+-]{0,62}[\w%+-])?@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}(?![\w@])/gi;
const FILE_LIKE = /\.(?:png|jpe?g|gif|svg|webp|js|css|html?)$/i;
/** International numbers, and those of North America as they are written there. */
const PHONE = /(?<![\w+.])(?:\+[1-9][\d ().-]{6,20}\d|\(\d{3}\) ?\d{3}-\d{4}|(?<!-)\d{3}-\d{3}-\d{4})(?![\w.-]?\d)/g;

const MADE_UP_EMAIL =
  /^(?:git|no-?reply|example|user(?:name)?|you|your-?e?mail|name|someone|test)@|@(?:example\.|test\.|localhost|.*\.(?:example|test|invalid|local)$|\dx\.|sentry\.|.*ingest\.|.*\.gserviceaccount\.com$)/i;

/** Personal data that a text holds, told by its form and check. */
export function findPersonal(text: string): Hit[] {
  const hits = text.includes("@") ? findEmails(text) : [];
  if (/\d{2}.{0,3}\d{2}/.test(text)) hits.push(...findNumbers(text), ...findPhones(text));
  return hits;
}

function findEmails(text: string): Hit[] {
  return Array.from(text.matchAll(EMAIL))
    .filter(({ 0: address, index }) => isEmail(address) && !isUserOfUrl(text, index))
    .map(({ 0: value, index }) =>
      personal(index, {
        value,
        kind: "email",
        title: "E-mail address",
        confidence: "certain",
        why: "it has the form of an address",
      }),
    );
}

function isEmail(address: string): boolean {
  if (FILE_LIKE.test(address) || MADE_UP_EMAIL.test(address)) return false;
  return !isRandom(address.slice(0, address.indexOf("@")), 20); // id of a message or of an appointment
}

function isUserOfUrl(text: string, start: number): boolean {
  return /[/:]/.test(text[start - 1] ?? "") && !/mailto:$/i.test(text.slice(Math.max(0, start - 7), start));
}

function findNumbers(text: string): Hit[] {
  const hits: Hit[] = [];
  for (const { kind, title, pattern, check, bare, why } of numbers) {
    if (!pattern) continue;
    for (const { 0: value, index } of text.matchAll(pattern)) {
      if (isRepetitive(plainOf(value)) || !check(plainOf(value))) continue;
      const isGroupedCard = kind === "card" && /[ -]/.test(value);
      hits.push(personal(index, { value, kind, title, confidence: isGroupedCard ? "certain" : bare, why }));
    }
  }
  return hits;
}

function findPhones(text: string): Hit[] {
  return Array.from(text.matchAll(PHONE))
    .filter(({ 0: value }) => !/555[- ]?01\d\d$/.test(value) && parsePhoneNumberFromString(value, "US")?.isValid())
    .map(({ 0: value, index }) =>
      personal(index, {
        value,
        kind: "phone",
        title: "Phone number",
        confidence: value.startsWith("+") ? "certain" : "likely",
        why: "it is a valid number in the numbering plan",
      }),
    );
}

interface Named {
  readonly kind: string;
  readonly title: string;
  readonly names: RegExp;
  readonly fits: (value: string) => boolean;
}

/** What only a name can tell. Names are matched over words: `dateOfBirth` is `date of birth`. */
const named: readonly Named[] = [
  {
    kind: "name",
    title: "Name of a person",
    names:
      /^(?:(?:first|last|full|given|family|middle|maiden|legal|sur|birth|guest|customer|patient|passenger|cardholder|holder|contact|recipient|traveler|traveller|employee|student) ?names?|surname|forename)$/,
    fits: (value) => /^\p{Lu}[\p{L}'’. -]{1,80}$/u.test(value) && value.split(" ").length <= 6,
  },
  {
    kind: "birth-date",
    title: "Date of birth",
    names: /^(?:dob|birth ?(?:date|day)|date of birth|born(?: on)?)$/,
    fits: (value) => /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(value),
  },
  {
    kind: "address",
    title: "Postal address",
    names:
      /^(?:(?:(?:home|postal|mailing|billing|shipping|delivery|street|residential|customer) )?address(?: ?line ?\d?| ?\d)?|street|street ?(?:name|line ?\d?))$/,
    fits: (value) =>
      /\d/.test(value) && /\p{L}{3}/u.test(value) && /\s/.test(value) && value.length <= 200 && !/:\/\/|@/.test(value),
  },
  {
    kind: "phone",
    title: "Phone number",
    names:
      /^(?:(?:home|work|mobile|cell|contact|customer|guest|phone|whatsapp|fax) )?(?:phone|mobile|cell|tel|telephone|msisdn|whatsapp|fax|phone ?number|mobile ?number)$/,
    fits: (value) => /^\+?[\d ().\-/]{7,24}$/.test(value) && value.replace(/\D/g, "").length >= 7,
  },
  {
    kind: "card-code",
    title: "Card verification code",
    names: /^(?:cvv2?|cvc2?|csc|card ?verification.*|security code)$/,
    fits: (value) => /^\d{3,4}$/.test(value),
  },
  {
    kind: "ip-address",
    title: "IP address of a person",
    names: /^(?:(?:client|user|remote|customer|visitor|source) )?ip(?: address)?$/,
    fits: (value) => /^(?!10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.)(?:\d{1,3}\.){3}\d{1,3}$/.test(value),
  },
];

/** The whole value, when its name says that it is personal and its form does not deny it. */
export function personalByName(name: string, value: string): Hit | null {
  if (value.length < 3 || value.length > 256) return null;
  const words = wordsOf(name).join(" ");
  const byNumber = numbers.find(
    (number) =>
      number.names.test(words) &&
      !/(?:type|brand|last ?\d|masked|count|country|id type)$/.test(words) &&
      number.check(plainOf(value)),
  );
  if (byNumber) {
    const { kind, title, why } = byNumber;
    return personal(0, { value, kind, title, confidence: kind === "national-id" ? "likely" : "certain", why });
  }
  const found = named.find(({ names, fits }) => names.test(words) && fits(value));
  if (!found) return null;
  const { kind, title } = found;
  return personal(0, { value, kind, title, confidence: "likely", why: "the name of its key says so" });
}

function plainOf(value: string): string {
  return value.replace(/[\s./-]/g, "").toUpperCase();
}

function personal(start: number, found: Pick<Hit, "value" | "kind" | "title" | "confidence" | "why">): Hit {
  return hit({ start, end: start + found.value.length, family: "personal", ...found });
}
