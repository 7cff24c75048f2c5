/** The shape of `widget.json`, and of `NAME.widget.json` beside a built page. */
import { z } from "zod";
import { buildSchema } from "./build-schema.ts";
import { anyObject, schemaAddress } from "./fields.ts";
import { scenariosOrFileSchema } from "./scenario.ts";

const toolSchema = z
  .strictObject({
    name: z.string().min(1, "must not be empty").describe("Name of the tool."),
    title: z.string().describe("Title of the tool.").exactOptional(),
    description: z.string().describe("What the tool does.").exactOptional(),
    inputSchema: z.unknown().describe("JSON Schema of the tool's arguments.").exactOptional(),
  })
  .meta({ id: "tool", description: "Tool that renders the widget, as the host tells the widget." });

export const widgetSchema = z
  .strictObject(
    {
      $schema: schemaAddress.exactOptional(),
      name: z
        .string({ error: "must be text" })
        .regex(/^[\w.@/:-]{1,100}$/, "must be 1 to 100 letters, digits and . _ - @ / :")
        .describe("Name in reports. Default: that of the folder or file.")
        .exactOptional(),
      entry: z
        .string({ error: "must be the path of an .html, .tsx, .jsx, .ts or .js file" })
        .min(1, "must not be empty")
        .describe(
          "HTML file, or code that Vite builds, in the widget's folder. Default: `index.html`, `index.tsx` or `index.jsx`.",
        )
        .exactOptional(),
      build: buildSchema
        .describe(
          "Build that writes the page `entry` names; run only with `--allow-build`, or `allowBuild` of the config.",
        )
        .exactOptional(),
      description: z.string({ error: "must be text" }).describe("For people; nothing reads it.").exactOptional(),
      skip: z
        .string({ error: "must be the reason, as text" })
        .min(1, "must not be empty")
        .describe("Why the widget is left out when a folder above it is the target.")
        .exactOptional(),
      mimeType: z
        .string({ error: "must be text" })
        .describe("MIME type of the resource. Default `text/html;profile=mcp-app`.")
        .exactOptional(),
      _meta: anyObject.describe("`_meta` of the resource, as the server would give it.").exactOptional(),
      tool: toolSchema.exactOptional(),
      scenarios: scenariosOrFileSchema
        .describe(
          "Scenario name → scenario; or the path of a YAML or JSON file that holds them. Default: one empty scenario, `default`.",
        )
        .exactOptional(),
    },
    { error: "must be an object" },
  )
  .meta({ id: "widget", description: "`widget.json`, or `NAME.widget.json` beside `NAME.html`." });
