import { describe, expect, it } from "vitest";
import { serverEnvironment } from "../../../harness/commands/server-environment.ts";
import { SandglassError } from "../../../harness/model/errors.ts";

const PLAIN = {
  PATH: "/bin",
  HOME: "/home/me",
  PWD: "/home/me/app",
  OLDPWD: "/home/me",
  INIT_CWD: "/home/me/app",
  CI: "true",
  API_URL: "https://api.acme.dev",
  GIT_REMOTE: "ssh://git@acme.dev:22/app.git",
  CHARGED_LOG: "/tmp/log",
  SSH_AUTH_SOCK: "/run/user/1000/keyring/ssh",
  XDG_SESSION_ID: "3",
  TERM_SESSION_ID: "w0t0p0",
  GITHUB_SHA: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  KEYBOARD: "de",
  AWS_ACCESS_KEY_ID: "x9Kq2vLr8TzW",
  LANG: "C.UTF-8",
  XDG_RUNTIME_DIR: "/run/user/1000",
  WT_SESSION: "4f0c2f0e-1d4b-4f5e-9d57-1e6f0c2f0e1d",
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/1000/bus",
  npm_config_registry: "https://registry.npmjs.org/",
  NPM_CONFIG_ALWAYS_AUTH: "true",
  MAX_TOKENS: "4096",
  LESSKEY: "/etc/lesskey",
  GIT_ASKPASS: "/usr/bin/askpass",
  NEXT_PUBLIC_MAPS_KEY: "x9Kq2vLr8TzW",
  STRIPE_PUBLISHABLE_KEY: "x9Kq2vLr8TzW",
};

describe("secrets of a CI stay here", () => {
  it.each([
    "GITHUB_TOKEN",
    "GH_TOKEN",
    "NPM_TOKEN",
    "NODE_AUTH_TOKEN",
    "CI_JOB_TOKEN",
    "ACTIONS_RUNTIME_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "CODECOV_TOKEN",
    "VAULT_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_CLIENT_SECRET",
    "OPENAI_API_KEY",
    "STRIPE_SECRET_KEY",
    "DOCKER_PASSWORD",
    "DB_PASS",
    "SENTRY_AUTH_TOKEN",
    "npm_config__authToken",
    "NPM_CONFIG__AUTH",
    "WIDGET_DB_PASSWORD",
    "SITE_PASSWORD",
    "SEARCH_API_KEY",
    "SYNC_TOKEN",
    "SYNC_TOKEN_2",
    "TOKEN",
    "TRACKING_TOKENS",
    "SERVICE_KEY",
    "SERVICE_KEY_PROD",
    "AZURE_DEVOPS_EXT_PAT",
    "EMBED_JWT",
    "MAP_CREDENTIALS",
    "MYSQL_PWD",
    "SESSION_COOKIE",
  ])("%s", (name) => {
    expect(serverEnvironment({ ...PLAIN, [name]: "x9Kq2vLr8TzW" }, {})).toEqual({ env: PLAIN, withheld: [name] });
  });

  it.each([
    ["REDIS_URL", "redis://:pw@cache:6379"],
    ["HTTPS_PROXY", "http://me:pw@proxy.acme.dev:8080"],
    ["DOCKER_AUTH_CONFIG", '{"auths":{"registry.acme.dev":{"auth":"bWU6cHc0MjQy"}}}'],
  ])("a login in %s", (name, value) => {
    expect(serverEnvironment({ ...PLAIN, [name]: value }, {})).toEqual({ env: PLAIN, withheld: [name] });
  });

  it("by their value, whatever they are called", () => {
    const own = { ...PLAIN, DATABASE_URL: "postgres://app:s3cr3tPassw0rd9@db.acme.dev/app", EMPTY_TOKEN: "" };
    expect(serverEnvironment(own, {})).toEqual({ env: { ...PLAIN, EMPTY_TOKEN: "" }, withheld: ["DATABASE_URL"] });
  });
});

it("everything else is handed on", () => expect(serverEnvironment(PLAIN, {})).toEqual({ env: PLAIN, withheld: [] }));

it("what is named is handed on, what has a value is set", () => {
  const given = { API_KEY: null, HOME: "/tmp", DEBUG: "1" };
  expect(serverEnvironment({ ...PLAIN, API_KEY: "k", OTHER_KEY: "", NPM_TOKEN: "t" }, given)).toEqual({
    env: { ...PLAIN, API_KEY: "k", HOME: "/tmp", DEBUG: "1", OTHER_KEY: "" },
    withheld: ["NPM_TOKEN"],
  });
});

it("a name that is not set is an error, and no empty value", () => {
  expect(() => serverEnvironment(PLAIN, { TOKEN: null })).toThrow(SandglassError);
  expect(() => serverEnvironment(PLAIN, { TOKEN: null })).toThrow("--env TOKEN hands a variable on");
});
