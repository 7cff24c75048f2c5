/**
 * What the measuring widget declares and asks for: reserved names (RFC 2606), so that nothing answers and nobody is
 * bothered. Each origin says by its name which list it is declared in.
 */

/** How the widget's resource declares its domains. */
export const DECLARATIONS = ["both", "odd", "openai", "ui", "none"] as const;
export type DeclarationName = (typeof DECLARATIONS)[number];

const CONNECT = [
  "https://exact.connect.probe.example",
  "wss://socket.connect.probe.example",
  "https://port.connect.probe.example:8443",
  "https://path.connect.probe.example/assets/",
  "https://elsewhere.connect.probe.example/assets/",
  "https://insecure.connect.probe.example",
];
const RESOURCE = [
  "https://exact.resource.probe.example",
  "https://port.resource.probe.example:8443",
  "https://path.resource.probe.example/assets/",
  "https://elsewhere.resource.probe.example/assets/",
  "https://insecure.resource.probe.example",
];
const FRAME = ["https://exact.frame.probe.example"];
const BASE = ["https://exact.base.probe.example"];
const DOMAIN = "https://widget.probe.example";

/** Entries that hosts treat differently, and that a submission refuses. */
const ODD_CONNECT = ["https://*.wild.connect.probe.example", "http://plain.connect.probe.example"];
const ODD_RESOURCE = ["https://*.wild.resource.probe.example", "http://plain.resource.probe.example"];

/** The list that a declared address belongs to, by its name; a host may have rewritten the rest. */
export function listNamed(source: string): "connect" | "resource" | "frame" | "base" | null {
  const [, list] = /\.(connect|resource|frame|base)\.probe\.example(?::\d+)?(?:\/|$)/.exec(source) ?? [];
  return (list as "connect" | "resource" | "frame" | "base" | undefined) ?? null;
}

/** `_meta` of the resource. @param domain whether a domain is declared: some hosts show no frame for one */
export function metaOf(name: DeclarationName, domain = true): Readonly<Record<string, unknown>> {
  const odd = name === "odd";
  const connect = [...CONNECT, ...(odd ? ODD_CONNECT : [])];
  const resource = [...RESOURCE, ...(odd ? ODD_RESOURCE : [])];
  const openai = { connect_domains: connect, resource_domains: resource, frame_domains: FRAME, redirect_domains: [] };
  const ui = { connectDomains: connect, resourceDomains: resource, frameDomains: FRAME, baseUriDomains: BASE };
  return {
    ui: { prefersBorder: true, ...(name === "none" || name === "openai" ? {} : { csp: ui }) },
    ...(name === "none" || name === "ui" ? {} : { "openai/widgetCSP": openai }),
    ...(domain ? { "openai/widgetDomain": DOMAIN } : {}),
  };
}

/** Something to ask for, in one way. */
export interface Target {
  readonly name: string;
  readonly url: string;
}

/** Directives under which addresses are asked for, by the name that browsers report. */
export const ADDRESS_DIRECTIVES = [
  "connect-src",
  "img-src",
  "script-src-elem",
  "style-src-elem",
  "font-src",
  "media-src",
  "frame-src",
  "object-src",
] as const;
export type AddressDirective = (typeof ADDRESS_DIRECTIVES)[number];

const listOf = (directive: AddressDirective): "connect" | "resource" | "frame" => {
  if (directive === "connect-src") return "connect";
  return directive === "frame-src" ? "frame" : "resource";
};

const DATA: Readonly<Record<AddressDirective, string>> = {
  "connect-src": "data:,x",
  "img-src": "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==",
  "script-src-elem": "data:text/javascript,0",
  "style-src-elem": "data:text/css,x{}",
  "font-src": "data:font/woff2;base64,AAAA",
  "media-src": "data:audio/wav;base64,UklGRg==",
  "frame-src": "data:text/html,x",
  "object-src": "data:text/html,x",
};

/** @param own origin of the widget's document */
export function targetsOf(directive: AddressDirective, own: string): readonly Target[] {
  const list = listOf(directive);
  const other = list === "connect" ? "resource" : "connect";
  return [
    { name: "declared", url: `https://exact.${list}.probe.example/x` },
    { name: "other-list", url: `https://exact.${other}.probe.example/x` },
    { name: "undeclared", url: "https://undeclared.example/x" },
    { name: "subdomain", url: `https://sub.exact.${list}.probe.example/x` },
    { name: "data", url: DATA[directive] },
    { name: "blob", url: "blob:" },
    { name: "own", url: `${own}/sandglass-probe` },
    { name: "port", url: `https://port.${list}.probe.example:8443/x` },
    { name: "other-port", url: `https://insecure.${list}.probe.example:9443/x` },
    { name: "path", url: `https://path.${list}.probe.example/assets/x` },
    { name: "other-path", url: `https://elsewhere.${list}.probe.example/x` },
    { name: "http", url: `http://insecure.${list}.probe.example/x` },
    { name: "wildcard", url: `https://a.wild.${list}.probe.example/x` },
    { name: "plain-http", url: `http://plain.${list}.probe.example/x` },
  ];
}

export const SOCKET_TARGETS: readonly Target[] = [
  { name: "wss", url: "wss://socket.connect.probe.example/x" },
  { name: "wss-of-https", url: "wss://insecure.connect.probe.example/x" },
  { name: "ws", url: "ws://undeclared.socket.example/x" },
];

/** An address that no policy with a `frame-src` lets through, and that `upgrade-insecure-requests` leaves as it is. */
export const FOREIGN_FRAME = "ftp://frame.undeclared.example/";

/** Features whose delegation decides what a widget may ask for. */
export const FEATURES = [
  "camera",
  "microphone",
  "geolocation",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "fullscreen",
  "midi",
] as const;
