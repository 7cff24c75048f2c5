/** Control routes that write into the project. They stand behind the guards of all control routes: Host, Origin and token. */
import express from "express";
import { isRecord } from "../csp/record.ts";
import type { Declare, ProjectBackend, SaveScenario } from "./project-types.ts";

export function projectRoutes(project: ProjectBackend): express.Router {
  const routes = express.Router();
  const route = (path: string, act: (body: Readonly<Record<string, unknown>>) => Promise<unknown>) =>
    routes.post(path, async (request, response) => {
      const body: unknown = request.body;
      response.json(await act(isRecord(body) ? body : {}));
    });
  // What it is made of is checked where it is written.
  const declaring = (body: Readonly<Record<string, unknown>>): Declare => ({
    ...(body as unknown as Declare),
    widget: word(body.widget),
  });
  route("/scenario", (body) =>
    project.saveScenario({
      ...(body as unknown as SaveScenario),
      widget: word(body.widget),
      shown: word(body.shown),
      name: word(body.name),
      overwrite: body.overwrite === true,
      stage: typeof body.stage === "number" ? body.stage : -1,
    }),
  );
  route("/declare", (body) => project.declare(declaring(body)));
  route("/patch", (body) => project.patch(declaring(body)));
  route("/source", ({ widget, file, line }) =>
    Promise.resolve(
      project.source({ widget: word(widget), file: word(file), line: typeof line === "number" ? line : 0 }),
    ),
  );
  route("/undo", (body) => project.undo(typeof body.id === "number" ? body.id : -1));
  return routes;
}

const word = (value: unknown): string => (typeof value === "string" ? value : "");
