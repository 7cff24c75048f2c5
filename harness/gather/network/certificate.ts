/**
 * The boundary's TLS identity: made in memory by each process, and gone with it. It vouches for nothing: only browsers
 * started by us accept it, because they are told to ignore certificate errors, and it never leaves loopback.
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Identity {
  /** PEM. */
  readonly key: string;
  /** PEM, self-signed, ECDSA P-256 with SHA-256. */
  readonly cert: string;
}

let made: Identity | undefined;

export function boundaryCertificate(): Identity {
  return (made ??= selfSigned("sandglass.invalid"));
}

const DAY_MS = 86_400_000;
const VALID_DAYS = 365;

/** DER tags (X.690) and object identifiers (RFC 5480, RFC 5758, RFC 5280). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const UTF8 = 0x0c;
const TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;
const ECDSA_WITH_SHA256 = Buffer.from("06082a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");

/** X.509 version 3 (RFC 5280, section 4.1) with the fields that every certificate has. */
function selfSigned(name: string): Identity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
  const subject = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, Buffer.from(name)))));
  const body = der(
    SEQUENCE,
    der(VERSION, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, positive(randomBytes(8))),
    algorithm,
    subject,
    der(SEQUENCE, time(Date.now() - DAY_MS), time(Date.now() + VALID_DAYS * DAY_MS)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = der(SEQUENCE, body, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert: pem(certificate) };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

/** Short form below 128, else the count of the bytes that follow. */
function lengthOf(length: number): number[] {
  if (length < 128) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

/** The first bit of an INTEGER is its sign, and its first byte is not zero. */
function positive(bytes: Buffer): Buffer {
  const first = bytes[0] ?? 0;
  return Buffer.concat([Buffer.from([(first % 64) + 64]), bytes.subarray(1)]);
}

/** GeneralizedTime, `YYYYMMDDHHMMSSZ`. */
function time(ms: number): Buffer {
  return der(TIME, Buffer.from(`${new Date(ms).toISOString().replace(/\D/g, "").slice(0, 14)}Z`));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
