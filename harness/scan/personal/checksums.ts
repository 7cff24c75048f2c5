/** Check digits of cards and of people's numbers. */

/** ISO/IEC 7812-1 annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digitSum(digit * 2);
  }
  return sum % 10 === 0;
}

function digitSum(number: number): number {
  return number > 9 ? number - 9 : number;
}

/** Remainder of a number of any length; letters count 10 to 35 as in ISO 7064. */
export function modulo(text: string, divisor: number): number {
  let rest = 0;
  for (const char of text) {
    const value = parseInt(char, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % divisor;
  }
  return rest;
}

/** Sum of digits times weights. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

const TIMES = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
const SHIFT = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
  [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
  [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
  [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
  [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
  [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
  [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/** Verhoeff's scheme, over the dihedral group of order ten; used by Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let index = 0; index < digits.length; index += 1)
    check = at(TIMES, check, at(SHIFT, index % 8, Number(digits[digits.length - 1 - index])));
  return check === 0;
}

/** NaN outside the table, as for what is no digit. */
function at(table: readonly (readonly number[])[], row: number, column: number): number {
  return table[row]?.[column] ?? NaN;
}

/** True for a real month and day. */
export function isDate(month: string, day: string): boolean {
  const m = Number(month);
  const d = Number(day);
  return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

/** Length by country. Source: SWIFT's IBAN registry. */
const IBAN_LENGTHS = new Set(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 " +
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 " +
    "KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 " +
    "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 " +
    "VG24 XK20"
  ).split(" "),
);

/** ISO 13616: the length of its country, and 1 modulo 97. */
export const iban = (plain: string): boolean =>
  IBAN_LENGTHS.has(`${plain.slice(0, 2)}${plain.length}`) && modulo(plain.slice(4) + plain.slice(0, 4), 97) === 1;

/** Values of 0 to 9 and of A to Z at odd places; at even ones, digits and letters count from 0. */
const ITALIAN_ODD = [
  ...[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10],
  ...[22, 25, 24, 23],
];

const ofItalian = (value: number, index: number): number => {
  if (index % 2 === 0) return ITALIAN_ODD[value] ?? NaN;
  return value > 9 ? value - 10 : value;
};

/** Whether its sixteenth character is that of the fifteen before. */
export function codiceFiscale(plain: string): boolean {
  const values = Array.from(plain.slice(0, 15), (char, index) => ofItalian(parseInt(char, 36), index));
  return String.fromCharCode(65 + (values.reduce((sum, value) => sum + value, 0) % 26)) === plain[15];
}

const CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

/** Whether its last digit is that of the seventeen before. */
export function curp(plain: string): boolean {
  const sum = Array.from(plain.slice(0, 17)).reduce((total, char, at) => total + CURP.indexOf(char) * (18 - at), 0);
  return (10 - (sum % 10)) % 10 === Number(plain[17]);
}
