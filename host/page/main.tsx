import "./without-eval.ts";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./styles/tokens.css";
import "./styles/layout.css";
import "./styles/parts.css";
import "./styles/forms.css";
import "./styles/tree.css";
import "./styles/controls.css";
import "./styles/conversation.css";
import "./styles/panels.css";
import "./styles/verdict.css";
import "./styles/rows.css";
import "./styles/policy.css";
import "./styles/scenario.css";

const root = document.querySelector("#app");
if (!root) throw new Error("index.html has no #app");
createRoot(root).render(<App />);
