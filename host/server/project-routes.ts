/** Control routes that write into the project. They stand behind the guards of all control routes: Host, Origin and token. */
import express from "express";
import type { Declare, ProjectBackend, SaveScenario } from "./project-types.ts";

export function projectRoutes(project: ProjectBackend): express.Router {
  const routes = express.Router();
  const route = (path: string, act: (body: unknown) => Promise<unknown>) =>
    routes.post(path, async (request, response) => void response.json(await act(request.body)));
  route("/scenario", (body) => project.saveScenario(body as SaveScenario));
  route("/declare", (body) => project.declare(body as Declare));
  route("/patch", (body) => project.patch(body as Declare));
  route("/undo", (body) => project.undo(Number((body as { readonly id?: unknown }).id)));
  return routes;
}
