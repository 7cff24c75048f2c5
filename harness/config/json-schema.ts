/** `schema.json`: what editors know of `sandglass.config.json` and `widget.json`. */
import { z } from "zod";
import { configSchema } from "./schema.ts";
import { widgetSchema } from "./widget-schema.ts";

const ADDRESS = "https://unpkg.com/sandglass/schema.json";

/** Valid for either file; `$defs/config` and `$defs/widget` are for one alone. */
export function jsonSchema(): z.core.JSONSchema.BaseSchema {
  const { $schema = "https://json-schema.org/draft/2020-12/schema", ...rest } = z.toJSONSchema(
    z.union([configSchema, widgetSchema]),
    { io: "input" },
  );
  return { $schema, $id: ADDRESS, title: "Sandglass: a config, or a widget.json", ...rest };
}
