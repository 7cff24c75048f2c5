import { expect, test } from "vitest";
import { hostOf, registrableDomain } from "../../../host/csp/site.ts";

test.each([
  ["https://www.example.co.uk", "example.co.uk"],
  ["https://*.tiles.example.org:8443/x", "example.org"],
  ["WSS://Live.Example.com", "example.com"],
  // Tenants of shared hosting are strangers to each other.
  ["https://one.github.io", "one.github.io"],
  ["https://github.io", null],
  ["https://127.0.0.1:3000", null],
  ["data:", null],
  ["example.com", null],
])("%s was registered as %s", (origin, domain) => expect(registrableDomain(origin)).toBe(domain));

test("hosts of origins and of entries", () => {
  expect(["https://A.example/x", "https://*.a.example", "blob:", ""].map(hostOf)).toEqual([
    "a.example",
    "a.example",
    null,
    null,
  ]);
});
