/** Keys in addresses of services whose parameter's name says nothing: OpenWeather's `appid`. Source: openweathermap.org/appid */
import { hit } from "../hit.ts";
import { matchAt } from "../match.ts";
import { isStandIn } from "../measure.ts";
import type { Detector } from "../types.ts";

const OPEN_WEATHER = /openweathermap\.org\/[^\s"'`<>\\]{1,300}?[?&;]appid=([0-9a-f]{32})(?![\w-])/iy;

export const addressKey: Detector = {
  id: "openweather-key",
  anchors: ["openweathermap.org/"],
  ignoreCase: false,
  find(text, at) {
    const [whole, value = ""] = matchAt(OPEN_WEATHER, text, at) ?? [];
    if (whole === undefined || isStandIn(value)) return null;
    const end = at + whole.length;
    return hit({
      start: end - value.length,
      end,
      kind: "openweather-key",
      title: "OpenWeather API key",
      confidence: "certain",
      value,
      why: "it is the appid of an OpenWeather address: 32 hexadecimal digits",
    });
  },
};
