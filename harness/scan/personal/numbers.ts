/** Numbers that stand for a person, each with its form, its check, and the names that it goes by. */
import { codiceFiscale, curp, iban, isDate, luhn, modulo, verhoeff, weighted } from "./checksums.ts";
import type { Confidence } from "../types.ts";

export interface PersonalNumber {
  readonly kind: string;
  readonly title: string;
  /** Found in text; `null` when the number is too plain to be told without its name. */
  readonly pattern: RegExp | null;
  /** Over the value without spaces, dots, hyphens and slashes, upper case. */
  readonly check: (plain: string) => boolean;
  /** Without a telling name. */
  readonly bare: Confidence;
  /** Names of keys that hold it. */
  readonly names: RegExp;
  readonly why: string;
}

const digits = (length: number) => new RegExp(`^\\d{${length}}$`);
const LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
/** Issuers by first digits and length. Source: ISO/IEC 7812, Wikipedia "Payment card number". */
const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;

export const numbers: readonly PersonalNumber[] = [
  {
    kind: "card",
    title: "Payment card number",
    pattern:
      /(?<![\w.-]|\d )(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}|\d{13,16})(?![\w. -]\d|[\w.-]\w|\w)/g,
    check: (plain) => CARD.test(plain) && luhn(plain),
    bare: "possible",
    names: /card|pan\b|credit/i,
    why: "an issuer's first digits, its length and the Luhn check fit",
  },
  {
    kind: "iban",
    title: "IBAN",
    pattern: /(?<!\w)[A-Z]{2}\d{2}(?:[A-Z\d]{11,30}|(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,4})?)(?!\w)/g,
    check: iban,
    bare: "certain",
    names: /iban/i,
    why: "country, length and the mod-97 check fit (ISO 13616)",
  },
  {
    kind: "us-ssn",
    title: "US social security number",
    pattern: /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g,
    check: (plain) => /^(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(plain),
    bare: "likely",
    names: /ssn|social.?security|tax.?id|tin\b/i,
    why: "it has the form of a number that the SSA gives",
  },
  {
    kind: "br-cpf",
    title: "Brazilian CPF",
    pattern: /(?<!\w)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g,
    check: (plain) =>
      digits(11).test(plain) &&
      new Set(plain).size > 1 &&
      [9, 10].every(
        (at) =>
          ((weighted(
            plain,
            Array.from({ length: at }, (_, index) => at + 1 - index),
          ) *
            10) %
            11) %
            10 ===
          Number(plain[at]),
      ),
    bare: "certain",
    names: /cpf/i,
    why: "both check digits fit",
  },
  {
    kind: "es-dni",
    title: "Spanish DNI or NIE",
    pattern: /(?<![\w-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\w-])/g,
    check: (plain) =>
      /^[XYZ\d]\d{7}[A-Z]$/.test(plain) &&
      LETTERS[Number(plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)))) % 23] ===
        plain.at(-1),
    bare: "likely",
    names: /\b(?:dni|nie|nif)\b/i,
    why: "its letter fits (mod 23)",
  },
  {
    kind: "fr-nir",
    title: "French social security number",
    pattern: /(?<!\w)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\w)/g,
    check: (plain) => digits(15).test(plain) && 97 - modulo(plain.slice(0, 13), 97) === Number(plain.slice(13)),
    bare: "likely",
    names: /\bnir\b|insee|securite.?sociale/i,
    why: "its key fits (mod 97)",
  },
  {
    kind: "in-aadhaar",
    title: "Indian Aadhaar number",
    pattern: /(?<![\w-]|\d )[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\w-]| \d)/g,
    check: (plain) => /^[2-9]\d{11}$/.test(plain) && verhoeff(plain),
    bare: "likely",
    names: /aadh?aar|uidai/i,
    why: "the Verhoeff check fits",
  },
  {
    kind: "it-codice-fiscale",
    title: "Italian codice fiscale",
    pattern: /(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/g,
    check: (plain) => /^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/.test(plain) && codiceFiscale(plain),
    bare: "certain",
    names: /codice.?fiscale/i,
    why: "its check letter fits",
  },
  {
    kind: "gb-nino",
    title: "UK National Insurance number",
    pattern: /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d{2} \d{2} \d{2} [A-D](?!\w)/g,
    check: (plain) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(plain),
    bare: "likely",
    names: /nino|national.?insurance/i,
    why: "it has the form of a National Insurance number",
  },
  {
    kind: "se-personnummer",
    title: "Swedish personnummer",
    pattern: /(?<![\w-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}(?![\w-])/g,
    check: (plain) => /^\d{10}(?:\d{2})?$/.test(plain.replace("+", "")) && luhn(plain.replace("+", "").slice(-10)),
    bare: "likely",
    names: /personnummer|personal.?identity/i,
    why: "date and the Luhn check fit",
  },
  {
    kind: "fi-hetu",
    title: "Finnish personal identity code",
    pattern: /(?<!\w)[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?!\w)/g,
    check: (plain) => {
      const [, date = "", number = "", check] = /^(\d{6})[+A-Z]?(\d{3})([0-9A-Y])$/.exec(plain) ?? [];
      return check !== undefined && "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(date + number) % 31] === check;
    },
    bare: "certain",
    names: /hetu|henkilotunnus/i,
    why: "its check character fits (mod 31)",
  },
  {
    kind: "cn-resident-id",
    title: "Chinese resident identity number",
    pattern: /(?<!\w)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\w)/g,
    check: (plain) =>
      /^\d{17}[\dX]$/.test(plain) &&
      "10X98765432"[weighted(plain, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === plain[17],
    bare: "certain",
    names: /resident.?id|id.?card/i,
    why: "birth date and check digit fit",
  },
  {
    kind: "mx-curp",
    title: "Mexican CURP",
    pattern: /(?<!\w)[A-Z][AEIOUX][A-Z]{2}\d{6}[HM][A-Z]{5}[A-Z\d]\d(?!\w)/g,
    check: (plain) => /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d$/.test(plain) && curp(plain),
    bare: "certain",
    names: /curp/i,
    why: "its check digit fits",
  },
  {
    kind: "cl-rut",
    title: "Chilean RUT",
    pattern: /(?<![\w.])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?!\w)/g,
    check: (plain) =>
      /^\d{7,8}[\dK]$/.test(plain) &&
      "0K987654321"[
        Array.from(plain.slice(0, -1))
          .reverse()
          .reduce((sum, char, index) => sum + Number(char) * ((index % 6) + 2), 0) % 11
      ] === plain.at(-1),
    bare: "likely",
    names: /\brut\b/i,
    why: "its check digit fits (mod 11)",
  },
  {
    kind: "kr-rrn",
    title: "Korean resident registration number",
    pattern: /(?<![\w-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?![\w-])/g,
    check: (plain) =>
      digits(13).test(plain) &&
      (11 - (weighted(plain, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(plain[12]),
    bare: "likely",
    names: /\brrn\b|resident.?registration/i,
    why: "birth date and check digit fit",
  },
  {
    kind: "pl-pesel",
    title: "Polish PESEL",
    pattern: null,
    check: (plain) =>
      digits(11).test(plain) &&
      isDate(String(Number(plain.slice(2, 4)) % 20), plain.slice(4, 6)) &&
      (10 - (weighted(plain, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(plain[10]),
    bare: "certain",
    names: /pesel/i,
    why: "birth date and check digit fit",
  },
  {
    kind: "nl-bsn",
    title: "Dutch BSN",
    pattern: null,
    check: (plain) => digits(9).test(plain) && weighted(plain, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    bare: "certain",
    names: /\bbsn\b|burgerservice/i,
    why: "it passes the eleven test",
  },
  {
    kind: "ca-sin",
    title: "Canadian social insurance number",
    pattern: null,
    check: (plain) => digits(9).test(plain) && luhn(plain),
    bare: "certain",
    names: /\bsin\b|social.?insurance/i,
    why: "the Luhn check fits",
  },
  {
    kind: "tr-tckn",
    title: "Turkish identity number",
    pattern: null,
    check: (plain) =>
      /^[1-9]\d{10}$/.test(plain) &&
      weighted(
        plain,
        Array.from({ length: 10 }, () => 1),
      ) %
        10 ===
        Number(plain[10]),
    bare: "certain",
    names: /tckn|tc.?kimlik/i,
    why: "its last digit fits",
  },
  {
    kind: "national-id",
    title: "National identity, tax or passport number",
    pattern: null,
    check: (plain) => /^[A-Z\d]{6,20}$/.test(plain) && /\d.*\d.*\d/.test(plain),
    bare: "likely",
    names: /passport|national.?id|identity.?number|driver.?s?.?licen[cs]e|tax.?payer|steuer.?id|personal.?number/i,
    why: "its name says so",
  },
];
