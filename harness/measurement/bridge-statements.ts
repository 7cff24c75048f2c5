/** What a profile says of the host's side of the bridge, beside what was measured. Pure. */
import type { BridgeFacts, HostProfile } from "../../host/profiles/types.ts";
import type { Json, Measurement, SizeFacts } from "../model/measurement.ts";
import { statement, type Statement } from "./statement.ts";

type Context = Readonly<Record<string, Json>>;

export function bridgeStatements({ bridge: told }: HostProfile, { client, facts }: Measurement): Statement[] {
  const { bridge, openai, delivery, size, calls = {} } = facts;
  return [
    statement("bridge.windowOpenai", told.windowOpenai.value, openai !== null),
    statement("bridge.hostInfo", told.hostInfo.value, bridge?.hostInfo),
    statement(
      "bridge.hostCapabilities",
      told.hostCapabilities.value as Json,
      bridge && withoutLists(bridge.hostCapabilities),
    ),
    ...contextStatements(told, bridge?.hostContext),
    statement("bridge.deliveredResult", told.deliveredResult.value, deliveredAs(delivery.result)),
    statement("bridge.failedToolCall", told.failedToolCall.value, failureOf(calls)),
    ...(told.windowOpenai.value ? openaiStatements(told, openai, calls) : []),
    ...heightStatements(told, size),
    ...(client
      ? [statement("bridge.clientInfo", told.clientInfo.value, { name: client.name, version: client.version })]
      : []),
  ];
}

/** What a host says back of a declaration is the widget's own. */
function withoutLists(capabilities: Json): Json {
  if (!isObject(capabilities) || !isObject(capabilities.sandbox) || !isObject(capabilities.sandbox.csp))
    return capabilities;
  return { ...capabilities, sandbox: { ...capabilities.sandbox, csp: {} } };
}

function openaiStatements(
  told: BridgeFacts,
  openai: Readonly<Record<string, string>> | null,
  calls: Readonly<Record<string, string>>,
): Statement[] {
  const missing = told.openaiMissing.value.toSorted();
  const isThere = (name: string): boolean => openai !== null && Object.hasOwn(openai, name);
  return [
    statement("bridge.openaiMissing", missing, openai === null ? undefined : missing.filter((name) => !isThere(name))),
    ...(missing.includes("requestDisplayMode")
      ? []
      : [
          statement(
            "bridge.displayModeOutsideGesture",
            told.displayModeOutsideGesture.value,
            calls["requestDisplayMode without a press"],
          ),
        ]),
  ];
}

/** A field that the host is not believed to send has no value to compare. */
function contextStatements(told: BridgeFacts, context: Context | undefined): Statement[] {
  const fields = told.contextFields.value.filter((field) => field !== "styles" || told.styles.value !== null);
  const values: Readonly<Partial<Record<string, readonly [believed: Json, measured: Json | undefined]>>> = {
    userAgent: [told.userAgent.value, context?.userAgent],
    containerDimensions: [
      { ...told.containerDimensions.value },
      sizesOf({ ...told.containerDimensions.value }, context?.containerDimensions),
    ],
    availableDisplayModes: [told.availableDisplayModes.value.toSorted(), sortedTexts(context?.availableDisplayModes)],
    styles: [Object.keys(stylesOf(told, context)).toSorted(), styleNames(context)],
  };
  return [
    statement(
      "bridge.contextFields",
      fields.toSorted(),
      context === undefined ? undefined : Object.keys(context).toSorted(),
    ),
    ...fields.flatMap((field) => {
      const value = values[field];
      return value ? [statement(`bridge.${field}`, ...value)] : [];
    }),
    ...styleStatements(told, context),
  ];
}

/** Each variable that both have, by itself. */
function styleStatements(told: BridgeFacts, context: Context | undefined): Statement[] {
  const seen = variablesOf(context?.styles) ?? {};
  return Object.entries(stylesOf(told, context)).flatMap(([name, value]) =>
    seen[name] === undefined ? [] : [statement(`bridge.styles ${name}`, value, seen[name])],
  );
}

/** Each height that was reported, and what the frame then had. */
function heightStatements({ heightRange }: BridgeFacts, size: SizeFacts | undefined): Statement[] {
  const { min, max } = heightRange.value;
  const honoured = (height: number): number => Math.min(max ?? Infinity, Math.max(min ?? 0, height));
  return Object.entries(size?.given ?? {}).map(([reported, given]) =>
    statement(`bridge.heightRange ${reported}`, honoured(Number(reported)), given),
  );
}

const stylesOf = ({ styles }: BridgeFacts, context: Context | undefined): Readonly<Record<string, string>> =>
  styles.value?.[context?.theme === "dark" ? "dark" : "light"] ?? {};

function styleNames(context: Context | undefined): Json | undefined {
  const variables = variablesOf(context?.styles);
  return variables && Object.keys(variables).toSorted();
}

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Style variables of a host context. */
export function variablesOf(styles: Json | undefined): { readonly [name: string]: Json } | undefined {
  const variables = isObject(styles) ? styles.variables : undefined;
  return isObject(variables) ? variables : undefined;
}

function sortedTexts(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? (value as readonly string[]).toSorted() : value;
}

/** Where the frame's own size is meant, every number is it. */
function sizesOf(believed: { readonly [name: string]: Json }, measured: Json | undefined): Json | undefined {
  if (!isObject(measured)) return measured;
  return Object.fromEntries(
    Object.entries(measured).map(([name, value]) => [
      name,
      believed[name] === "frame" && typeof value === "number" ? "frame" : value,
    ]),
  );
}

/** The probe's tool gives all three parts. */
function deliveredAs(parts: readonly string[] | null): string | undefined {
  if (parts === null) return undefined;
  if (parts.length === 3) return "whole";
  return parts.length === 1 && parts[0] === "content" ? "content-only" : parts.join(" ") || "nothing";
}

function failureOf(calls: Readonly<Record<string, string>>): string | undefined {
  const said = calls["tools/call, failing"] ?? calls["callTool, failing"];
  // A call that was given up says nothing.
  if (said === undefined || said === "throws: no answer") return undefined;
  return said.startsWith("throws") ? "throw" : "return";
}
