/** Every check, in the order of reports. A test compares this list with the files. */
import type { AnyCheck } from "./define-check.ts";
import apiClipboard from "./api/clipboard.ts";
import apiCookie from "./api/cookie.ts";
import apiDownload from "./api/download.ts";
import apiFullscreen from "./api/fullscreen.ts";
import apiGeolocation from "./api/geolocation.ts";
import apiMediaCapture from "./api/media-capture.ts";
import apiModalDialog from "./api/modal-dialog.ts";
import apiRefusedFeature from "./api/refused-feature.ts";
import apiServiceWorker from "./api/service-worker.ts";
import apiStorageAccess from "./api/storage-access.ts";
import apiTopNavigation from "./api/top-navigation.ts";
import apiUnseenCall from "./api/unseen-call.ts";
import apiWindowOpen from "./api/window-open.ts";
import bridgeHandshake from "./bridge/handshake.ts";
import bridgeLateResult from "./bridge/late-result.ts";
import bridgePlantedOrder from "./bridge/planted-order.ts";
import bridgeProtocol from "./bridge/protocol.ts";
import bridgeResource from "./bridge/resource.ts";
import bridgeToolCall from "./bridge/tool-call.ts";
import bundleBaseHref from "./bundle/base-href.ts";
import bundleCssUrl from "./bundle/css-url.ts";
import bundleDataFont from "./bundle/data-font.ts";
import bundleDevClient from "./bundle/dev-client.ts";
import bundleEval from "./bundle/eval.ts";
import bundleInlinePolicy from "./bundle/inline-policy.ts";
import bundleLocalhost from "./bundle/localhost.ts";
import bundleWorkerUrl from "./bundle/worker-url.ts";
import cspBlockedRequest from "./csp/blocked-request.ts";
import cspBroadSource from "./csp/broad-source.ts";
import cspCompanion from "./csp/companion.ts";
import cspDeclaration from "./csp/declaration.ts";
import cspEvaluator from "./csp/evaluator.ts";
import cspFrameDomain from "./csp/frame-domain.ts";
import cspInexpressible from "./csp/inexpressible.ts";
import cspRedirectDomain from "./csp/redirect-domain.ts";
import cspUnseenRequest from "./csp/unseen-request.ts";
import cspUnusedDomain from "./csp/unused-domain.ts";
import cspWrongList from "./csp/wrong-list.ts";
import evidenceComplete from "./evidence/complete.ts";
import evidenceForged from "./evidence/forged.ts";
import expectDisplayMode from "./expect/display-mode.ts";
import expectLink from "./expect/link.ts";
import expectMessage from "./expect/message.ts";
import expectRequest from "./expect/request.ts";
import expectShown from "./expect/shown.ts";
import expectToolCall from "./expect/tool-call.ts";
import networkCors from "./network/cors.ts";
import networkEscape from "./network/escape.ts";
import networkFailedLoad from "./network/failed-load.ts";
import networkHints from "./network/hints.ts";
import networkLink from "./network/link.ts";
import networkLocalNetwork from "./network/local-network.ts";
import networkMixedContent from "./network/mixed-content.ts";
import networkRelativeUrl from "./network/relative-url.ts";
import networkSelfNavigation from "./network/self-navigation.ts";
import networkWebrtc from "./network/webrtc.ts";
import propsPersonalData from "./props/personal-data.ts";
import propsSecretExfiltrated from "./props/secret-exfiltrated.ts";
import propsSecret from "./props/secret.ts";
import propsSize from "./props/size.ts";
import propsUnreadField from "./props/unread-field.ts";
import renderBlank from "./render/blank.ts";
import renderError from "./render/error.ts";
import renderHang from "./render/hang.ts";
import renderHeight from "./render/height.ts";
import renderPicture from "./render/picture.ts";
import renderUnchanged from "./render/unchanged.ts";

export const checks: readonly AnyCheck[] = [
  apiClipboard,
  apiCookie,
  apiDownload,
  apiFullscreen,
  apiGeolocation,
  apiMediaCapture,
  apiModalDialog,
  apiRefusedFeature,
  apiServiceWorker,
  apiStorageAccess,
  apiTopNavigation,
  apiUnseenCall,
  apiWindowOpen,
  bridgeHandshake,
  bridgeLateResult,
  bridgePlantedOrder,
  bridgeProtocol,
  bridgeResource,
  bridgeToolCall,
  bundleBaseHref,
  bundleCssUrl,
  bundleDataFont,
  bundleDevClient,
  bundleEval,
  bundleInlinePolicy,
  bundleLocalhost,
  bundleWorkerUrl,
  cspBlockedRequest,
  cspBroadSource,
  cspCompanion,
  cspDeclaration,
  cspEvaluator,
  cspFrameDomain,
  cspInexpressible,
  cspRedirectDomain,
  cspUnseenRequest,
  cspUnusedDomain,
  cspWrongList,
  evidenceComplete,
  evidenceForged,
  expectDisplayMode,
  expectLink,
  expectMessage,
  expectRequest,
  expectShown,
  expectToolCall,
  networkCors,
  networkEscape,
  networkFailedLoad,
  networkHints,
  networkLink,
  networkLocalNetwork,
  networkMixedContent,
  networkRelativeUrl,
  networkSelfNavigation,
  networkWebrtc,
  propsPersonalData,
  propsSecretExfiltrated,
  propsSecret,
  propsSize,
  propsUnreadField,
  renderBlank,
  renderError,
  renderHang,
  renderHeight,
  renderPicture,
  renderUnchanged,
];
