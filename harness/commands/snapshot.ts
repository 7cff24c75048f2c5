/** `sandglass snapshot`: what a review sees of a server, in a file. */
import { resolve } from "node:path";
import { SandglassError } from "../model/errors.ts";
import { snapshotOf } from "../snapshot/of-evidence.ts";
import { EXIT, type Io } from "./io.ts";
import type { SnapshotOptions } from "./options.ts";
import { writeText } from "./output.ts";
import { gatherServers } from "./server-session.ts";
import { settingsOf } from "./settings.ts";
import { snapshotText } from "./snapshot-file.ts";

export async function snapshot(options: SnapshotOptions, io: Io): Promise<number> {
  const settings = await settingsOf(options, io);
  const { value: servers, closed } = await gatherServers({ targets: [], options, settings, io, listOnly: true });
  await closed;
  const [server] = servers;
  if (!server)
    throw new SandglassError(
      "BAD_USAGE",
      "A snapshot is of an MCP server, and none was given.",
      'Add --mcp URL or --mcp-stdio "COMMAND".',
    );
  const { identity, tools, resources, transport } = server.artifacts;
  if (identity.status !== "ok" || tools.status !== "ok" || resources.status !== "ok" || transport.status !== "ok")
    throw new SandglassError(
      "SERVER_UNREACHABLE",
      `${server.server} did not say what a snapshot keeps.`,
      "`sandglass check --only metadata` says what is missing.",
    );
  const unread = resources.value.reads.find(({ error }) => error !== null);
  if (unread)
    throw new SandglassError(
      "BAD_METADATA",
      `${unread.uri} cannot be read: ${unread.error ?? ""}`,
      "A snapshot of half a server is none: let resources/read answer.",
    );
  const kept = snapshotOf({
    identity: identity.value,
    tools: tools.value,
    resources: resources.value,
    transport: transport.value,
  });
  const text = snapshotText(kept);
  if (options.write === undefined) io.out(text);
  else {
    await writeText(resolve(io.cwd, options.write), text);
    io.err(
      `${options.write}: ${kept.tools.length} tools, ${kept.resources.length} UI resources. What a change costs: sandglass check --snapshot ${options.write}, with the same server.\n`,
    );
  }
  return EXIT.clean;
}
