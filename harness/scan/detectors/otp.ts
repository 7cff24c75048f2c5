/** Seeds of one-time passwords in key URIs. Google Authenticator key URI format. */
import { hit } from "../hit.ts";
import { isPlaceholder } from "../measure.ts";
import type { Detector } from "../types.ts";

const URI = /otpauth(?:-migration)?:\/\/[^\s"'`<>\\]{1,600}?[?&;](secret|data)=([A-Za-z0-9+/%_=-]{16,4096})/iy;
export const otpauth: Detector = {
  id: "otp-seed",
  anchors: ["otpaut"],
  ignoreCase: true,
  find(text, at) {
    URI.lastIndex = at;
    const found = URI.exec(text);
    if (!found || isPlaceholder(found[2]!)) return null;
    const end = at + found[0].length;
    return hit({
      start: end - found[2]!.length,
      end,
      kind: "otp-seed",
      title: "Seed of one-time passwords",
      confidence: "certain",
      value: found[2]!,
      why: "it is the secret of an otpauth URI: who has it makes the codes",
    });
  },
};
