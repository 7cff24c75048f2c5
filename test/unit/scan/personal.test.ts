import { describe, expect, it } from "vitest";
import { scanText, scanValue } from "../../../harness/scan/index.ts";

const kindsIn = (value: unknown) =>
  scanValue(value, "toolOutput", { personalData: true }).detections.map(({ kind }) => kind);

/** Example numbers of the schemes' own documents; each has the right check digits. */
const right: readonly (readonly [string, string])[] = [
  ["email", "write to anna.muster@firma.de today"],
  ["email", '<a href="mailto:anna@firma.de">'],
  ["phone", "+49 30 901820"],
  ["phone", "call (415) 555-2671 now"],
  ["card", "4539 1488 0343 6467"],
  ["card", "3782 822463 10005"],
  ["iban", "DE89 3704 0044 0532 0130 00"],
  ["iban", "GB29NWBK60161331926819"],
  ["iban", "RS35 2600 0560 1001 6113 79"],
  ["iban", "MK07250120000058984"],
  ["us-ssn", "536-90-4399"],
  ["br-cpf", "529.982.247-25"],
  ["es-dni", "12345678Z"],
  ["fr-nir", "2 55 08 14 168 025 38"],
  ["it-codice-fiscale", "RSSMRA85T10A562S"],
  ["in-aadhaar", "2341 2341 2346"],
  ["fi-hetu", "131052-308T"],
  ["cn-resident-id", "11010519491231002X"],
  ["se-personnummer", "811228-9874"],
  ["mx-curp", "HEGG560427MVZRRL04"],
];

describe("personal data by value", () => {
  it.each(right)("finds %s in %s", (kind, text) => expect(kindsIn({ text })).toEqual([kind]));
  it.each(right.filter(([kind]) => !["email", "phone", "us-ssn"].includes(kind)))(
    "%s with one digit changed passes",
    (kind, text) => {
      const at = text.search(/\d(?=\D*$)/);
      const changed = `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
      expect(kindsIn({ text: changed })).not.toContain(kind);
    },
  );
  it("is off unless it is asked for", () =>
    expect(scanValue({ text: "anna.muster@firma.de" }, "toolOutput").detections).toEqual([]));
});

describe("personal data by name", () => {
  it.each([
    ["name", { firstName: "Anna" }],
    ["name", { guest_name: "Anna Muster" }],
    ["name", { guests: [{ name: "Anna Muster" }] }],
    ["address", { address: { line1: "12 High Street" } }],
    ["birth-date", { dateOfBirth: "1980-02-29" }],
    ["address", { address: "Hauptstr. 5, 10115 Berlin" }],
    ["pl-pesel", { pesel: "44051401359" }],
    ["nl-bsn", { bsn: "111222333" }],
    ["national-id", { passportNumber: "C01X00T47" }],
    ["phone", { phone: "030 901820" }],
    ["card-code", { cvv: "123" }],
    ["card", { cardNumber: 4539148803436467 }],
    ["ip-address", { clientIp: "133.7.8.9" }],
  ])("finds %s in %j", (kind, value) => expect(kindsIn(value)).toEqual([kind]));
});

describe("what is not personal", () => {
  it.each([
    "order 1234567890123",
    "react@18.2.0",
    "52.5200, 13.4050",
    "v1.2.3.4",
    "2026-11-20T10:00:00Z",
    "user@example.com",
    "icon@2x.png",
    "1.234.567-8 rows",
    "4242 4242 4242 4242",
    "978-3-16-148410-0",
    "550e8400-e29b-41d4-a716-446655440000",
    "+12.5 % (3-4-5)",
    "@scope/pkg@1.0.0",
    "git@github.com:a/b.git",
    "@anna@mastodon.social",
    "<CAk7Q9x2m4b8s1t5v7w3z6@mail.gmail.com>",
    "svc@shop.iam.gserviceaccount.com",
    "3427 4539 1488 0343 6467 5550",
    "8888 2341 2341 2346",
    {
      name: "Product",
      address: "0x1234",
      city: "Berlin",
      cardBrand: "visa",
      phoneType: "home",
      cardLast4: "4242",
      birthDatePlaceholder: "DD.MM.YYYY",
    },
    1700000000000,
    { pesel: "44051401358", bsn: "111222334", timestamp: 4539148803436467 },
  ])("%j", (value) => expect(kindsIn({ value })).toEqual([]));
});

describe("hiding", () => {
  it("personal data is hidden in logs and messages, and stays in what only the judge sees", () => {
    const text = "sent to anna.muster@firma.de";
    expect(scanText(text, "console", { personalData: true }).masked).toBe("sent to [masked]");
    expect(scanText(text, "toolOutput", { personalData: true }).masked).toBe(text);
  });
  it("no detection holds the value", () => {
    const { detections } = scanValue({ iban: "DE89370400440532013000", email: "anna.muster@firma.de" }, "toolOutput", {
      personalData: true,
    });
    expect(detections).toHaveLength(2);
    expect(JSON.stringify(detections)).not.toMatch(/anna|DE89|532013/);
  });
});
