#!/usr/bin/env node
/** argv → options → command → exit code. The only file that touches `process` for its streams and its end. */
import { Command, CommanderError, Option } from "commander";
import type { Io } from "./commands/io.ts";
import { EXIT } from "./commands/io.ts";
import { SandglassError, errorText, messageOf } from "./model/errors.ts";
import { packageVersion } from "./lib/package-root.ts";

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  outIsTerminal: process.stdout.isTTY === true,
  errIsTerminal: process.stderr.isTTY === true,
  color: process.env.NO_COLOR
    ? false
    : process.env.FORCE_COLOR
      ? process.env.FORCE_COLOR !== "0"
      : process.stdout.isTTY === true,
  ...(process.stdout.isTTY === true && process.stdout.columns > 0 ? { columns: process.stdout.columns } : {}),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interrupted: () =>
    new Promise((done) => (["SIGINT", "SIGTERM"] as const).forEach((signal) => process.once(signal, () => done()))),
};

const many = (value: string, earlier: string[] = []): string[] => [...earlier, value];

function withTarget(command: Command): Command {
  return command
    .argument("[target...]", "widget folders, folders of them, built .html files, or ui:// names of the server")
    .option("--mcp <url>", "MCP server over streamable HTTP")
    .option("--mcp-stdio <command>", 'MCP server over stdio, e.g. "npx -y @modelcontextprotocol/server-map --stdio"')
    .option(
      "--allow-calls",
      "call tools that do not say that they only read, with arguments of their schema or invented",
    )
    .option("--config <file>", "default: sandglass.config.ts in this folder")
    .option("--profile <ids>", "hosts, by comma, or all (default: chatgpt, as published)", many)
    .option("--scenario <name>", "only this scenario")
    .option("--assume <name=value>", "settle a contested fact, e.g. clipboard-write=granted", many)
    .option("--browser-path <file>", "Chromium to use")
    .option("--browser-endpoint <url>", "running Chromium to use, by its DevTools address");
}

function withNetwork(command: Command): Command {
  return command
    .addOption(
      new Option("--network <mode>", "off: mocks, recordings and stubs answer; live: the network does")
        .choices(["off", "live"])
        .default("off"),
    )
    .option("--replay <file>", "HAR file whose answers are given")
    .option("--record <file>", "HAR file to write, with --network live")
    .option("--workers <n>", "renderings at a time (default: 2)")
    .option("--timeout <ms>", "limit of one rendering (default: 10000)")
    .option("--explore [seed]", "press what can be pressed, in a bounded and seeded way");
}

function program(run: (code: number | Promise<number>) => Promise<void>): Command {
  const root = new Command("sandglass")
    .description("Shows a ChatGPT app widget as ChatGPT's sandbox will treat it, before it is published.")
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeErr: io.err, writeOut: io.out })
    .showHelpAfterError("(sandglass --help lists the options)");
  withNetwork(
    withTarget(
      root
        .command("check")
        .description("render headless, judge, and set the exit code: 0 clean, 1 findings, 2 could not judge"),
    ),
  )
    .option(
      "--format <format[=file]>",
      "pretty, json, junit, sarif, github, markdown or html; may be given again",
      many,
    )
    .option("--fail-on <severity>", "error (default) or warning")
    .option("--save-evidence <dir>", "keep what was observed")
    .option("--evidence <dir>", "judge kept evidence again, without a browser")
    .option("--shard <i/n>", "only this part of the renderings")
    .option("--baseline <file>", "findings in it are known and do not fail")
    .option("--write-baseline <file>", "write today's findings as a baseline")
    .option("--screenshots <dir>", "keep a picture of each rendering")
    .option("--verbose", "show every directive")
    .action((targets: string[], options: object) =>
      run(import("./commands/check.ts").then(({ check }) => check(targets, options, io))),
    );
  withNetwork(
    withTarget(root.command("allowlist").description("which domains the widget needs, in which list, proven")),
  )
    .option("--format <format[=file]>", "pretty, json, markdown or html", many)
    .option("--write <file>", "write the reviewable file, e.g. sandglass.allowlist.json")
    .option("--check <file>", "fail when the widget's domains are no longer those of the file")
    .action((targets: string[], options: object) =>
      run(import("./commands/allowlist.ts").then(({ allowlist }) => allowlist(targets, options, io))),
    );
  withTarget(
    root.command("dev").description("open a local page that renders the widget as ChatGPT would, with live panels"),
  )
    .option("--port <n>", "port of the page (default: 4400)")
    .option("--open", "open it in a browser")
    .action((targets: string[], options: object) =>
      run(import("./commands/dev.ts").then(({ dev }) => dev(targets, options, io))),
    );
  root
    .command("merge")
    .description("join JSON results of shards")
    .argument("<file...>")
    .option("--format <format[=file]>", "as for check", many)
    .action((files: string[], options: object) =>
      run(import("./commands/merge.ts").then(({ merge }) => merge(files, options, io))),
    );
  root
    .command("explain")
    .description("the page of a check; without an id, the list")
    .argument("[check-id]")
    .action((id: string | undefined) => run(import("./commands/explain.ts").then(({ explain }) => explain(id, io))));
  root
    .command("doctor")
    .description("is everything there that a check needs?")
    .option("--browser-path <file>", "Chromium to try")
    .action((options: object) => run(import("./commands/doctor.ts").then(({ doctor }) => doctor(options, io))));
  root
    .command("install-browser")
    .description("bring a Chromium, if there is none")
    .option("--force", "even if there is one")
    .action((options: object) =>
      run(import("./commands/install-browser.ts").then(({ installBrowser }) => installBrowser(options, io))),
    );
  return root;
}

async function main(): Promise<number> {
  let code: number = EXIT.clean;
  try {
    await program(async (result) => void (code = await result)).parseAsync();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.undecided;
    tell(error);
    return EXIT.undecided;
  }
}

/** What happened, the cause, and the next command; a stack only when asked for. */
function tell(error: unknown): void {
  const known =
    error instanceof SandglassError
      ? error
      : new SandglassError(
          "INTERNAL",
          messageOf(error),
          "This is a fault of Sandglass: run again with SANDGLASS_DEBUG=1 and report what it prints.",
        );
  io.err(errorText(known));
  if (process.env.SANDGLASS_DEBUG && error instanceof Error) io.err(`${error.stack}\n`);
}

process.exitCode = await main();
