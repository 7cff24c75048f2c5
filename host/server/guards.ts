/**
 * Who may talk to the developer server. A page on the web can send requests to
 * loopback, and can point a name of its own at 127.0.0.1 (DNS rebinding): so
 * Host and Origin are compared with what we serve, and control routes need a
 * token that only our own page was given.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";

const TOKEN_HEADER = "x-sandglass-token";

export function newToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Refuses requests whose Host header is not ours. */
export function requireHost(isOurs: (host: string) => boolean): RequestHandler {
  return (request, response, next) => {
    if (isOurs(request.headers.host ?? "")) {
      next();
      return;
    }
    response.status(421).type("text/plain").send("Sandglass serves no such host.\n");
  };
}

/**
 * Refuses requests of other origins. A request without Origin is a navigation
 * or a same-origin GET; `Sec-Fetch-Site` tells the cross-site ones apart.
 */
export function requireSameOrigin(origin: () => string): RequestHandler {
  return (request, response, next) => {
    const from = request.headers.origin;
    const site = request.headers["sec-fetch-site"];
    const foreign =
      from !== undefined ? from !== origin() : site !== undefined && site !== "same-origin" && site !== "none";
    if (!foreign) {
      next();
      return;
    }
    response.status(403).type("text/plain").send("Sandglass answers its own page alone.\n");
  };
}

/** Refuses control requests without this run's token. */
export function requireToken(token: string): RequestHandler {
  const expected = Buffer.from(token);
  return (request, response, next) => {
    const given = Buffer.from(request.get(TOKEN_HEADER) ?? "");
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      next();
      return;
    }
    response.status(403).json({
      code: "TOKEN",
      message: "This page belongs to an earlier run of sandglass dev.",
      next: "Reload the page.",
    });
  };
}
