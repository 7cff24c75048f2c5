/**
 * The browser APIs that hosts restrict, or that carry data out: one row each.
 * What the recorder wraps stands apart, because the guest carries that alone;
 * the rest is read by the static reader, the artifacts and the checks.
 */
import type { ApiRow, Wrap } from "./types.ts";

/** What the recorder wraps; the names that it reports are those of `apis`. */
export const wraps: readonly Wrap[] = [
  { methods: ["alert", "confirm", "prompt", "print"], refused: "always" },
  { methods: ["open"], reports: "window.*", refused: "null" },
  {
    owner: "Clipboard.prototype",
    methods: ["writeText", "write"],
    reports: "clipboard.*",
    refused: { policy: "clipboard-write" },
  },
  {
    owner: "Clipboard.prototype",
    methods: ["readText", "read"],
    reports: "clipboard.*",
    refused: { policy: "clipboard-read" },
  },
  { shape: "command", owner: "Document.prototype", methods: ["execCommand"] },
  { owner: "Document.prototype", methods: ["requestStorageAccess"], refused: "error" },
  { owner: "Element.prototype", methods: ["requestFullscreen"], refused: "error" },
  {
    owner: "ServiceWorkerContainer.prototype",
    methods: ["register"],
    reports: "serviceWorker.*",
    refused: "error",
  },
  { shape: "capture", owner: "MediaDevices.prototype", methods: ["getUserMedia"] },
  { owner: "MediaDevices.prototype", methods: ["getDisplayMedia"], refused: { policy: "display-capture" } },
  {
    shape: "callbacks",
    owner: "Geolocation.prototype",
    methods: ["getCurrentPosition", "watchPosition"],
    reports: "geolocation.*",
  },
  { owner: "Navigator.prototype", methods: ["share"], reports: "navigator.*", refused: "error" },
  // Chromium lets no frame of another site ask.
  { owner: "Notification", methods: ["requestPermission"], reports: "Notification.*", refused: "always" },
  // Of these the browser leaves no message, and a widget that catches the error shows none.
  { methods: ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"], refused: "error" },
  {
    owner: "DocumentPictureInPicture.prototype",
    methods: ["requestWindow"],
    reports: "documentPictureInPicture.*",
    refused: "error",
  },
  {
    owner: "CredentialsContainer.prototype",
    methods: ["create"],
    reports: "credentials.*",
    refused: { policy: "publickey-credentials-create" },
  },
  {
    owner: "CredentialsContainer.prototype",
    methods: ["get"],
    reports: "credentials.*",
    refused: { policy: "publickey-credentials-get" },
  },
  { owner: "Navigator.prototype", methods: ["requestMIDIAccess"], refused: { policy: "midi" } },
  { owner: "Keyboard.prototype", methods: ["lock"], reports: "keyboard.*", refused: "error" },
  {
    owner: "Keyboard.prototype",
    methods: ["getLayoutMap"],
    reports: "keyboard.*",
    refused: { policy: "keyboard-map" },
  },
  { owner: "ScreenOrientation.prototype", methods: ["lock"], reports: "screen.orientation.*", refused: "error" },
  { methods: ["getScreenDetails"], refused: { policy: "window-management" } },
  { shape: "construct", methods: ["RTCPeerConnection"] },
  {
    shape: "servers",
    owner: "RTCPeerConnection.prototype",
    methods: ["setConfiguration"],
    reports: "RTCPeerConnection",
  },
  { shape: "download", methods: ["click"], reports: "download" },
  { shape: "cookie", owner: "Document.prototype", methods: ["cookie"], reports: "*.set" },
  { shape: "storage", owner: "Storage.prototype", methods: ["setItem"], reports: "storage.*" },
];

const OWN_INTERFACE = "Show the question in the widget's own interface.";

/** Words of Chromium 156; the samples are of real runs, or of its source where no test of ours brings them about. */
export const apis = {
  alert: {
    judged: "modal-dialog",
    names: ["alert"],
    needs: { token: "allow-modals" },
    staticNames: { calls: ["alert"] },
    native: [
      {
        pattern: /^Ignored call to 'alert\(\)'/,
        api: "alert",
        returned: "undefined",
        always: true,
        sample: "Ignored call to 'alert()'. The document is sandboxed, and the 'allow-modals' keyword is not set.",
      },
    ],
    advice: OWN_INTERFACE,
    unseen: { fate: "the sandbox ignores it", severity: "warning", own: "error" },
  },
  confirm: {
    judged: "modal-dialog",
    names: ["confirm"],
    needs: { token: "allow-modals" },
    staticNames: { calls: ["confirm"] },
    native: [
      {
        pattern: /^Ignored call to 'confirm\(\)'/,
        api: "confirm",
        returned: "false",
        always: true,
        sample: "Ignored call to 'confirm()'. The document is sandboxed, and the 'allow-modals' keyword is not set.",
      },
    ],
    advice: OWN_INTERFACE,
    unseen: { fate: "the sandbox ignores it and returns false", severity: "warning", own: "error" },
  },
  prompt: {
    judged: "modal-dialog",
    names: ["prompt"],
    needs: { token: "allow-modals" },
    staticNames: { calls: ["prompt"] },
    native: [
      {
        pattern: /^Ignored call to 'prompt\(\)'/,
        api: "prompt",
        returned: "null",
        always: true,
        sample: "Ignored call to 'prompt()'. The document is sandboxed, and the 'allow-modals' keyword is not set.",
      },
    ],
    advice: OWN_INTERFACE,
    unseen: { fate: "the sandbox ignores it and returns null", severity: "warning", own: "error" },
  },
  print: {
    judged: "modal-dialog",
    names: ["print"],
    needs: { token: "allow-modals" },
    staticNames: { calls: ["print"] },
    native: [
      {
        pattern: /^Ignored call to 'print\(\)'/,
        api: "print",
        returned: "undefined",
        always: true,
        sample: "Ignored call to 'print()'. The document is sandboxed, and the 'allow-modals' keyword is not set.",
      },
    ],
    advice: OWN_INTERFACE,
    unseen: { fate: "the sandbox ignores it", severity: "warning", own: "error" },
  },
  "window.open": {
    judged: "window-open",
    names: ["window.open"],
    needs: { token: "allow-popups" },
    staticNames: { calls: ["open", "top.open", "parent.open"] },
    native: [
      {
        pattern: /^Blocked opening '/,
        api: "window.open",
        returned: "null",
        sample:
          "Blocked opening 'https://example.com/guide' in a new window because the request was made in a sandboxed frame whose 'allow-popups' permission is not set.",
      },
    ],
    codeNames: ["open"],
    advice: "Use ui/open-link or window.openai.openExternal.",
    unseen: {
      fate: "the sandbox blocks it; use ui/open-link or window.openai.openExternal",
      severity: "warning",
      own: "error",
      unlessBeside: "host-link",
    },
  },
  clipboard: {
    judged: "clipboard",
    names: ["clipboard"],
    needs: { feature: "clipboard-write" },
    staticNames: {
      calls: [
        "navigator.clipboard.writeText",
        "navigator.clipboard.readText",
        "navigator.clipboard.write",
        "navigator.clipboard.read",
      ],
    },
    native: [],
    advice: 'Inside a click, document.execCommand("copy") works.',
    unseen: {
      fate: 'the permissions policy refuses it; document.execCommand("copy") works inside a click',
      severity: "warning",
      own: "error",
      unlessBeside: "exec-copy",
    },
  },
  /** Its static names depend on the command: the reader looks at the argument. */
  "exec-copy": {
    judged: "clipboard",
    names: ["execCommand"],
    needs: null,
    staticNames: {},
    native: [],
    codeNames: ["execCommand"],
  },
  "storage-access": {
    judged: "storage-access",
    names: ["requestStorageAccess"],
    needs: { token: "allow-storage-access-by-user-activation" },
    staticNames: { calls: ["document.requestStorageAccess"] },
    native: [
      {
        pattern: /requestStorageAccess.{0,200}(not granted|denied|sandbox)/i,
        api: "requestStorageAccess",
        returned: "NotAllowedError",
        sample:
          "requestStorageAccess: Refused to execute request. The document is sandboxed, and the 'allow-storage-access-by-user-activation' keyword is not set.",
      },
    ],
    unseen: { fate: "the sandbox refuses it", severity: "info", own: "warning" },
  },
  fullscreen: {
    judged: "fullscreen",
    names: ["requestFullscreen"],
    needs: { feature: "fullscreen" },
    staticNames: { methods: ["requestFullscreen", "webkitRequestFullscreen"] },
    native: [
      {
        pattern: /Permissions policy violation: fullscreen is not allowed/i,
        api: "requestFullscreen",
        returned: "rejected",
        sample: "Permissions policy violation: fullscreen is not allowed in this document.",
      },
    ],
    advice: 'Use requestDisplayMode({ mode: "fullscreen" }).',
    unseen: { fate: "the permissions policy refuses it; use requestDisplayMode", severity: "info", own: "warning" },
  },
  "service-worker": {
    judged: "service-worker",
    names: ["serviceWorker"],
    needs: null,
    staticNames: { calls: ["navigator.serviceWorker.register"] },
    native: [],
    unseen: { fate: "a written document has no service worker", severity: "info", own: "warning" },
  },
  "media-capture": {
    judged: "media-capture",
    names: ["getUserMedia", "getDisplayMedia"],
    needs: { feature: "camera" },
    staticNames: {
      calls: [
        "navigator.mediaDevices.getUserMedia",
        "navigator.mediaDevices.getDisplayMedia",
        "navigator.getUserMedia",
      ],
    },
    native: [
      {
        pattern: /Permissions policy violation: (camera|microphone) is not allowed/i,
        api: "getUserMedia",
        returned: "rejected",
        sample: "Permissions policy violation: camera is not allowed in this document.",
      },
      {
        pattern: /Permissions policy violation: display-capture is not allowed/i,
        api: "getDisplayMedia",
        returned: "rejected",
        sample: "Permissions policy violation: display-capture is not allowed in this document.",
      },
    ],
    unseen: { fate: "the permissions policy refuses camera and screen", severity: "info", own: "warning" },
  },
  geolocation: {
    judged: "geolocation",
    names: ["geolocation"],
    needs: { feature: "geolocation" },
    staticNames: { calls: ["navigator.geolocation.getCurrentPosition", "navigator.geolocation.watchPosition"] },
    native: [
      {
        pattern: /Permissions policy violation: geolocation is not allowed/i,
        api: "geolocation",
        returned: "rejected",
        sample: "Permissions policy violation: geolocation is not allowed in this document.",
      },
    ],
    advice: "Let a tool answer with the place.",
    unseen: { fate: "the permissions policy refuses it", severity: "info", own: "warning" },
  },
  share: {
    judged: null,
    names: ["navigator.share"],
    needs: { feature: "web-share" },
    staticNames: {},
    native: [],
  },
  notification: {
    judged: null,
    names: ["Notification"],
    needs: null,
    staticNames: { calls: ["Notification.requestPermission"] },
    native: [],
    unseen: { fate: "the browser refuses it in a frame of another site", severity: "info", own: "warning" },
  },
  "file-picker": {
    judged: null,
    names: ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"],
    needs: null,
    staticNames: {},
    native: [],
  },
  "picture-in-picture": {
    judged: null,
    names: ["documentPictureInPicture"],
    needs: null,
    staticNames: {},
    native: [],
  },
  credentials: {
    judged: null,
    names: ["credentials"],
    needs: { feature: "publickey-credentials-get" },
    staticNames: {},
    native: [],
  },
  midi: {
    judged: null,
    names: ["requestMIDIAccess"],
    needs: { feature: "midi" },
    staticNames: {},
    native: [],
  },
  keyboard: {
    judged: null,
    names: ["keyboard"],
    needs: null,
    staticNames: {},
    native: [],
  },
  orientation: {
    judged: null,
    names: ["screen.orientation"],
    needs: { token: "allow-orientation-lock" },
    staticNames: {},
    native: [],
  },
  screens: {
    judged: null,
    names: ["getScreenDetails"],
    needs: { feature: "window-management" },
    staticNames: {},
    native: [],
  },
  webrtc: {
    judged: null,
    names: ["RTCPeerConnection"],
    needs: null,
    staticNames: {},
    native: [],
    codeNames: ["RTCPeerConnection", "setConfiguration"],
  },
  /** A link's `download` is written to an element: the reader looks at it. */
  download: {
    judged: "download",
    names: ["download"],
    needs: { token: "allow-downloads" },
    staticNames: {},
    native: [
      {
        pattern: /^Download is disallowed/,
        api: "download",
        returned: "nothing",
        sample:
          "Download is disallowed. The frame initiating or instantiating the download is sandboxed, but the flag 'allow-downloads' is not set.",
      },
    ],
    codeNames: ["click", "download"],
    advice: "Offer a link through ui/open-link or window.openai.openExternal instead.",
    unseen: {
      fate: "the sandbox starts no download; offer the file as a link through ui/open-link or window.openai.openExternal",
      severity: "warning",
      own: "error",
      unlessBeside: "prevents-default",
    },
  },
  "top-navigation": {
    judged: "top-navigation",
    names: ["top.location"],
    needs: { token: "allow-top-navigation" },
    staticNames: {
      calls: ["top.location.assign", "top.location.replace", "parent.location.assign", "parent.location.replace"],
      writes: ["top.location", "top.location.href", "parent.location", "parent.location.href"],
    },
    native: [
      {
        pattern: /^Unsafe (JavaScript )?attempt to initiate navigation/,
        api: "top.location",
        returned: "SecurityError",
        sample:
          "Unsafe attempt to initiate navigation for frame with origin 'https://chatgpt.com' from frame with URL 'https://widget.example/'. The frame attempting navigation of the top-level window is sandboxed, but the flag of 'allow-top-navigation' or 'allow-top-navigation-by-user-activation' is not set.",
      },
    ],
    advice: "Use ui/open-link or window.openai.openExternal.",
    unseen: {
      fate: "the sandbox refuses it; use ui/open-link or window.openai.openExternal",
      severity: "warning",
      own: "error",
    },
  },
  "pointer-lock": {
    judged: null,
    names: ["requestPointerLock"],
    needs: { token: "allow-pointer-lock" },
    staticNames: {},
    native: [
      {
        pattern: /^Blocked pointer lock on an element/,
        api: "requestPointerLock",
        returned: "rejected",
        sample:
          "Blocked pointer lock on an element because the element's frame is sandboxed and the 'allow-pointer-lock' permission is not set.",
      },
    ],
  },
  form: {
    judged: null,
    names: ["form.submit"],
    needs: { token: "allow-forms" },
    staticNames: {},
    native: [
      {
        pattern: /^Blocked form submission/,
        api: "form.submit",
        returned: "nothing",
        sample:
          "Blocked form submission to 'https://example.com/' because the form's frame is sandboxed and the 'allow-forms' permission is not set.",
      },
    ],
  },
  cookie: {
    judged: "cookie",
    names: ["cookie.set"],
    needs: null,
    staticNames: { writes: ["document.cookie"] },
    native: [],
    codeNames: ["cookie"],
    advice: "Keep state with setWidgetState or on your server.",
    unseen: { fate: "the sandbox keeps no cookie that is not Partitioned", severity: "info", own: "info" },
  },
  storage: {
    judged: null,
    names: ["storage"],
    needs: null,
    staticNames: { members: ["localStorage", "sessionStorage", "indexedDB"] },
    native: [],
  },
} as const satisfies Readonly<Record<string, ApiRow>>;

export type ApiId = keyof typeof apis;
