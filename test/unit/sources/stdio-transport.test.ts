/** A server that left a process in a group of its own behind, which holds its output open: it is let go of all the same. */
import { expect, it } from "vitest";
import { hasGroups } from "../../../harness/sources/process-group.ts";
import { StdioTransport } from "../../../harness/sources/stdio-transport.ts";

/** Ends when nobody reads it any more, and after 20 s in any case. */
const LEFT = `setInterval(() => process.stdout.write("x\\n"), 20); setTimeout(() => process.exit(), 20_000); process.on("SIGTERM", () => 0)`;
const SERVER = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(LEFT)}], { stdio: ["ignore", "inherit", "inherit"], detached: true }).on("spawn", () => process.exit(7))`;

it.runIf(hasGroups)("what writes on after the server's end is read no longer once it is closed", async () => {
  const said: string[] = [];
  const transport = new StdioTransport(
    { command: process.execPath, args: ["-e", SERVER], cwd: process.cwd(), env: process.env },
    (entry) => {
      if (entry.kind === "process") said.push(entry.text);
    },
  );
  const ended = new Promise<void>((resolve) => (transport.onclose = resolve));
  await transport.start();
  await transport.close();
  await ended;
  expect(said.at(-1)).toBe("exited with code 7");
});
