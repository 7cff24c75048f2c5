/**
 * Finds secrets and personal data in values and text, and gives back masked
 * copies. Pure: no browser, no network, no state but the `memory` it is given.
 */
export { personalDataIn } from "./personal-errors.ts";
export { scanText } from "./text.ts";
export { scanValue } from "./walk.ts";
export { namesSecret } from "./names.ts";
export { SecretMemory } from "./memory.ts";
export { Masking } from "./masking.ts";
export { hidingOf, secretsGiven, type Hiding } from "./given.ts";
