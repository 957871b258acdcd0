/**
 * One line of the table: what `ours` and `floor` were, as texts, and the figure that a bar bounds: `most` or `least`.
 * A line with neither informs and judges nothing.
 */
export function line(what, { ours, floor = '', value, unit = '', most, least, peers = '' }) {
  const must = barOf(most, least);
  const isMet = value <= (most ?? Infinity) && value >= (least ?? -Infinity);
  return {
    what,
    ours,
    floor,
    figure: `${round(value)}${unit}`,
    must: must && `${must}${unit}`,
    peers,
    verdict: must && (isMet ? 'met' : 'MISSED'),
  };
}

/** The line of a ratio of two figures, ours over the floor's. */
export function ratioLine(what, ours, floor, unit, bounds = {}) {
  const texts = { ours: `${round(ours)} ${unit}`, floor: `${round(floor)} ${unit}` };
  return line(what, { ...texts, value: ours / floor, unit: ' ×', ...bounds });
}

function barOf(most, least) {
  if (most !== undefined) return `≤ ${round(most)}`;
  return least === undefined ? '' : `≥ ${round(least)}`;
}

/** Whether the line says that its bar was missed. */
export function missed({ verdict }) {
  return verdict === 'MISSED';
}

/** Three significant digits, whole numbers from 100 on. */
export function round(value) {
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

/** Prints the lines in columns as wide as their widest cell. */
export function printTable(lines) {
  console.log(`\n${tableOf(lines)}`);
}

/** The same as Markdown. A line may lack columns of the first. */
export function tableOf(lines) {
  const head = Object.fromEntries(Object.keys(lines[0]).map((name) => [name, name]));
  const width = (name) => Math.max(...[head, ...lines].map((one) => (one[name] ?? '').length));
  const row = (cells) =>
    `| ${Object.keys(head)
      .map((name) => (cells[name] ?? '').padEnd(width(name)))
      .join(' | ')} |`;
  const rule = Object.fromEntries(Object.keys(head).map((name) => [name, '-'.repeat(width(name))]));
  return [head, rule, ...lines].map(row).join('\n');
}
