/**
 * The live stage: two origins on loopback. `http://localhost:PORT` serves the
 * page and its control routes; `http://<dashed-domain>.localhost:PORT2` serves
 * the sandbox. They are different sites, so neither can read the other.
 */
import { DEFAULTS } from "../../harness/model/defaults.ts";
import { EventHub } from "./events.ts";
import { UserFiles } from "./files.ts";
import { newToken } from "./guards.ts";
import { listenOnLoopback, type PortChoice } from "./listen.ts";
import { pageApp, sessionView } from "./page-app.ts";
import { sandboxApp } from "./sandbox-app.ts";
import { Stages } from "./stages.ts";
import type { DevBackend, ServerEvent } from "./types.ts";

export type * from "./live-records.ts";
export type * from "./server-types.ts";
export type * from "./types.ts";

export interface LiveServerOptions {
  readonly backend: DevBackend;
  /** Folder of the built page, `dist/page`. */
  readonly pageFiles: string;
  /** Port of the page. Default: 4400, or the next free one. A port that is given must be free. */
  readonly port?: number;
}

export interface LiveServer {
  readonly url: string;
  readonly port: number;
  readonly sandboxPort: number;
  send(event: ServerEvent): void;
  /** Tells every page what there is now: after a reload of the target. */
  sendSession(): void;
  close(): Promise<void>;
}

const NEIGHBOURS = 40;

/** @throws SandglassError `PORT_TAKEN` */
export async function startServer({ backend, pageFiles, port }: LiveServerOptions): Promise<LiveServer> {
  const ports = { page: 0, sandbox: 0 };
  const pageOrigin = () => `http://localhost:${ports.page}`;
  const hub = new EventHub();
  const stages = new Stages(backend, { page: pageOrigin, sandboxPort: () => ports.sandbox });
  const files = new UserFiles();
  const page = pageApp({
    backend,
    userFiles: files,
    stages,
    hub,
    token: newToken(),
    port: () => ports.page,
    sandboxPort: () => ports.sandbox,
    files: pageFiles,
  });
  const sandbox = sandboxApp({
    files,
    stages,
    backend,
    port: () => ports.sandbox,
    pageOrigin,
    workerToken: newToken(),
    onArrival: (arrival) => backend.arrived(arrival),
    onReport: (report) => backend.reported(report),
  });
  const choice: PortChoice = port === undefined ? { port: DEFAULTS.port, tries: NEIGHBOURS } : { port };
  const pageServer = await listenOnLoopback(page, choice);
  ports.page = pageServer.port;
  // Beside the page's port, so that what a widget stores survives a restart.
  const sandboxServer = await listenOnLoopback(
    sandbox,
    port === 0 ? { port: 0 } : { port: pageServer.port + 1, tries: NEIGHBOURS },
  );
  ports.sandbox = sandboxServer.port;
  return {
    url: `${pageOrigin()}/`,
    port: ports.page,
    sandboxPort: ports.sandbox,
    send: (event) => hub.send(event),
    sendSession: () => hub.send({ type: "session", session: sessionView(backend, ports.sandbox) }),
    async close() {
      hub.close();
      await Promise.all([pageServer.close(), sandboxServer.close()]);
    },
  };
}
