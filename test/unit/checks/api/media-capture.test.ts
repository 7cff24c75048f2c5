import mediaCapture from "../../../../harness/checks/api/media-capture.ts";
import { cases } from "../cases.ts";
import { use } from "../make.ts";

cases(mediaCapture, {
  fails: [
    ["the camera", { apiUses: [use({ api: "getUserMedia.video" })] }, "blocked warning"],
    ["the screen", { apiUses: [use({ api: "getDisplayMedia" })] }, "blocked warning"],
  ],
  passes: [
    ["the microphone is the user's to give", { apiUses: [use({ api: "getUserMedia.audio", blocked: false })] }, "pass"],
    ["another API", { apiUses: [use({ api: "enumerateDevices" })] }, "pass"],
  ],
});
