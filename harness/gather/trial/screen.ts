/** What is on the screen, for what a scenario expects of it: text as it is read, and elements by role and name. */
import type { ScreenText } from "../../../host/emulator/guest/screen.ts";
import { browserScript } from "../../lib/browser-scripts.ts";
import { EXPIRED, withDeadline } from "../../lib/deadline.ts";
import type { Screen } from "../../model/evidence.ts";
import { worldOf, type Looking } from "./look.ts";

/** How long a look may take, ms. */
const LOOK_MS = 3000;
/** Elements that are kept. */
const ELEMENT_LIMIT = 300;
const NAME_CHARACTERS = 300;

/** @param roles of elements that are asked for. Null: the document cannot be looked at. */
export async function screenOf(looking: Looking, roles: ReadonlySet<string>): Promise<Screen | null> {
  const look = await withDeadline(
    // A frame that is gone or hung cannot be looked at: that is an answer, not an error.
    lookAtScreen(looking, roles).catch(() => null),
    performance.now() + LOOK_MS,
  );
  return look === EXPIRED ? null : look;
}

interface World {
  readonly session: string;
  readonly id: number;
}

async function lookAtScreen(looking: Looking, roles: ReadonlySet<string>): Promise<Screen | null> {
  const world = await worldOf(looking);
  if (!world) return null;
  const { result, exceptionDetails } = await looking.protocol.send(
    "Runtime.evaluate",
    {
      expression: `${browserScript("screen")};sandglassScreen.read()`,
      contextId: world.id,
      returnByValue: true,
    },
    world.session,
  );
  if (exceptionDetails) return null;
  const { text, cut } = result.value as ScreenText;
  const found = roles.size === 0 ? [] : await elementsOf(looking, world, roles);
  return { text, elements: found.slice(0, ELEMENT_LIMIT), cut: cut || found.length > ELEMENT_LIMIT };
}

/** Chromium's own words for roles that ARIA calls otherwise. */
const ARIA: Readonly<Record<string, string>> = { image: "img" };

/** Of these roles, as the browser computes role and name, and seen. */
async function elementsOf(
  { protocol, log }: Looking,
  world: World,
  roles: ReadonlySet<string>,
): Promise<Screen["elements"]> {
  const frameId = log.innerFrameId;
  if (frameId === null) return [];
  const { nodes } = await protocol.send("Accessibility.getFullAXTree", { frameId }, world.session);
  const named = nodes.flatMap(({ ignored, role, name, backendDOMNodeId }) => {
    const own = String(role?.value ?? "");
    const called = ARIA[own] ?? own;
    return !ignored && roles.has(called) && backendDOMNodeId !== undefined
      ? [{ role: called, name: String(name?.value ?? "").slice(0, NAME_CHARACTERS), backendNodeId: backendDOMNodeId }]
      : [];
  });
  const asked = named.slice(0, ELEMENT_LIMIT + 1);
  const seen = await seenOf(protocol, world, asked);
  return asked.filter((_, index) => seen[index]).map(({ role, name }) => ({ role, name }));
}

async function seenOf(
  protocol: Looking["protocol"],
  { session, id }: World,
  nodes: readonly { readonly backendNodeId: number }[],
): Promise<readonly boolean[]> {
  if (nodes.length === 0) return [];
  const objects = await Promise.all(
    nodes.map(({ backendNodeId }) =>
      // A node that is gone by now is not seen.
      protocol
        .send("DOM.resolveNode", { backendNodeId, executionContextId: id, objectGroup: "sandglass" }, session)
        .then(
          ({ object }) => object.objectId,
          () => undefined,
        ),
    ),
  );
  const { result } = await protocol.send(
    "Runtime.callFunctionOn",
    {
      functionDeclaration: "function (...nodes) { return sandglassScreen.seenOf(nodes); }",
      executionContextId: id,
      arguments: objects.map((objectId) => (objectId === undefined ? { value: null } : { objectId })),
      returnByValue: true,
    },
    session,
  );
  return result.value as boolean[];
}
