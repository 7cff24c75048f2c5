/** Files of the built page: read and compressed once, since they do not change while we run. */
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { RequestHandler } from "express";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const NAME = /^\/(?:assets\/)?[\w-]+(?:\.[\w-]+)*$/;

/** @param folder of the built page */
export function pageFiles(folder: string): RequestHandler {
  const compressed = new Map<string, Buffer>();
  return (request, response, next) => {
    const type = TYPES[extname(request.path)];
    if ((request.method !== "GET" && request.method !== "HEAD") || type === undefined || !NAME.test(request.path)) {
      next();
      return;
    }
    const file = join(folder, request.path);
    let body = compressed.get(file);
    if (!body) {
      if (!existsSync(file)) {
        next();
        return;
      }
      compressed.set(file, (body = gzipSync(readFileSync(file))));
    }
    const isAsked = /\bgzip\b/.test(request.get("accept-encoding") ?? "");
    response.set({ "content-type": type, vary: "accept-encoding" });
    if (isAsked) response.set("content-encoding", "gzip").send(body);
    else response.send(readFileSync(file));
  };
}
