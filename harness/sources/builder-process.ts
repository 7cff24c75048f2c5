/** The builder's process: started by `builder.ts`, ends with it. Built into `dist/builder-process.js`. */
import { serveOwner, tellOwner } from "../lib/side-process.ts";
import { messageOf, SandglassError } from "../model/errors.ts";
import { buildDocument } from "./build.ts";
import type { BuildMessage, BuildRequest } from "./builder-messages.ts";

async function answer({ entry, title, place }: BuildRequest): Promise<BuildMessage> {
  try {
    return { kind: "built", document: await buildDocument(entry, title, place) };
  } catch (error) {
    if (!(error instanceof SandglassError)) return { kind: "failed", message: messageOf(error) };
    const { code, message, next } = error;
    return { kind: "refused", code, message, next };
  }
}

serveOwner((request) => void answer(request as BuildRequest).then(tellOwner));
