/** Personal data: by value where a check can tell, by the name of the key where only the name can. */
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { hit } from "../hit.ts";
import { isRandom } from "../judge-value.ts";
import { isRepetitive } from "../measure.ts";
import type { Confidence, Hit } from "../types.ts";
import { wordsOf } from "../words.ts";
import { numbers } from "./numbers.ts";

const EMAIL =
  /(?<![\w.%+@-])[\w%+-](?:[\w.%+-]{0,62}[\w%+-])?@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-z]{2,24}(?![\w@])/gi;
const FILE_LIKE = /\.(?:png|jpe?g|gif|svg|webp|js|css|html?)$/i;
/** International numbers, and those of North America as they are written there. */
const PHONE = /(?<![\w+.])(?:\+[1-9][\d ().-]{6,20}\d|\(\d{3}\) ?\d{3}-\d{4}|(?<!-)\d{3}-\d{3}-\d{4})(?![\w.-]?\d)/g;

/** Personal data that a text holds, told by its form and check. */
export function findPersonal(text: string): Hit[] {
  const hits: Hit[] = [];
  if (text.includes("@")) {
    for (const match of text.matchAll(EMAIL)) {
      if (
        FILE_LIKE.test(match[0]) ||
        /^(?:git|no-?reply|example|user(?:name)?|you|your-?e?mail|name|someone|test)@|@(?:example\.|test\.|localhost|.*\.(?:example|test|invalid|local)$|\dx\.|sentry\.|.*ingest\.|.*\.gserviceaccount\.com$)/i.test(
          match[0],
        )
      )
        continue;
      if (isRandom(match[0].slice(0, match[0].indexOf("@")), 20)) continue; // id of a message or of an appointment
      if (
        /[/:]/.test(text[match.index - 1] ?? "") &&
        !/mailto:$/i.test(text.slice(Math.max(0, match.index - 7), match.index))
      )
        continue; // user part of a URL
      hits.push(personal(match.index, match[0], "email", "E-mail address", "certain", "it has the form of an address"));
    }
  }
  if (!/\d{2}.{0,3}\d{2}/.test(text)) return hits;
  for (const { kind, title, pattern, check, bare, why } of numbers) {
    if (!pattern) continue;
    for (const match of text.matchAll(pattern)) {
      if (isRepetitive(plainOf(match[0])) || !check(plainOf(match[0]))) continue;
      const grouped = /[ -]/.test(match[0]);
      hits.push(personal(match.index, match[0], kind, title, kind === "card" && grouped ? "certain" : bare, why));
    }
  }
  for (const match of text.matchAll(PHONE)) {
    if (/555[- ]?01\d\d$/.test(match[0]) || !parsePhoneNumberFromString(match[0], "US")?.isValid()) continue;
    hits.push(
      personal(
        match.index,
        match[0],
        "phone",
        "Phone number",
        match[0].startsWith("+") ? "certain" : "likely",
        "it is a valid number in the numbering plan",
      ),
    );
  }
  return hits;
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
  if (byNumber)
    return personal(
      0,
      value,
      byNumber.kind,
      byNumber.title,
      byNumber.kind === "national-id" ? "likely" : "certain",
      byNumber.why,
    );
  const found = named.find(({ names, fits }) => names.test(words) && fits(value));
  return found ? personal(0, value, found.kind, found.title, "likely", "the name of its key says so") : null;
}

function plainOf(value: string): string {
  return value.replace(/[\s./-]/g, "").toUpperCase();
}

function personal(start: number, value: string, kind: string, title: string, confidence: Confidence, why: string): Hit {
  return hit({ start, end: start + value.length, family: "personal", kind, title, confidence, why, value });
}
