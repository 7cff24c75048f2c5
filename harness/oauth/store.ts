/** Tokens of servers, one file each, in the user's own config folder: read and written by the user alone. */
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { StoredOAuthClientInformation, StoredOAuthTokens } from "@modelcontextprotocol/client";
import { messageOf, SandglassError } from "../model/errors.ts";

/** What is kept of one server. */
export interface Login {
  /** Endpoint that the token is for; it is sent nowhere else. */
  readonly server: string;
  readonly client?: StoredOAuthClientInformation;
  readonly tokens?: StoredOAuthTokens;
  /** Milliseconds since 1970; absent when the token has no end that is known. */
  readonly expiresAt?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_CONFIG_HOME/sandglass`, `%APPDATA%\sandglass`, or `~/.config/sandglass`. */
export function configFolder(env: Environment): string {
  const base = env.XDG_CONFIG_HOME || (process.platform === "win32" ? env.APPDATA : undefined);
  return join(base || join(env.HOME || homedir(), ".config"), "sandglass");
}

export class LoginStore {
  readonly #folder: string;

  constructor(env: Environment) {
    this.#folder = join(configFolder(env), "logins");
  }

  /** One file a server: two endpoints of one host are two servers. */
  fileOf(server: string): string {
    return join(this.#folder, `${createHash("sha256").update(new URL(server).href).digest("hex").slice(0, 32)}.json`);
  }

  /** Undefined when there is none. @throws SandglassError `BAD_CONFIG` when it cannot be read */
  async read(server: string): Promise<Login | undefined> {
    const file = this.fileOf(server);
    try {
      const login = JSON.parse(await readFile(file, "utf8")) as Login;
      return login.server === new URL(server).href ? login : undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new SandglassError(
        "BAD_CONFIG",
        `The kept login ${file} cannot be read: ${messageOf(error)}`,
        "Remove it with `sandglass login --forget`, and log in again.",
        { cause: error },
      );
    }
  }

  /** Whole or not at all; never readable by others, not even for a moment. */
  async write(login: Login): Promise<void> {
    const file = this.fileOf(login.server);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const next = `${file}.${process.pid}`;
    await writeFile(next, `${JSON.stringify(login)}\n`, { mode: 0o600 });
    await chmod(next, 0o600);
    await rename(next, file);
  }

  /** True when there was one. */
  async forget(server: string): Promise<boolean> {
    const file = this.fileOf(server);
    const was = await readFile(file).then(
      () => true,
      () => false,
    );
    await rm(file, { force: true });
    return was;
  }
}
