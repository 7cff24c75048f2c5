/**
 * Tells of calls that no browser channel tells of, or not with a stack and a
 * result. Telemetry, never a boundary. What is wrapped is said by the table of
 * APIs; the shapes of calls that it names are here and in `record-writes.ts`.
 */
import { wraps } from "../../apis/table.ts";
import type { OwnShape, Refused } from "../../apis/types.ts";
import { recordDownloads, recordCookies, recordStorage } from "./record-writes.ts";
import {
  apply,
  construct,
  errorName,
  intercept,
  isCallable,
  makeRoom,
  namesOf,
  ownerAt,
  quietly,
  show,
  stackOf,
} from "./wrap.ts";
import type { Callable, Names, Site, Tell, WhenGone } from "./wrap.ts";

export type { Tell } from "./wrap.ts";

type Args = readonly unknown[];

// Kept before the widget can replace it.
const { then: settle } = Promise.prototype as unknown as { readonly then: Callable };

/** What a call came to whose document was taken away meanwhile. */
const GONE = { name: "nothing, as its frame was removed" };

/** @param options.mayVanish a call that has not come to its end when the document goes is told then */
export function installRecorder(report: Tell, { mayVanish = false } = {}): void {
  const tell: Tell = (record) => quietly(() => report(record), undefined);
  const scope = globalThis as unknown as Names;
  const listenTo = scope.addEventListener as Callable;
  const whenGone: WhenGone = (work) => {
    if (mayVanish) apply(listenTo, scope, ["pagehide", work, { once: true }]);
  };
  for (const wrap of wraps)
    for (const method of wrap.methods) {
      const api = (wrap.reports ?? "*").replace("*", method);
      const site = { owner: ownerAt(wrap.owner, scope), method, api, tell, whenGone };
      if (wrap.shape === undefined) recordMethod(site, { refused: refusedBy(wrap.refused) });
      else SHAPES[wrap.shape](site);
    }
}

const SHAPES: Readonly<Record<OwnShape, (site: Site) => void>> = {
  callbacks: recordGeolocation,
  capture: (site) =>
    recordMethod(site, {
      name: ([constraints]) => {
        const asked = namesOf(constraints);
        if (asked?.video) return `${site.api}.video`;
        return asked?.audio ? `${site.api}.audio` : site.api;
      },
      refused: (_value, error, [constraints]) => {
        const asked = namesOf(constraints);
        return (
          error !== undefined &&
          ((Boolean(asked?.audio) && isDenied("microphone")) || (Boolean(asked?.video) && isDenied("camera")))
        );
      },
    }),
  command: (site) =>
    recordMethod(site, {
      only: ([command]) => /^(copy|cut|paste)$/i.test(String(command)),
      name: ([command]) => `${site.api}.${String(command).toLowerCase()}`,
      refused: refusedBy("false"),
    }),
  construct: recordConstruction,
  cookie: recordCookies,
  download: recordDownloads,
  servers: recordServers,
  storage: recordStorage,
};

interface Reading {
  /** Calls that are recorded; default all. */
  readonly only?: (args: Args) => boolean;
  /** Default: the site's own. */
  readonly name?: (args: Args) => string;
  /** Whether the value, or the error, says that the host did not let it through. */
  readonly refused: (value: unknown, error: unknown, args: Args) => boolean;
}

function refusedBy(refused: Refused): Reading["refused"] {
  if (typeof refused === "object") return (_value, error) => error !== undefined && isDenied(refused.policy);
  return {
    always: () => true,
    null: (value: unknown) => value === null,
    false: (value: unknown) => value === false,
    error: (_value: unknown, error: unknown) => error !== undefined,
  }[refused];
}

function isDenied(feature: string): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return !(featurePolicy?.allowsFeature(feature) ?? false);
}

function recordMethod({ owner, method, api, tell, whenGone }: Site, { only, name, refused }: Reading): void {
  intercept(owner, method, {
    apply(target, self: unknown, args: unknown[]) {
      makeRoom();
      if (only && !quietly(() => only(args), false)) return apply(target, self, args);
      const stack = stackOf();
      const reported = name ? quietly(() => name(args), api) : api;
      const report = (value: unknown, error?: unknown) =>
        tell({
          api: reported,
          returned: error === undefined ? show(value) : quietly(() => errorName(error), "an exception"),
          stack,
          blocked: quietly(() => refused(value, error, args), false),
        });
      let value: unknown;
      try {
        value = apply(target, self, args);
      } catch (error) {
        report(undefined, error ?? null);
        throw error;
      }
      const once = onlyOnce(report);
      if (!whenSettled(value, once)) once(value);
      else whenGone(() => once(undefined, GONE));
      return value;
    },
  });
}

type Report = (value: unknown, error?: unknown) => void;

function onlyOnce(report: Report): Report {
  let isTold = false;
  return (value, error) => {
    if (isTold) return;
    isTold = true;
    report(value, error);
  };
}

/** Whether it is a promise: of this realm, or of the one of the object that the method was called on. */
function whenSettled(value: unknown, report: Report): boolean {
  if (typeof value !== "object" || value === null) return false;
  return quietly(() => {
    apply(settle, value, [(result: unknown) => report(result), (error: unknown) => report(undefined, error ?? null)]);
    return true;
  }, false);
}

/** Geolocation answers through callbacks. */
function recordGeolocation({ owner, method, api, tell, whenGone }: Site): void {
  intercept(owner, method, {
    apply(target, self: unknown, [onSuccess, onError, ...rest]: unknown[]) {
      const stack = stackOf();
      const report = (returned: string, blocked: boolean) => {
        isTold = true;
        tell({ api, returned, stack, blocked });
      };
      let isTold = false;
      whenGone(() => {
        if (!isTold)
          report(
            GONE.name,
            quietly(() => isDenied("geolocation"), false),
          );
      });
      const success = isCallable(onSuccess)
        ? (position: unknown) => {
            report("a position", false);
            return onSuccess(position);
          }
        : onSuccess;
      const failure = (error: GeolocationPositionError) => {
        report(`error ${error.code}`, error.code === 1);
        return isCallable(onError) ? onError(error) : undefined;
      };
      return apply(target, self, [success, failure, ...rest]);
    },
  });
}

function recordConstruction({ owner, method, api, tell }: Site): void {
  intercept(owner, method, {
    construct(target, args: unknown[], newTarget) {
      const stack = stackOf();
      tell({ api, returned: quietly(() => serversOf(args[0]).slice(0, 500), ""), stack, blocked: false });
      return construct(target, args, newTarget === owner?.[method] ? target : newTarget) as object;
    },
  });
}

/** Servers may be named once the connection stands. */
function recordServers({ owner, method, api, tell }: Site): void {
  intercept(owner, method, {
    apply(target, self: unknown, args: unknown[]) {
      const stack = stackOf();
      const returned = quietly(() => serversOf(args[0]).slice(0, 500), "");
      if (returned !== "") tell({ api, returned, stack, blocked: false });
      return apply(target, self, args);
    },
  });
}

/** Addresses of the ICE servers of a configuration. */
function serversOf(configuration: unknown): string {
  const servers = namesOf(configuration)?.iceServers;
  return (Array.isArray(servers) ? (servers as unknown[]) : [])
    .flatMap((server) => namesOf(server)?.urls ?? namesOf(server)?.url ?? [])
    .map(String)
    .join(" ");
}
