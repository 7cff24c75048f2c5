/** Judges the places of one script, once every declaration is known. */
import type { AssignmentExpression, CallExpression, NewExpression, Node } from "oxc-parser";
import { isApiId } from "../../host/apis/index.ts";
import type { RequestKind, StaticUse } from "../model/evidence.ts";
import type { Collector, UseFacts } from "./collector.ts";
import { readCssValue, readStyle, type CssSink } from "./css-writes.ts";
import { guardOf, isRefusedUse } from "./guards.ts";
import { readCookie, readHostLink, readLinkObject, readDownload, readTarget } from "./read-links.ts";
import type { Note } from "./read-links.ts";
import {
  readBlobWrite,
  readCandidates,
  readElementCall,
  readMarkupTemplate,
  readMarkupText,
  readWrittenMarkup,
} from "./read-shown.ts";
import { readCssText, readText, type TextNotes } from "./read-text.ts";
import { follow, keyOfMember, pathOf, textsOf } from "./resolve.ts";
import type { Scope, Wrapper } from "./scope.ts";
import {
  CALL_USES,
  CONSTRUCTED,
  LEAVES,
  MEMBER_USES,
  METHOD_USES,
  MODALS,
  NOTED_WHEN_COMPUTED,
  TIMERS,
  URL_PROPERTIES,
  URL_SINKS,
  WRITE_USES,
  WRITTEN,
} from "./sinks.ts";
import type { Sites } from "./sites.ts";
import { describeUrl, formOf, HOLE, isLocalUrl, isOfUnknownHost } from "./urls.ts";
import { isOfPolyfill, isPath, isText, kindWritten, listed, shortened, worthResolving } from "./worth.ts";

/** How far behind a probe (`try { new Function("") }`) its library's own use may stand, characters of minified code. */
const PROBE_REACH = 40_000;

const METHOD = /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/i;

type Call = CallExpression | NewExpression;

/** Where in the document the code stands, and the code. */
interface Part {
  readonly at: number;
  readonly code: string;
}

export function readSites(sites: Sites, part: Part, into: Collector): void {
  new Reader(part, into).read(sites);
}

class Reader {
  readonly #offset: number;
  readonly #code: string;
  readonly #into: Collector;
  /** Literals that were read as a request's URL. */
  readonly #used = new Set<number>();
  /** Literals that only serve to parse another URL. */
  readonly #idle = new Set<number>();
  readonly #wrappers: Wrapper[] = [];
  #lastProbe = Number.NEGATIVE_INFINITY;

  constructor({ at, code }: Part, into: Collector) {
    this.#offset = at;
    this.#code = code;
    this.#into = into;
  }

