const [centre, radius] = [22, 19];
/** Between two segments, in radians. */
const gap = 0.155;

/** The arcs of a ring with `count` equal segments, clockwise from the top, as SVG path data. */
export function segments(count: number): string[] {
  const length = (2 * Math.PI) / count;
  return Array.from({ length: count }, (_, index) => arc(index * length + gap / 2, (index + 1) * length - gap / 2));
}

function arc(from: number, to: number): string {
  const large = to - from > Math.PI ? 1 : 0;
  return `M${point(from)}A${radius} ${radius} 0 ${large} 1 ${point(to)}`;
}

const point = (angle: number): string =>
  `${(centre + radius * Math.sin(angle)).toFixed(2)} ${(centre - radius * Math.cos(angle)).toFixed(2)}`;
