import type { ComparedPicture } from "../../model/evidence.ts";
import { defineCheck, failOrPass, inapplicable, review, type RawFinding } from "../define-check.ts";

export default defineCheck({
  id: "render/picture",
  title: "It looks as its kept pictures do",
  severity: "error",
  needs: ["pictures"],
  messages: {
    differs:
      "{picture} differs from the kept picture in {percent} % of its pixels ({file}); {limit} % may. Look at both: when the new one is right, keep it with --screenshots.",
    size: "{picture} is {size} pixels, and the kept picture is {keptSize} ({file}). Look at both: when the new one is right, keep it with --screenshots.",
    missing:
      "{picture} has no kept picture ({file}), and in CI none is kept. Run the same command on your machine and commit the file.",
  },
  reasons: {
    "not-compared": "there was nothing to compare it with: no --compare",
    "not-taken": "no picture of it could be taken ({pictures})",
  },
  source: "compared with pixelmatch 8 (colour distance in YIQ, anti-aliased edges left out)",
  leavesOpen: true,
  run({ pictures: { compared, mayDiffer } }) {
    if (compared.length === 0) return inapplicable("not-compared");
    const findings = compared.flatMap((one) => findingOf(one, mayDiffer));
    if (findings.length > 0) return failOrPass(findings);
    const missed = compared.filter(({ outcome }) => outcome === "not-taken");
    return missed.length > 0
      ? review("not-taken", { pictures: missed.map(({ trial }) => trial).join(", ") })
      : { outcome: "pass" };
  },
});

const NAMES: Readonly<Partial<Record<ComparedPicture["trial"], string>>> = {
  dark: "The dark theme",
  narrow: "The narrow frame",
};

function findingOf(picture: ComparedPicture, mayDiffer: number): RawFinding<"differs" | "size" | "missing">[] {
  const { trial, file, outcome } = picture;
  const common = { identity: ["trial"], channel: "stage" } as const;
  const data = { picture: NAMES[trial] ?? "It", trial, file };
  if (outcome === "missing") return [{ messageId: "missing", data, ...common }];
  if (outcome !== "differs") return [];
  const { share, size = "", keptSize = "" } = picture;
  if (size !== keptSize) return [{ messageId: "size", data: { ...data, size, keptSize }, ...common }];
  if (share <= mayDiffer) return [];
  return [
    { messageId: "differs", data: { ...data, percent: percentOf(share), limit: percentOf(mayDiffer) }, ...common },
  ];
}

/** Two digits that tell something: `12`, `0.3`, `0.0042`. */
const percentOf = (share: number): string => String(Number((share * 100).toPrecision(2)));
