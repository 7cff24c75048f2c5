/** What a scenario may expect, as it is written. */
import { z } from "zod";
import { isLinkAddress, isRequestAddress } from "../model/matching.ts";
import { isRole } from "../model/roles.ts";
import { anyObject, choice, text } from "./fields.ts";

const FORMS =
  "must be one of { text }, { role, name? }, { tool, with? }, { message }, { context }, { link }, { request }, { displayMode }, or { not } of one of them";

const forms = [
  z.strictObject({ text: text.describe("Text on the screen, in any case; numbers are whole.") }),
  z.strictObject({
    role: text.describe("ARIA role of an element on the screen, e.g. `button`."),
    name: text.describe("Its accessible name, or a part of it, in any case. Default: any.").exactOptional(),
  }),
  z.strictObject({
    tool: text.describe("Tool that the widget calls."),
    with: anyObject.describe("Arguments that the call holds at least; lists are whole. Default: any.").exactOptional(),
  }),
  z.strictObject({ message: text.describe("Text that a message of the widget to the conversation holds.") }),
  z.strictObject({
    context: z
      .union([text, anyObject], { error: "must be text, or an object" })
      .describe("Text, or fields at least, of what the widget gives the model to know."),
  }),
  z.strictObject({
    link: text.describe("Address of a link that the widget has the host open; `*` matches any run of characters."),
  }),
  z.strictObject({
    request: text.describe(
      "Address that the widget asks for, whatever comes of it; `*` matches any run of characters, an origin every address of it.",
    ),
  }),
  z.strictObject({
    displayMode: choice(["inline", "fullscreen", "pip"]).describe("Display mode that the widget asks for."),
  }),
] as const;

const assertedSchema = z.union(forms, { error: FORMS });

type Written = z.infer<typeof assertedSchema>;

/** What is wrong with one that nothing could ever be: to rule it out would mean nothing. */
function vanity(asserted: Written): { readonly field: string; readonly message: string } | null {
  const address = "must be an address with its scheme, e.g. https://api.example.com/*";
  if ("request" in asserted && !isRequestAddress(asserted.request)) return { field: "request", message: address };
  if ("link" in asserted && !isLinkAddress(asserted.link)) return { field: "link", message: address };
  if ("role" in asserted && !isRole(asserted.role))
    return { field: "role", message: "must be an ARIA role, e.g. button, heading or img" };
  return null;
}

export const expectationSchema = z
  .union([...forms, z.strictObject({ not: assertedSchema.describe("What is not to be seen.") })], { error: FORMS })
  .superRefine((written, context) => {
    const isNot = "not" in written;
    const vain = vanity(isNot ? written.not : written);
    if (vain)
      context.addIssue({ code: "custom", path: [...(isNot ? ["not"] : []), vain.field], message: vain.message });
  })
  .meta({
    id: "expectation",
    description:
      "What is to be seen: `{ text }`, `{ role, name }`, `{ tool, with }`, `{ message }`, `{ context }`, `{ link }`, `{ request }` or `{ displayMode }`; `{ not: … }`: what is not.",
  });
