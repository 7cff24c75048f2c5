/** Judges the places of one script, once every declaration is known. */
import type { AssignmentExpression, CallExpression, NewExpression, Node } from "oxc-parser";
import type { RequestKind, StaticUse } from "../model/evidence.ts";
import type { Collector } from "./collector.ts";
import { kindOfElement } from "./elements.ts";
import { isNameOnly, urlsInText } from "./literals.ts";
import { follow, keyOfMember, pathOf, textsOf } from "./resolve.ts";
import type { Scope } from "./scope.ts";
import {
  CALL_USES,
  CONSTRUCTED,
  MEMBER_USES,
  METHOD_USES,
  MODALS,
  TIMERS,
  URL_SINKS,
  WRITE_USES,
  WRITTEN,
} from "./sinks.ts";
import type { Sites } from "./sites.ts";
import { formOf, HOLE, isLocalUrl } from "./urls.ts";
import { isPath, isText, worthResolving } from "./worth.ts";

/** How far behind a probe (`try { new Function("") }`) its library's own use may stand, characters of minified code. */
const PROBE_REACH = 40_000;

/** Kinds that lead to another page. */
const LEAVES: ReadonlySet<RequestKind> = new Set(["navigation", "popup", "form"]);
/** Properties of elements that hold a URL. */
const URL_PROPERTIES = new Set(["src", "href", "srcset", "poster", "data", "action"]);
/** Of these, the ones that images and media are shown by. */
const SHOWN_PROPERTIES = new Set(["src", "poster", "srcset"]);

const METHOD = /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/i;

type Call = CallExpression | NewExpression;

/** A function that hands a parameter on to a request: its callers name the URL. */
interface Wrapper {
  readonly of: Node;
  readonly index: number;
  readonly kind: RequestKind;
}

export function readSites(sites: Sites, offset: number, into: Collector): void {
  new Reader(offset, into).read(sites);
}

class Reader {
  readonly #offset: number;
  readonly #into: Collector;
  /** Literals that were read as a request's URL. */
  readonly #used = new Set<number>();
  /** Literals that only serve to parse another URL. */
  readonly #idle = new Set<number>();
  readonly #wrappers: Wrapper[] = [];
  #lastProbe = Number.NEGATIVE_INFINITY;

  constructor(offset: number, into: Collector) {
    this.#offset = offset;
    this.#into = into;
  }

