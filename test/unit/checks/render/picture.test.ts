import picture from "../../../../harness/checks/render/picture.ts";
import type { ComparedPicture } from "../../../../harness/model/evidence.ts";
import { cases } from "../cases.ts";

const pictures = (...compared: readonly ComparedPicture[]) => ({ pictures: { mayDiffer: 0.001, compared } });
const file = "w--chatgpt--default.png";
const size = "706 × 300";

cases(picture, {
  fails: [
    [
      "more pixels differ than may",
      pictures({ trial: "main", file, outcome: "differs", share: 0.0011, size, keptSize: size }),
      "differs error",
    ],
    [
      "it has another size, however few pixels differ",
      pictures({ trial: "narrow", file, outcome: "differs", share: 0.0001, size, keptSize: "706 × 301" }),
      "size error",
    ],
    [
      "no picture could be taken",
      pictures({ trial: "main", file, outcome: "same", share: 0 }, { trial: "dark", file, outcome: "not-taken" }),
      "review not-taken",
    ],
    ["there is none, in CI", pictures({ trial: "dark", file, outcome: "missing" }), "missing error"],
  ],
  passes: [
    ["nothing differs", pictures({ trial: "main", file, outcome: "same", share: 0 }), "pass"],
    [
      "as many pixels differ as may",
      pictures({ trial: "main", file, outcome: "differs", share: 0.001, size, keptSize: size }),
      "pass",
    ],
    ["it was kept just now", pictures({ trial: "main", file, outcome: "kept" }), "pass"],
    ["nothing was compared", {}, "inapplicable not-compared"],
  ],
});
