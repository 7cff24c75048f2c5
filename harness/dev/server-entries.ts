/** Entries of a server's lists, as far as they are what they should be; a text that is too long is cut. */
import { isRecord } from "../../host/csp/record.ts";
import type { PromptEntry, ResourceEntry, ToolEntry } from "../../host/server/server-types.ts";
import { defined } from "../model/defined.ts";
import { resourceUriOf } from "../sources/mcp-resource.ts";

export type Raw = Readonly<Record<string, unknown>>;

const LONGEST_NAME = 500;
const LONGEST_TEXT = 4000;
const LARGEST_SCHEMA = 200_000;

const text = (value: unknown, limit: number): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, limit) : undefined;

const names = ({ title, description }: Raw) =>
  defined({ title: text(title, LONGEST_NAME), description: text(description, LONGEST_TEXT) });

/** A schema past all sense is not shown, and no form is made of it. */
const schema = (value: unknown): unknown =>
  value === undefined || JSON.stringify(value).length <= LARGEST_SCHEMA ? value : { description: "too large to show" };

export const toolEntries = (list: readonly Raw[]): readonly ToolEntry[] =>
  list.map((raw) => {
    const { name, annotations, inputSchema, outputSchema, _meta } = raw;
    return {
      name: text(name, LONGEST_NAME) ?? "",
      ...names(raw),
      annotations: isRecord(annotations) ? annotations : {},
      resourceUri: isRecord(_meta) ? (text(resourceUriOf(_meta), LONGEST_TEXT) ?? null) : null,
      ...defined({ inputSchema: schema(inputSchema), outputSchema: schema(outputSchema), meta: schema(_meta) }),
    };
  });

const resource =
  (address: "uri" | "uriTemplate") =>
  (raw: Raw): ResourceEntry => ({
    uri: text(raw[address], LONGEST_TEXT) ?? "",
    isTemplate: address === "uriTemplate",
    ...names(raw),
    ...defined({ name: text(raw.name, LONGEST_NAME), mimeType: text(raw.mimeType, LONGEST_NAME) }),
  });

export const resourceEntries = (list: readonly Raw[]): readonly ResourceEntry[] => list.map(resource("uri"));
export const templateEntries = (list: readonly Raw[]): readonly ResourceEntry[] => list.map(resource("uriTemplate"));

export const promptEntries = (list: readonly Raw[]): readonly PromptEntry[] =>
  list.map((raw) => ({
    name: text(raw.name, LONGEST_NAME) ?? "",
    ...names(raw),
    arguments: (Array.isArray(raw.arguments) ? (raw.arguments as readonly unknown[]) : [])
      .filter(isRecord)
      .slice(0, 50)
      .map((one) => ({
        name: text(one.name, LONGEST_NAME) ?? "",
        required: one.required === true,
        ...defined({ description: text(one.description, LONGEST_TEXT) }),
      })),
  }));
