/** Seeds of one-time passwords in key URIs. Google Authenticator key URI format. */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isPlaceholder } from "../measure.ts";
import type { Detector } from "../types.ts";

const URI = /otpauth(?:-migration)?:\/\/[^\s"'`<>\\]{1,600}?[?&;](secret|data)=([A-Za-z0-9+/%_=-]{16,4096})/iy;

export const otpauth: Detector = {
  id: "otp-seed",
  anchors: ["otpaut"],
  ignoreCase: true,
  find(text, at) {
    const [whole, , seed = ""] = matchAt(URI, text, at) ?? [];
    if (whole === undefined || isPlaceholder(seed)) return null;
    const end = at + whole.length;
    return hit({
      start: end - seed.length,
      end,
      kind: "otp-seed",
      title: "Seed of one-time passwords",
      confidence: "certain",
      value: seed,
      why: "it is the secret of an otpauth URI: who has it makes the codes",
    });
  },
};
