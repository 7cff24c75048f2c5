/** Every token format that we know, by family. */
import type { TokenFormat } from "../types.ts";
import { ai } from "./ai.ts";
import { cloud } from "./cloud.ts";
import { code } from "./code.ts";
import { messaging } from "./messaging.ts";
import { payments } from "./payments.ts";
import { services } from "./services.ts";

export const formats: readonly TokenFormat[] = [...ai, ...cloud, ...code, ...messaging, ...payments, ...services];
