// A drawn signature as the data of an SVG path: whole numbers in a box of a fixed size, so that it is small, signs the same
// everywhere and holds nothing but the strokes.

export const INK_WIDTH = 600;
export const INK_HEIGHT = 200;

export interface Dot {
  x: number;
  y: number;
}

/** Least length of all strokes, and least extent, as shares of the box's width: below lies a dot or a slip of the finger. */
const SHORTEST = 0.1;
const SMALLEST = 0.05;

/** Whether strokes are too little for a signature; `width` is that of the box they were drawn in. */
export function tooLittle(strokes: readonly (readonly Dot[])[], width: number): boolean {
  const dots = strokes.flat();
  const extent = (values: number[]): number => Math.max(...values) - Math.min(...values);
  const way = (stroke: readonly Dot[]): number => stroke.slice(1).reduce((sum, dot, place) => sum + between(stroke[place] ?? dot, dot), 0);
  const length = strokes.reduce((sum, stroke) => sum + way(stroke), 0);
  if (dots.length === 0) return true;
  return length < SHORTEST * width || Math.max(extent(dots.map(({ x }) => x)), extent(dots.map(({ y }) => y))) < SMALLEST * width;
}

function between(one: Dot, other: Dot): number {
  return Math.hypot(other.x - one.x, other.y - one.y);
}

/** The strokes as path data; `width` and `height` are those of the box they were drawn in. "" for no stroke. */
export function inkOf(strokes: readonly (readonly Dot[])[], width: number, height: number): string {
  const scale = Math.min(INK_WIDTH / width, INK_HEIGHT / height);
  const left = (INK_WIDTH - width * scale) / 2;
  const top = (INK_HEIGHT - height * scale) / 2;
  const at = (dot: Dot): string => `${whole(left + dot.x * scale, INK_WIDTH)} ${whole(top + dot.y * scale, INK_HEIGHT)}`;
  return strokes.map((stroke) => strokeOf(stroke, at)).join("");
}

/** Through the middle between each two dots, so that the line is round where the finger was quick. */
function strokeOf(stroke: readonly Dot[], at: (dot: Dot) => string): string {
  const first = stroke[0];
  if (!first) return "";
  const last = stroke[stroke.length - 1] ?? first;
  if (stroke.length < 3) return `M${at(first)}L${at(stroke.length === 1 ? { x: first.x + 1, y: first.y } : last)}`;
  const curves = stroke.slice(1, -1).map((dot, place) => {
    const next = stroke[place + 2] ?? last;
    return `Q${at(dot)} ${at({ x: (dot.x + next.x) / 2, y: (dot.y + next.y) / 2 })}`;
  });
  return `M${at(first)}${curves.join("")}L${at(last)}`;
}

function whole(value: number, most: number): number {
  return Math.min(most, Math.max(0, Math.round(value)));
}