  read(sites: Sites): void {
    for (const { node, scope } of sites.calls) this.#call(node, scope);
    for (const { node, scope } of sites.assigns) this.#assign(node, scope);
    for (const { node, scope } of sites.members) this.#member(node, scope);
    for (const { source, scope } of sites.imports) this.#request(source, "script", scope);
    this.#callers(sites);
    for (const { text, start } of sites.strings)
      if (!this.#used.has(start) && !this.#idle.has(start)) this.#text(text, start + 1);
    for (const { node, scope } of sites.templates) {
      if (this.#used.has(node.start)) continue;
      for (const text of textsOf(node, scope).slice(0, 1)) this.#text(text, node.start + 1);
    }
  }

  #call(node: Call, scope: Scope): void {
    for (const argument of node.arguments)
      if (argument.type === "Identifier" && MODALS.has(argument.name) && !scope.lookup(argument.name))
        this.#use(argument.name as "alert", argument.name, argument.start);
    if (!worthResolving(node, scope)) return;
    let callee: Node = node.callee;
    let values: Node[] = node.arguments;
    const called = callee.type === "MemberExpression" ? keyOfMember(callee, scope) : null;
    if (callee.type === "MemberExpression" && (called === "call" || called === "apply")) {
      values = called === "call" ? values.slice(1) : listed(values[1]);
      callee = callee.object;
    }
    if (callee.type === "MemberExpression")
      this.#method(keyOfMember(callee, scope), callee.object, values, node, scope);
    const path = pathOf(callee, scope);
    if (path === null) return;
    this.#globalCall(path, values, node, scope);
  }

  #globalCall(path: string, values: readonly Node[], node: Call, scope: Scope): void {
    const use = CALL_USES.get(path);
    if (use && (node.type === "CallExpression" || path === "Function"))
      this.#use(use, path, node.start, use === "eval" ? this.#guardOf(path, node, scope) : {});
    this.#tellingArguments(path, values, node, scope);
    const sink = node.type === "NewExpression" ? CONSTRUCTED.get(path) : URL_SINKS.get(path);
    if (!sink || (path === "Request" && values[0] && this.#used.has(values[0].start))) return;
    for (const value of sink.argument === "all" ? values : values.slice(sink.argument, sink.argument + 1)) {
      if (sink.kind === "worker") this.#worker(value, path, scope);
      else this.#request(value, sink.kind, scope);
    }
  }

  /** Globals of which only some arguments matter. */
  #tellingArguments(path: string, [first, second]: readonly Node[], node: Call, scope: Scope): void {
    if (path === "document.execCommand" && first && textsOf(first, scope).some((text) => /^(copy|cut)$/i.test(text)))
      this.#use("exec-copy", path, node.start);
    if (TIMERS.has(path) && first && isText(first, scope)) this.#use("string-timer", path, node.start);
    // `new URL(path, "http://localhost")` only parses: the base is never asked for.
    if (path === "URL" && second && textsOf(second, scope).every(isLocalUrl)) textsOf(second, scope, 0, this.#idle);
    if (path === "FontFace" && second)
      for (const text of textsOf(second, scope, 0, this.#used)) this.#css(text, second.start);
  }

  /** Zod probes in a `try` and compiles only where that worked: neither needs eval. */
  #guardOf(path: string, node: Call, scope: Scope): Pick<StaticUse, "guard"> {
    if (scope.isGuardedBy("try")) {
      this.#lastProbe = node.start;
      return { guard: "try" };
    }
    return path === "Function" && node.start - this.#lastProbe < PROBE_REACH ? { guard: "probe" } : {};
  }

  /** Methods whose name tells enough without their object. */
  #method(name: string | null, object: Node, values: readonly Node[], node: Call, scope: Scope): void {
    if (name === null) return;
    const use = METHOD_USES.get(name);
    if (use) this.#use(use, name, node.start);
    const [first, second] = values;
    if (name === "open" && first && second && METHOD.test(textsOf(first, scope)[0] ?? ""))
      this.#request(second, "xhr", scope);
    if (name === "addModule" && first) this.#request(first, "script", scope);
    if (name === "setAttribute" || name === "setAttributeNS") this.#setAttribute(object, values, scope);
  }

  #setAttribute(object: Node, values: readonly Node[], scope: Scope): void {
    const [named, written] = values.slice(-2);
    const attribute = named && written ? textsOf(named, scope)[0]?.replace(/^xlink:/, "") : undefined;
    if (attribute && written) this.#write(attribute, object, written, scope);
  }

  #assign(node: AssignmentExpression, scope: Scope): void {
    const { left, right } = node;
    const path = pathOf(left, scope);
    if (path !== null && MODALS.has(path)) this.#into.replaced.add(path);
    if (left.type === "Identifier") {
      if (left.name === "location" && !scope.lookup("location")) this.#request(right, "navigation", scope);
      return;
    }
    if (left.type !== "MemberExpression") return;
    const name = keyOfMember(left, scope);
    if (name === null || !WRITTEN.has(name)) return;
    if (path !== null && (name === "location" || name === "href")) {
      const use = WRITE_USES.get(path);
      if (use) return this.#use(use, path, node.start);
      if (/^(document\.)?location(\.href)?$/.test(path)) return this.#request(right, "navigation", scope);
    }
    this.#write(name, left.object, right, scope);
  }

