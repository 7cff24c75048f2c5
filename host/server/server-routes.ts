/** Control routes about the MCP server behind the page; they stand behind the guards of `page-app.ts`. */
import express, { type Response } from "express";
import type { ServerDesk, ServerQuestion } from "./server-types.ts";
import type { Problem } from "./types.ts";

export function serverRoutes(desk: ServerDesk): express.Router {
  const routes = express.Router();
  routes.get("/log", (request, response) => {
    const after = Number(request.query.after ?? 0);
    response.json(desk.log(Number.isSafeInteger(after) && after > 0 ? after : 0));
  });
  routes.get("/directory", async (_request, response) => answer(response, await desk.directory()));
  routes.post("/ask", async (request, response) => {
    const question = questionIn(request.body);
    if (question === null) return void response.status(400).json(NO_QUESTION);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    answer(response, await desk.ask(question, gone.signal));
  });
  return routes;
}

function answer(response: Response, value: object | null): void {
  if (value) response.json(value);
  else response.status(404).json(NO_SERVER);
}

/** Null for what is no question. */
function questionIn(body: unknown): ServerQuestion | null {
  const asked = (body ?? {}) as {
    readonly kind?: unknown;
    readonly name?: unknown;
    readonly uri?: unknown;
    readonly arguments?: unknown;
  };
  if (asked.kind === "resource") return typeof asked.uri === "string" ? { kind: "resource", uri: asked.uri } : null;
  const given = asked.arguments ?? {};
  if (typeof asked.name !== "string" || typeof given !== "object" || Array.isArray(given)) return null;
  if (asked.kind === "tool") return { kind: "tool", name: asked.name, arguments: { ...given } };
  if (asked.kind !== "prompt" || !Object.values(given).every((one) => typeof one === "string")) return null;
  return { kind: "prompt", name: asked.name, arguments: { ...given } };
}

const NO_QUESTION: Problem = {
  code: "BAD_REQUEST",
  message: "The request names no tool, resource or prompt.",
  next: "Reload the page.",
};
const NO_SERVER: Problem = {
  code: "NO_SERVER",
  message: "There is no MCP server that answers now.",
  next: 'Start with --mcp URL or --mcp-stdio "COMMAND"; the page updates by itself once the server is back.',
};
