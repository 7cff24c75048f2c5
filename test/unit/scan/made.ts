/** Values for tests, made at run time from a fixed seed: no token stands in this repository. */
import { generateKeyPairSync } from "node:crypto";
import { randomOf } from "../../bench/secret-samples.ts";

const random = randomOf(20261120);
const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const B62 = `${DIGITS}${LOWER}${LOWER.toUpperCase()}`;

/** `length` random characters of the set. */
export function of(set: string, length: number): string {
  return Array.from({ length }, () => set[Math.floor(random() * set.length)]).join("");
}
export const hex = (length: number): string => of("0123456789abcdef", length);
/** Begins with a letter and a digit in both cases, so that no draw is all of one class. */
export const b62 = (length: number): string => (length < 8 ? of(B62, length) : `k7Q${of(B62, length - 3)}`);
export const b64 = (length: number): string => `k7Q${of(`${B62}+/`, length - 3)}`;
export const low = (length: number): string => `k7q${of(DIGITS + LOWER, length - 3)}`;
export const b32 = (length: number): string => of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);
export const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
export const base64 = (value: string): string => Buffer.from(value).toString("base64");

export function jwt(claims: Readonly<Record<string, unknown>> = {}): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: "u1", exp: 1999999999, ...claims })}.${b62(86)}`;
}

export const pem = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 1024 })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString(),
  ec: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }).toString(),
  ed25519: generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  public: generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString(),
};
