/** Line icons on a 20 px grid, drawn for this page. */
const PATHS = {
  verdict: "M10 2.5 16.5 5v5c0 4-2.8 6.5-6.5 7.500C6.3 16.5 3.5 14 3.5 10V5zM7 10l2.2 2.200L13.2 8",
  network:
    "M10 2.500a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15M2.5 10h15M10 2.500c2.5 2.5 3 5 3 7.500s-.5 5-3 7.500c-2.5-2.5-3-5-3-7.500s.5-5 3-7.5",
  apis: "M10 2.500a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15M4.8 4.800l10.4 10.4",
  props:
    "M7 3.500c-2 0-2 1.5-2 3s0 3-2 3.500c2 .5 2 2 2 3.500s0 3 2 3M13 3.500c2 0 2 1.5 2 3s0 3 2 3.500c-2 .5-2 2-2 3.500s0 3-2 3",
  bridge: "M3 7h12l-3-3M17 13H5l3 3",
  policy: "M5 2.500h7l3 3v12H5zM12 2.500v3h3M7.5 9.500h5M7.5 12.500h5",
  allowlist: "M3 5.500l1.5 1.500L7 4.500M3 12.500l1.5 1.500L7 11.500M10 6h7M10 13h7",
  sun: "M10 6.500a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M10 2v1.500M10 16.500V18M2 10h1.500M16.5 10H18M4.3 4.300l1.1 1.100M14.6 14.600l1.1 1.100M15.7 4.300l-1.1 1.100M5.4 14.600l-1.1 1.1",
  moon: "M16.5 11.500A7 7 0 0 1 8.5 3.500a7 7 0 1 0 8 8",
  reload: "M16.5 10a6.5 6.5 0 1 1-2-4.700M16.5 3v3.500H13",
  close: "M5 5l10 10M15 5L5 15",
  copy: "M7 7h9.500v9.500H7zM13 7V3.500H3.500V13H7",
  check: "M4 10.500l4 4 8-9",
  cross: "M5.5 5.500l9 9M14.5 5.500l-9 9",
  warn: "M10 3l7.5 13.500h-15zM10 8v4M10 14.200v.3",
  info: "M10 2.500a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15M10 9v5M10 6.200v.3",
  expand: "M12 3.500h4.500V8M8 16.500H3.500V12M16.5 3.500L11.5 8.500M3.5 16.500l5-5",
  inline: "M3 4h14M3 16h14M4.5 7.500h11v5h-11z",
  pip: "M3 4.500h14v11H3zM10 9.500h5v4h-5z",
  chevron: "M7 4.500l5.5 5.500L7 15.5",
  search: "M9 3.500a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11M13 13l4 4",
  play: "M6 4l10 6-10 6z",
  desktop: "M3 4h14v9.500H3zM7.5 17h5M10 13.500V17",
  tablet: "M4.5 2.500h11v15h-11zM9 15h2",
  mobile: "M6 2.500h8v15H6zM9 15h2",
  sliders: "M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4",
  dash: "M5 10h10",
  question: "M10 2.500a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15M8 8c0-2.5 4-2.5 4 0c0 1.5-2 1.5-2 3M10 13.700v.3",
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect className="mark__tile" width="32" height="32" rx="9" />
      <path
        className="mark__glass"
        d="M9.5 6.500h13M9.5 25.500h13M11.5 6.500c0 5.5 4.5 6.5 4.5 9.500s-4.5 4-4.5 9.500M20.5 6.500c0 5.5-4.5 6.5-4.5 9.500s4.5 4 4.5 9.5"
      />
      <path
        className="mark__sand"
        d="M13 24.500c.4-2.3 1.7-3.2 3-4.2 1.3 1 2.6 1.9 3 4.200zM13.7 10.500h4.600c-.5 1.7-1.8 2.6-2.3 3.6-.5-1-1.8-1.9-2.3-3.600z"
      />
    </svg>
  );
}
