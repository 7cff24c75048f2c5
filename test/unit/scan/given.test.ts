/** What the user gave to be let in is known, and is shown in none of its forms. */
import { expect, it } from "vitest";
import { hidingOf, secretsGiven } from "../../../harness/scan/index.ts";

const TOKEN = ["opaque", "9f3kd02mzq71"].join("-");

it.each([
  [{ authorization: `Bearer ${TOKEN}` }, [TOKEN]],
  [{ Authorization: `Basic ${btoa(`me:${TOKEN}`)}` }, [btoa(`me:${TOKEN}`), `me:${TOKEN}`, TOKEN]],
  [{ "x-api-key": TOKEN }, [TOKEN]],
  [{ "x-secret-thing": "hunter2hunter2" }, ["hunter2hunter2"]],
  [{ cookie: `sid=${TOKEN}; theme=dark` }, [TOKEN]],
  [{ "x-client": "9f3kd02mzq71xx" }, ["9f3kd02mzq71xx"]],
  [{ DATABASE_PASSWORD: "correct horse battery" }, ["correct horse battery"]],
])("%j", (named, expected) => expect(secretsGiven({ named: [named], tokens: [] })).toEqual(expected));

it.each([
  { accept: "application/json, text/event-stream" },
  { "mcp-protocol-version": "2025-11-25" },
  { origin: "https://app-2.example.com" },
  { "x-region": "production-eu-1" },
  { API_URL: "https://api.example.com/v1" },
  { authorization: "Bearer abc" },
])("no secret: %j", (named) => expect(secretsGiven({ named: [named], tokens: [] })).toEqual([]));

it("a token by itself, whatever it looks like", () =>
  expect(secretsGiven({ named: [], tokens: ["plainwords", TOKEN, TOKEN] })).toEqual(["plainwords", TOKEN]));

it("hidden in texts, keys and numbers of levels, as it is and encoded", () => {
  const hiding = hidingOf([TOKEN]);
  const given = { [TOKEN]: [`say ${TOKEN}`, encodeURIComponent(TOKEN), btoa(TOKEN), { deep: 7, none: null }] };
  const shown = hiding.every(given);
  expect(JSON.stringify(shown)).not.toContain(TOKEN);
  expect(JSON.stringify(shown)).not.toContain(btoa(TOKEN).slice(0, 12));
  expect(shown).toMatchObject({
    "[masked]": ["say [masked]", "[masked]", expect.any(String), { deep: 7, none: null }],
  });
  expect(given[TOKEN]?.[0], "the original stays").toContain(TOKEN);
});

it("nothing given, nothing copied", () => {
  const value = { a: ["b"] };
  expect(hidingOf([]).every(value)).toBe(value);
});