  read(sites: Sites): void {
    for (const { node, scope } of sites.calls) this.#call(node, scope);
    for (const { node, scope } of sites.assigns) this.#assign(node, scope);
    for (const { node, scope } of sites.members) this.#member(node, scope);
    for (const { source, scope } of sites.imports) this.#request(source, "script", scope);
    for (const { node, scope } of sites.links) readLinkObject(node, scope, this.#note);
    this.#callers(sites);
    for (const { text, start } of sites.strings) {
      readMarkupText(text, start + 1, this.#note);
      if (!this.#used.has(start) && !this.#idle.has(start)) readText(text, start + 1, this.#code, this.#texts);
    }
    for (const { node, scope } of sites.templates) {
      readMarkupTemplate(node, this.#code, this.#note);
      if (this.#used.has(node.start)) continue;
      for (const text of textsOf(node, scope).slice(0, 1)) readText(text, node.start + 1, this.#code, this.#texts);
    }
  }

  #call(node: Call, scope: Scope): void {
    for (const argument of node.arguments)
      if (argument.type === "Identifier" && MODALS.has(argument.name) && !scope.lookup(argument.name))
        this.#use(argument.name as "alert", argument.name, argument.start, guardOf(node, scope, this.#code));
    readElementCall(node, scope, this.#code, this.#note);
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
    if (use && (node.type === "CallExpression" || path === "Function") && isRefusedUse(use, path, values, scope))
      this.#use(
        use,
        path,
        node.start,
        use === "eval" ? this.#guardOfEval(path, node, scope) : guardOf(node, scope, this.#code),
      );
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
    if (path !== "FontFace" || !second) return;
    readCssValue(second, scope, this.#css("font"));
    for (const text of textsOf(second, scope, 0, this.#used)) readCssText(text, second.start, this.#note);
  }

  #css(kind: RequestKind): CssSink {
    return { kind, into: this.#into, at: this.#offset, used: this.#used };
  }

  /** Zod probes in a `try` and compiles only where that worked: neither needs eval. */
  #guardOfEval(path: string, node: Call, scope: Scope): Pick<StaticUse, "guard"> {
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
    if (use) this.#use(use, name, node.start, isApiId(use) ? guardOf(node, scope, this.#code) : {});
    const [first, second] = values;
    if (use === "host-link") readHostLink(first, scope, this.#note);
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
    if (name === null) return;
    if (!WRITTEN.has(name)) return this.#text(name, right, scope);
    if (path === "document.cookie") return readCookie(right, node.start, scope, this.#note);
    if (path !== null && (name === "location" || name === "href")) {
      const use = WRITE_USES.get(path);
      if (use) return this.#use(use, path, node.start);
      if (/^(document\.)?location(\.href)?$/.test(path)) return this.#request(right, "navigation", scope);
    }
    this.#write(name, left.object, right, scope);
  }

  /** A property that takes markup or CSS. */
  #text(name: string, value: Node, scope: Scope): void {
    readStyle(name, value, scope, this.#css("image"));
    readWrittenMarkup(name, value, scope, this.#css("image"));
  }

  /** `element.src = …` and `setAttribute("src", …)`. */
  #write(name: string, object: Node, value: Node, scope: Scope): void {
    const tag = /^<([a-z-]+)>$/.exec(pathOf(object, scope) ?? "")?.[1];
    if (name === "download") return readDownload(tag, object, value, this.#note);
    if (name === "target") return readTarget(tag, object, value, scope, this.#note);
    if (!URL_PROPERTIES.has(name)) return;
    if (pathOf(value, scope) === "URL.createObjectURL()") return readBlobWrite(name, tag, value, this.#note);
    const kind = kindWritten(tag, name);
    if (kind && name === "srcset") readCandidates(value, scope, this.#css(kind));
    if (kind) this.#request(value, kind, scope, LEAVES.has(kind) ? "literal" : "request");
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
    const texts = textsOf(value, scope, 0, used);
    if (texts.every(isOfUnknownHost)) this.#noteComputed(value, kind, scope, texts);
    for (const text of texts) {
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
      this.#wrappers.push({ ...parameter, kind, start: value.start });
  }

  /** A parameter is asked of the callers. Each address that it may be is a use of its own: one speaks for no other. */
  #noteComputed(value: Node, kind: RequestKind, scope: Scope, texts: readonly string[]): void {
    if (isOfPolyfill(this.#code, value.start)) return;
    if (!NOTED_WHEN_COMPUTED.has(kind) || pathOf(value, scope)?.startsWith("URL.createObjectURL()")) return;
    if (value.type === "Identifier" && scope.lookup(value.name)?.parameter) return;
    const urls = texts.map((text) => (formOf(text) === "absolute" ? describeUrl(text).url : undefined));
    const code = shortened(this.#code, value.start, value.end);
    for (const url of new Set(urls.length > 0 ? urls : [undefined]))
      this.#use("computed-request", code, value.start, { kind, ...(url === undefined ? {} : { url }) });
  }

  /** `const load = (url) => fetch(url); load("https://…")`: asks the callers, and theirs. */
  #callers(sites: Sites): void {
    // The list grows while it is walked.
    for (const { of, index: at, kind, start } of this.#wrappers) {
      let isCalled = false;
      for (const { node, scope } of sites.calls) {
        const value = node.callee.type === "Identifier" ? node.arguments[at] : undefined;
        if (!value || follow(node.callee, scope)?.node !== of) continue;
        isCalled = true;
        if (kind === "worker") this.#worker(value, "Worker", scope);
        else this.#request(value, kind, scope);
      }
      if (!isCalled && NOTED_WHEN_COMPUTED.has(kind))
        this.#use("computed-request", shortened(this.#code, start, start + 30), start, { kind });
    }
  }

  readonly #texts: TextNotes = {
    note: (what, detail, start, more) => this.#note(what, detail, start, more),
    url: (url, kind, start) => this.#into.url(url, kind, "literal", this.#offset + start),
  };

  readonly #note: Note = (what, detail, start, more) => this.#use(what, detail, start, more);

  #use(what: StaticUse["what"], detail: string, start: number, more: UseFacts = {}): void {
    this.#into.use(what, detail, this.#offset + start, more);
  }
}