  /** `element.src = …` and `setAttribute("src", …)`. */
  #write(name: string, object: Node, value: Node, scope: Scope): void {
    const tag = /^<([a-z-]+)>$/.exec(pathOf(object, scope) ?? "")?.[1];
    if (name === "download" && (tag === "a" || tag === undefined) && !isOff(value))
      return this.#use("download", tag ? "a.download" : ".download", object.start);
    if (!URL_PROPERTIES.has(name)) return;
    if (pathOf(value, scope) === "URL.createObjectURL()") return this.#blobWrite(name, tag, value);
    const kind = tag ? kindWritten(tag, name) : undefined;
    if (kind) this.#request(value, kind, scope, kind === "navigation" || kind === "form" ? "literal" : "request");
  }

  /** Scripts and links may use blob: URLs; images and media may not. */
  #blobWrite(name: string, tag: string | undefined, value: Node): void {
    if (SHOWN_PROPERTIES.has(name) && (!tag || /^(img|video|audio|source|input)$/.test(tag)))
      this.#use("blob-url", tag ? `<${tag}>.${name}` : `.${name}`, value.start);
  }

  #member(node: Node, scope: Scope): void {
    const path = pathOf(node, scope) ?? "";
    for (const [member, what] of MEMBER_USES)
      if (path === member || (path.startsWith(member) && !/^[\w$]/.test(path.slice(member.length))))
        return this.#use(what, member, node.start);
  }

  #worker(value: Node, path: string, scope: Scope): void {
    if (pathOf(value, scope)?.startsWith("URL.createObjectURL()")) return;
    for (const text of textsOf(value, scope, 0, this.#used)) {
      const form = formOf(text);
      if (form === "blob" || form === "unknown" || form === "other") continue;
      // Vite's inlined workers fall back to data: when blob: failed, which it does not here.
      if (form === "data" && scope.isGuardedBy("catch")) continue;
      const url = form === "data" ? "data:" : text.replaceAll(HOLE, "…");
      this.#use("worker-url", `new ${path}(${form === "data" ? "data:…" : url})`, value.start, { url });
      if (form === "absolute") this.#into.url(text, "worker", "request", this.#offset + value.start);
    }
    this.#noteWrapper(value, "worker", scope);
  }

  #request(value: Node, kind: RequestKind, scope: Scope, certainty: "request" | "literal" = "request"): void {
    const at = this.#offset + value.start;
    const used = new Set<number>();
    if (kind === "fetch" && pathOf(value, scope) === "URL.createObjectURL()")
      return this.#use("blob-url", "fetch", value.start);
    for (const text of textsOf(value, scope, 0, used)) {
      const form = formOf(text);
      if (form === "absolute") {
        for (const start of used) this.#used.add(start);
        if (/\/\/[^/\0]/.test(text) || certainty === "request") this.#into.url(text, kind, certainty, at);
      } else if (form === "relative" && !LEAVES.has(kind) && isPath(text))
        this.#into.use("relative-url", text.replaceAll(HOLE, "…"), at);
      else if (form === "data" && kind !== "image") this.#into.url(text, kind, certainty, at);
    }
    this.#noteWrapper(value, kind, scope);
  }

  #noteWrapper(value: Node, kind: RequestKind, scope: Scope): void {
    const parameter = value.type === "Identifier" ? scope.lookup(value.name)?.parameter : null;
    if (
      parameter &&
      this.#wrappers.length < 50 &&
      !this.#wrappers.some((one) => one.of === parameter.of && one.index === parameter.index)
    )
      this.#wrappers.push({ ...parameter, kind });
  }

  /** `const load = (url) => fetch(url); load("https://…")`: asks the callers, and theirs. */
  #callers(sites: Sites): void {
    // The list grows while it is walked.
    for (const { of, index: at, kind } of this.#wrappers) {
      for (const { node, scope } of sites.calls) {
        const value = node.callee.type === "Identifier" ? node.arguments[at] : undefined;
        if (!value || follow(node.callee, scope)?.node !== of) continue;
        if (kind === "worker") this.#worker(value, "Worker", scope);
        else this.#request(value, kind, scope);
      }
    }
  }

  #text(text: string, start: number): void {
    for (const { url, kind, at } of urlsInText(text))
      this.#into.url(url, kind, "literal", this.#offset + start + (text.includes(HOLE) ? 0 : at));
    this.#css(text, start);
  }

  /** CSS in a string, as style libraries carry it. */
  #css(text: string, start: number): void {
    const font = /url\(\s*["']?(data:[\w/+.-]*font[\w/+.;-]*|data:application\/(?:x-)?font[\w/+.;-]*)/i.exec(text);
    if (font) this.#use("data-font", `${font[1]?.slice(0, 60)},…`, start);
    const imported = /@import\s+(?:url\(\s*)?["']?((?:https?:)?\/\/[^"')\s]+)/i.exec(text)?.[1];
    if (imported && !isNameOnly(imported)) this.#use("import-url", imported, start);
  }

  #use(what: StaticUse["what"], detail: string, start: number, more: Pick<StaticUse, "guard" | "url"> = {}): void {
    this.#into.use(what, detail, this.#offset + start, more);
  }
}

/** The arguments that `apply` hands on. */
function listed(list: Node | undefined): Node[] {
  return list?.type === "ArrayExpression" ? list.elements.filter((one) => one !== null) : [];
}

/** A link's `rel` is not known here: a script that adds one adds a style sheet. */
function kindWritten(tag: string, name: string): RequestKind | undefined {
  return kindOfElement(tag, name) ?? (tag === "link" ? "stylesheet" : undefined);
}

/** `null` and `false`, also as texts. */
const isOff = (value: Node): boolean => value.type === "Literal" && /^(null|false)$/.test(String(value.value));
