import { isRecord } from "../../../host/csp/record.ts";
import { defineServerCheck } from "../define-server-check.ts";
import { failOrPass, type RawFinding } from "../define-check.ts";
import { found, named, recordOf } from "../shared/servers.ts";
import { parametersOf, textOf, type Parameter } from "../shared/tool-words.ts";
import { wordsOf } from "../../model/tool-verbs.ts";
import type { Severity } from "../../model/result.ts";
import type { ServerTool } from "../../model/evidence/server.ts";

type MessageId = "conversation" | "credential" | "identity-number" | "place" | "bag" | "undescribed";

export default defineServerCheck({
  id: "tools/input-schema",
  title: "Tools ask for no more than they need",
  severity: "warning",
  needs: ["tools"],
  messages: {
    conversation: "{tool} asks for the conversation itself ({parameter}): ask for what the task needs.",
    credential:
      "{tool} asks the model for a credential ({parameter}): accounts are linked by OAuth, never by a parameter.",
    "identity-number": "{tool} asks for {parameter}, which apps may not collect.",
    place: "{tool} asks for where the user is ({parameter}): hosts give a coarse place in _meta, and ask the user.",
    bag: "{tool} takes any properties at all: declare them, and set additionalProperties to false.",
    undescribed: "Parameters without a description: {parameters}. The model guesses what they mean.",
  },
  source:
    'developers.openai.com/plugins/plugin-guidelines, "Privacy" (September 2026): data minimisation, no raw location, no payment, health or government data, no credentials',
  run({ tools }, { refusal }) {
    return failOrPass([
      ...tools.entries.flatMap((tool) => [
        ...parametersOf(tool).flatMap((parameter) => ofParameter(tool.name, parameter, refusal)),
        ...bagOf(tool),
      ]),
      ...undescribed(tools.entries),
    ]);
  },
});

type Found = RawFinding<MessageId>;

const CONVERSATION =
  /^(?:full_?)?(?:conversation|transcript|chat_?history|message_?history|chat_?log|raw_?prompt|user_?prompt|system_?prompt|context_?dump|conversation_?(?:history|context)?|user_?message)$/;
const CREDENTIAL =
  /^(?:password|passwd|passphrase|api_?key|secret(?:_?key)?|client_?secret|access_?token|refresh_?token|auth_?token|bearer_?token|private_?key|otp|one_?time_?code|mfa_?code|pin_?code|session_?cookie)$/;
const NUMBER =
  /^(?:ssn|social_?security(?:_?number)?|passport(?:_?number)?|drivers?_?licen[cs]e(?:_?number)?|tax_?id|national_?id|card_?number|credit_?card(?:_?number)?|cvv|cvc|iban|bank_?account(?:_?number)?|medical_?record(?:_?number)?)$/;
const PLACE = /^(?:user_?|current_?|my_?)(?:location|lat(?:itude)?|lon(?:gitude)?|lng|address|position|coordinates)$/;

function ofParameter(tool: string, { name, schema }: Parameter, refusal: Severity): Found[] {
  const plain = wordsOf(name).join("_");
  const told = (messageId: MessageId, severity: Severity): Found[] => [
    found(messageId, { tool, parameter: name }, { severity }),
  ];
  // An Indian postal code is a PIN code, too.
  if (plain === "pin_code" && /postal|zip|address|deliver|area|city|india/i.test(textOf(schema.description))) return [];
  if (CREDENTIAL.test(plain)) return told("credential", refusal);
  if (NUMBER.test(plain)) return told("identity-number", refusal);
  if (CONVERSATION.test(plain)) return told("conversation", "warning");
  return PLACE.test(plain) ? told("place", "warning") : [];
}

function bagOf({ name, entry }: ServerTool): Found[] {
  const { properties, additionalProperties, anyOf, oneOf, allOf } = recordOf(entry.inputSchema);
  const isOpen =
    additionalProperties === true || (isRecord(additionalProperties) && Object.keys(additionalProperties).length === 0);
  const hasForm = [anyOf, oneOf, allOf].some((list) => Array.isArray(list));
  return isOpen && !hasForm && Object.keys(recordOf(properties)).length === 0 ? [found("bag", { tool: name })] : [];
}

/** One finding for the whole server. */
function undescribed(entries: readonly ServerTool[]): Found[] {
  const names = entries.flatMap((tool) =>
    parametersOf(tool)
      .filter(({ schema }) => textOf(schema.description) === "" && schema.$ref === undefined)
      .map(({ name }) => ({ tool: tool.name, name })),
  );
  return names.length > 0
    ? [
        found(
          "undescribed",
          { parameters: named(names.map(({ tool, name }) => `${tool}.${name}`)) },
          { severity: "info", about: { tool: names[0]?.tool, path: "inputSchema.properties" } },
        ),
      ]
    : [];
}
