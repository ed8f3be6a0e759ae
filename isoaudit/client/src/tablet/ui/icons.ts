// The icons of the app: drawn once by sprite(), used everywhere by icon(name). 24 × 24, strokes in the colour of the text.
import { html, svg, TemplateResult } from "lit-html";

const SHAPES: Record<string, TemplateResult> = {
  check: svg`<circle cx="12" cy="12" r="9.5"/><path d="m7.5 12.5 3 3 6-6.5"/>`,
  cross: svg`<path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z"/><path d="m9 9 6 6m0-6-6 6"/>`,
  triangle: svg`<path d="M12 3 22 20.5H2z"/><path d="M12 10v4.5m0 3v.1"/>`,
  bulb: svg`<path d="M9 17.5c0-2-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5.5-3 7.5zm1 3.5h4"/>`,
  plus: svg`<rect x="3" y="3" width="18" height="18" rx="3"/><path d="M12 8v8m-4-4h8"/>`,
  half: svg`<circle cx="12" cy="12" r="9.5"/><path fill="currentColor" d="M12 2.5a9.5 9.5 0 0 1 0 19z"/>`,
  turn: svg`<path d="M20 11A8 8 0 0 0 5.5 7L3 9.5M4 13a8 8 0 0 0 14.5 4l2.5-2.5M3 4v5.5h5.5M21 20v-5.5h-5.5"/>`,
  clock: svg`<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.5 2.5"/>`,
  ring: svg`<circle cx="12" cy="12" r="8.5" stroke-dasharray="3 3.6"/>`,
  slash: svg`<circle cx="12" cy="12" r="9.5"/><path d="m5.5 18.5 13-13"/>`,
  dot: svg`<circle cx="12" cy="12" r="4" fill="currentColor"/>`,
  info: svg`<circle cx="12" cy="12" r="9.5"/><path d="M12 11v5.5M12 7.5v.1"/>`,
  paper: svg`<path d="M5 2.5h9.5L19.5 8v13.5H5zM14 3v5.5h5M8.5 13h7m-7 4h7"/>`,
  speech: svg`<path d="M3 4h18v12.5h-9L7 21v-4.5H3z"/>`,
  flag: svg`<path d="M5 22V3h14l-3.5 5 3.5 5H5"/>`,
  calendar: svg`<path d="M3 5h18v16H3zM3 10h18M8 2.5V7m8-4.5V7"/>`,
  chart: svg`<path d="M3 21h18M6 17v-6m6 6V4m6 13V8"/>`,
  house: svg`<path d="M3 21h18M5 21V9l7-5.5L19 9v12M9.5 21v-6h5v6"/>`,
  tick: svg`<path d="M9 4H5v17h14V4h-4M9 2.5h6V6H9zm-.5 11 2.5 2.5 4.5-5"/>`,
  list: svg`<path d="M8.5 6H21M8.5 12H21M8.5 18H21M4 6v.1M4 12v.1M4 18v.1"/>`,
  gear: svg`<circle cx="12" cy="12" r="3.2"/><path d="M12 2.5v3m0 13v3M2.5 12h3m13 0h3M5.3 5.3l2.1 2.1m9.2 9.2 2.1 2.1m0-13.4-2.1 2.1M7.4 16.6l-2.1 2.1"/>`,
  upload: svg`<path d="M12 16V4m-5 5 5-5 5 5M4 16v4.5h16V16"/>`,
  download: svg`<path d="M12 4v12m-5-5 5 5 5-5M4 16v4.5h16V16"/>`,
  person: svg`<circle cx="12" cy="8" r="4.5"/><path d="M3.5 21.5c.5-5 4-7 8.5-7s8 2 8.5 7"/>`,
  book: svg`<path d="M5 3h14v18H5zM9 3v18m3-13.5h4"/>`,
  help: svg`<circle cx="12" cy="12" r="9.5"/><path d="M9.2 9.5c0-4 5.8-3.6 5.8-.3 0 2.3-3 2.3-3 4.8m0 3v.1"/>`,
  menu: svg`<path d="M3 6h18M3 12h18M3 18h18"/>`,
  search: svg`<circle cx="10.5" cy="10.5" r="7"/><path d="m16 16 5.5 5.5"/>`,
  edit: svg`<path d="M4 20l1-5L16.5 3.5l4 4L9 19zM13.5 6.5l4 4"/>`,
  print: svg`<path d="M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z"/>`,
  lock: svg`<rect x="4" y="10.5" width="16" height="11" rx="2"/><path d="M8 10.5V7a4 4 0 0 1 8 0v3.5"/>`,
  left: svg`<path d="m15 5-7 7 7 7"/>`,
  right: svg`<path d="m9 5 7 7-7 7"/>`,
  up: svg`<path d="M12 20V5m-6 6 6-6 6 6"/>`,
  down: svg`<path d="M12 4v15m-6-6 6 6 6-6"/>`,
  both: svg`<path d="m7 9 5-5 5 5M7 15l5 5 5-5"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  camera: svg`<path d="M3 7h4l2-3h6l2 3h4v13H3z"/><circle cx="12" cy="13" r="4"/>`,
  cloud: svg`<path d="M7 19a4.5 4.5 0 0 1-.5-9 6 6 0 0 1 11.5 1.5A3.8 3.8 0 0 1 17.5 19z"/>`,
  offline: svg`<path d="M7 19a4.5 4.5 0 0 1-.5-9 6 6 0 0 1 11.5 1.5A3.8 3.8 0 0 1 17.5 19zM4 3l16 18"/>`,
  pin: svg`<path d="M12 21.5s7-6.8 7-12a7 7 0 0 0-14 0c0 5.2 7 12 7 12z"/><circle cx="12" cy="9.5" r="2.5"/>`,
  pen: svg`<path d="M3 20.5c4-1 5-5 7-5s1 4 3.5 4 2.5-3 4-3 1.5 2 3.5 2M12 3l5 5-6 6-4 .5.5-4z"/>`,
  trash: svg`<path d="M4 6.5h16M9 6V3h6v3M6 6.5l1 15h10l1-15M10 11v6m4-6v6"/>`,
  more: svg`<path d="M5 12v.1M12 12v.1M19 12v.1"/>`,
  people: svg`<circle cx="9" cy="8" r="4"/><path d="M2 20.5c.5-4.5 3.5-6 7-6s6.5 1.5 7 6M16 4.5a4 4 0 0 1 0 7M18 15c2.5.8 3.800 2.5 4 5.5"/>`,
  backspace: svg`<path d="M8.5 5H21v14H8.5L2.5 12zM11.5 9.5l5 5m0-5-5 5"/>`,
  undo: svg`<path d="M8 4 3.5 8.5 8 13M4 8.5h9.5a6 6 0 0 1 0 12H9"/>`,
  table: svg`<path d="M3 4.5h18v15H3zM3 9.5h18M3 14.5h18M9.5 9.5v10"/>`,
  filter: svg`<path d="M3 4.5h18l-7 8v7l-4 1.5v-8.5z"/>`,
  share: svg`<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle cx="17.5" cy="18.5" r="2.5"/><path d="m8.200 10.800 7-4m-7 6.400 7 4"/>`,
};

export function icon(name: string): TemplateResult {
  return html`<svg class="icon" aria-hidden="true"><use href="#i-${name}"></use></svg>`;
}

/** All shapes; the frame puts them into the document once. */
export function sprite(): TemplateResult {
  return html`<svg class="sprite" aria-hidden="true">
    ${Object.entries(SHAPES).map(([name, shape]) => svg`<symbol id="i-${name}" viewBox="0 0 24 24">${shape}</symbol>`)}
  </svg>`;
}
