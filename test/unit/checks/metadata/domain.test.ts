import domain from "../../../../harness/checks/metadata/domain.ts";
import { cases, contentOf, readOf, resourcesOf } from "../server-make.ts";

const withDomain = (...domains: unknown[]) => ({
  resources: resourcesOf({
    reads: domains.map((value, index) =>
      readOf({
        uri: `ui://w/${index}`,
        contents: [
          contentOf({ uri: `ui://w/${index}`, meta: value === undefined ? {} : { "openai/widgetDomain": value } }),
        ],
      }),
    ),
  }),
});

cases(domain, {
  fails: [
    ["none", withDomain(undefined), "missing warning"],
    ["no scheme", withDomain("weather.acme.dev"), "malformed error"],
    ["plain http", withDomain("http://weather.acme.dev"), "malformed error"],
    ["a path", withDomain("https://weather.acme.dev/app"), "malformed error"],
    ["not a text", withDomain(["https://weather.acme.dev"]), "malformed error"],
    ["this machine", withDomain("https://localhost"), "local error"],
    ["a tunnel", withDomain("https://a1b2.ngrok-free.app"), "tunnel error"],
    ["a placeholder", withDomain("https://your-domain.com"), "placeholder warning"],
    ["a tunnel, where nothing is reviewed", withDomain("https://a1b2.ngrok-free.app"), "tunnel warning", false],
    ["a port", withDomain("https://weather.acme.dev:8443"), "port warning"],
    ["two of them", withDomain("https://a.acme.dev", "https://b.acme.dev"), "several warning"],
  ],
  passes: [
    ["an https origin", {}, "pass"],
    ["with a slash", withDomain("https://weather.acme.dev/"), "pass"],
    ["a name with ngrok in it", withDomain("https://ngrok.acme.dev"), "pass"],
    ["none, where none is asked for", withDomain(undefined), "pass", false],
    ["the same twice", withDomain("https://a.acme.dev", "https://a.acme.dev"), "pass"],
    ["a server without UI", { resources: resourcesOf({ reads: [] }) }, "inapplicable no-ui"],
  ],
});
