/** `hostContext.styles.variables` of hosts, by theme, as far as their values are on record. */
import type { HostStyles } from "./types.ts";

/** Light and dark; one text where both are the same, null where a theme lacks it. */
type Row = readonly [light: string | null, dark: string | null] | string;

function byTheme(rows: Readonly<Record<string, Row>>): HostStyles {
  const of = (theme: 0 | 1): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(rows).flatMap(([name, row]) => {
        const value = typeof row === "string" ? row : row[theme];
        return value === null ? [] : [[`--${name}`, value]];
      }),
    );
  return { light: of(0), dark: of(1) };
}

const named = (group: string, rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${group}-${name}`, row]));

/** `X@n` of the captures. */
const mix = (colour: string, share: string): string => `color-mix(in oklab,${colour} ${share}%,transparent)`;

const TINTS = {
  info: [null, "#0285ff21"],
  danger: [null, "#fa423e29"],
  success: [null, "#04b84c26"],
  warning: [null, "#fb6a2229"],
} as const;

/** ChatGPT, MCPJam's probe of 2026-08-19. */
export const chatgptStyles: HostStyles = byTheme({
  ...named("color-background", {
    primary: ["#fff", "#212121"],
    secondary: ["#f9f9f9", "#181818"],
    tertiary: ["#f3f3f3", "#131313"],
    inverse: ["#181818", "#f3f3f3"],
    ghost: [mix("#0d0d0d", "0.0"), mix("#fff", "0.0")],
    ...TINTS,
    disabled: [mix("#0d0d0d", "5.0"), mix("#fff", "5.0")],
  }),
  ...named("color-text", {
    primary: ["#0d0d0d", "#fff"],
    secondary: ["#5d5d5d", "#cdcdcd"],
    tertiary: "#8f8f8f",
    inverse: ["#fff", "#0d0d0d"],
    ghost: ["#0d0d0d", "#fff"],
    info: ["#3a83f7", "#539af8"],
    danger: ["#fa423e", "#ff6764"],
    success: ["#2c6732", "#53b559"],
    warning: ["#87401d", "#d25e28"],
    disabled: ["#8f8f8f", "#5d5d5d"],
  }),
  ...named("color-border", {
    primary: [mix("#0d0d0d", "10.0"), mix("#fff", "12.0")],
    secondary: [mix("#0d0d0d", "5.0"), mix("#fff", "6.0")],
    tertiary: [mix("#0d0d0d", "15"), mix("#fff", "20.0")],
    inverse: ["#fff", "#0d0d0d"],
    ghost: [mix("#0d0d0d", "0.0"), mix("#fff", "0.0")],
    ...TINTS,
    disabled: [mix("#0d0d0d", "6.0"), mix("#fff", "6.0")],
  }),
  ...named("color-ring", {
    primary: ["#2c67c5", "#3a83f7"],
    secondary: ["#2c67c5", "#3a83f7"],
    inverse: ["#2c67c5", "#3a83f7"],
    info: ["#2c67c5", "#3a83f7"],
    danger: "#ff8583",
    success: ["#2c67c5", "#3a83f7"],
    warning: ["#2c67c5", "#3a83f7"],
  }),
  "font-sans":
    '"ui-sans-serif", "-apple-system", "system-ui", "Segoe UI", "Helvetica", "Apple Color Emoji", "Arial", "sans-serif", "Segoe UI Emoji", "Segoe UI Symbol"',
  "font-mono": '"ui-monospace", "SFMono-Regular", "SF Mono", "Menlo", "Consolas", "Liberation Mono", "monospace"',
  ...named("font-weight", { normal: "400", medium: "500", semibold: "600", bold: "700" }),
  ...sizes("font-text", { xs: [".75", "1.125"], sm: [".875", "1.25"], md: ["1", "1.5"], lg: ["1.125", "1.8125"] }),
  ...sizes("font-heading", {
    xs: ["1", "1.5"],
    sm: ["1.125", "1.625"],
    md: ["1.25", "1.625"],
    lg: ["1.5", "1.75"],
    xl: ["2", "2.375"],
    "2xl": ["2.25", "2.625"],
    "3xl": ["3", "3"],
  }),
  ...named("border-radius", {
    xs: ".25rem",
    sm: ".375rem",
    md: ".5rem",
    lg: ".625rem",
    xl: ".75rem",
    full: "9999px",
  }),
  "border-width-regular": "1px",
  ...named("shadow", {
    hairline: ["0 0 0 1px #00000014", "0 0 0 1px #ffffff1a"],
    sm: ["0 1px 2px -1px rgb(0 0 0 / .08)", "0 1px 2px -1px rgb(0 0 0 / .2)"],
    md: ["0 2px 4px -1px rgb(0 0 0 / .08)", "0 2px 4px -1px rgb(0 0 0 / .2)"],
    lg: ["0 4px 8px -2px rgb(0 0 0 / .1)", "0 4px 8px -2px rgb(0 0 0 / .36)"],
  }),
});

function sizes(
  group: string,
  rows: Readonly<Record<string, readonly [string, string]>>,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([name, [size, line]]) => [
      [`${group}-${name}-size`, `${size}rem`],
      [`${group}-${name}-line-height`, `${line}rem`],
    ]),
  );
}

type Rgb = readonly [red: number, green: number, blue: number];

/** As Claude writes every colour: one text for both themes. */
const lightDark = (light: Rgb, dark: Rgb = light, alpha = 1): string =>
  `light-dark(rgba(${light.join(", ")}, ${alpha}), rgba(${dark.join(", ")}, ${alpha}))`;

const INK = { light: [20, 20, 19], dark: [250, 249, 245] } as const;
const DIM = { light: [115, 114, 108], dark: [156, 154, 146] } as const;
const LINE = { light: [31, 30, 29], dark: [222, 220, 209] } as const;
const lineAt = (alpha: number): string => lightDark(LINE.light, LINE.dark, alpha);

/** Claude, MCPJam's record of ui/initialize, 2026-05-18 and 2026-08-19, as far as its values are on record. */
export const claudeStyles: HostStyles = byTheme({
  ...named("color-background", {
    primary: lightDark([255, 255, 255], [48, 48, 46]),
    secondary: lightDark([245, 244, 237], [38, 38, 36]),
    tertiary: lightDark([250, 249, 245], [20, 20, 19]),
    inverse: lightDark([20, 20, 19], [250, 249, 245]),
    ghost: lightDark([255, 255, 255], [48, 48, 46], 0),
    info: lightDark([214, 228, 246], [37, 62, 95]),
    danger: lightDark([247, 236, 236], [96, 42, 40]),
    success: lightDark([233, 241, 220], [27, 70, 20]),
    warning: lightDark([246, 238, 223], [72, 58, 15]),
    disabled: lightDark([255, 255, 255], [48, 48, 46], 0.5),
  }),
  ...named("color-text", {
    primary: lightDark(INK.light, INK.dark),
    secondary: lightDark([61, 61, 58], [194, 192, 182]),
    tertiary: lightDark(DIM.light, DIM.dark),
    inverse: lightDark([255, 255, 255], [20, 20, 19]),
    ghost: lightDark(DIM.light, DIM.dark, 0.5),
    info: lightDark([50, 102, 173], [128, 170, 221]),
    danger: lightDark([127, 44, 40], [238, 136, 132]),
    success: lightDark([38, 91, 25], [122, 185, 72]),
    warning: lightDark([90, 72, 21], [209, 160, 65]),
    disabled: lightDark(INK.light, INK.dark, 0.5),
  }),
  ...named("color-border", {
    primary: lineAt(0.4),
    secondary: lineAt(0.3),
    tertiary: lineAt(0.15),
    ghost: lineAt(0),
    info: lightDark([70, 130, 213]),
    danger: lightDark([167, 61, 57], [205, 92, 88]),
    success: lightDark([67, 116, 38], [89, 145, 48]),
    warning: lightDark([128, 92, 31], [168, 120, 41]),
    disabled: lineAt(0.1),
  }),
  "font-sans": "anthropic-sans",
  ...named("font-text", { "xs-size": "12px", "sm-size": "14px", "md-size": "16px", "lg-size": "20px" }),
  ...named("font-heading", {
    "xs-size": "12px",
    "sm-size": "14px",
    "md-size": "16px",
    "lg-size": "20px",
    "xl-size": "24px",
    "2xl-size": "28px",
    "3xl-size": "36px",
  }),
  ...named("border-radius", { xs: "4px", sm: "6px", md: "8px", lg: "10px", xl: "12px" }),
  "border-width-regular": ".5px",
});
