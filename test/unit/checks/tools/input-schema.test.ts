import inputSchema from "../../../../harness/checks/tools/input-schema.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const taking = (...names: string[]) => ({
  tools: toolsOf(
    toolOf({
      inputSchema: {
        type: "object",
        properties: Object.fromEntries(names.map((name) => [name, { type: "string", description: "Something" }])),
      },
    }),
  ),
});
const schema = (value: object) => ({ tools: toolsOf(toolOf({ inputSchema: { type: "object", ...value } })) });

cases(inputSchema, {
  fails: [
    ["a password", taking("password"), "credential error"],
    ["a key in camelCase", taking("apiKey"), "credential error"],
    ["a password, where nothing is reviewed", taking("password"), "credential warning", false],
    ["a PIN", taking("pin_code"), "credential error"],
    ["a card", taking("credit_card_number"), "identity-number error"],
    ["the conversation", taking("conversation_history"), "conversation warning"],
    ["where the user is", taking("userLatitude"), "place warning"],
    ["anything", schema({ additionalProperties: true }), "bag warning"],
    ["no description", schema({ properties: { a: { type: "string" } } }), "undescribed info"],
  ],
  passes: [
    ["what it needs", {}, "pass"],
    ["the id of a record", taking("conversation_id"), "pass"],
    [
      "a postal code of India",
      schema({ properties: { pin_code: { type: "string", description: "Postal code of the delivery address" } } }),
      "pass",
    ],
    ["a place that is asked about", taking("latitude", "longitude", "address"), "pass"],
    ["words that hold others", taking("token_count", "password_policy", "message"), "pass"],
    ["no parameter", schema({}), "pass"],
    [
      "declared ones, and others",
      schema({ properties: { a: { type: "string", description: "A" } }, additionalProperties: true }),
      "pass",
    ],
  ],
});
