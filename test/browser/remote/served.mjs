// Starts a Playwright server and hands its port on at a socket of the file system, which other network namespaces reach.
// Arguments: path of that socket, further arguments of `run-server`.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { join } from "node:path";

const [path, ...args] = process.argv.slice(2);
// A new namespace has its own loopback, which is down.
spawnSync("ip", ["link", "set", "lo", "up"]);
const cli = join(createRequire(import.meta.url).resolve("playwright/package.json"), "../cli.js");
const server = spawn(process.execPath, [cli, "run-server", "--host", "127.0.0.1", "--port", "3999", ...args], {
  stdio: ["ignore", "pipe", "inherit"],
});
server.stdout.once("data", () =>
  createServer((from) => {
    const to = connect(3999, "127.0.0.1");
    for (const [one, other] of [
      [from, to],
      [to, from],
    ])
      one.pipe(other).on("error", () => one.destroy());
  }).listen(path, () => console.log("listening")),
);
process.on("SIGTERM", () => {
  server.kill();
  process.exit();
});
