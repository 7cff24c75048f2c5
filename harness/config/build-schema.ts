/** The shape of `build`: how the user's own build is run. */
import { z } from "zod";
import { BUILD_LIMIT_MS } from "../model/defaults.ts";
import { text, texts, whole } from "./fields.ts";

export const buildSchema = z
  .strictObject(
    {
      command: text
        .describe("Command line that builds, run without a shell in the folder of the file that names it.")
        .exactOptional(),
      vite: text
        .describe(
          "Vite config to build with, in place of `command`; by the project's own Vite, else that of Sandglass.",
        )
        .exactOptional(),
      watch: texts
        .describe(
          "Files and folders whose change asks for a new build in `dev`, beside the file that names it. Default: `src`; of a widget, its folder but for the built page's.",
        )
        .exactOptional(),
      timeoutMs: whole(1000, 3_600_000)
        .describe(`What a build may take, milliseconds. Default ${BUILD_LIMIT_MS}.`)
        .exactOptional(),
    },
    { error: "must be an object of command or vite" },
  )
  .refine(({ command, vite }) => (command === undefined) !== (vite === undefined), {
    error: "must name a command or a Vite config, and not both",
  })
  .meta({ id: "build", description: "A build of the user's own." });
