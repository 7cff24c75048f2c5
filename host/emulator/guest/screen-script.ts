/** The reader of the screen as a script of its own, kept in an isolated world. */
import { readScreen, seenOf } from "./screen.ts";

(globalThis as unknown as { sandglassScreen: unknown }).sandglassScreen = { read: readScreen, seenOf };
