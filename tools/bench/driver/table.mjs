/**
 * One line of the table. `better` says which way is good; `must` and `aim` bound `value`, which is the ratio
 * when there is a floor. `ours` and `floor` are texts; a line without `must` informs and judges nothing.
 */
export function line(what, { ours, floor = '', value, unit = '', better, must, aim, peers = '' }) {
  const sign = better === 'higher' ? '≥' : '≤';
  return {
    what,
    ours,
    floor,
    ratio: value === undefined ? '' : `${round(value)}${unit}`,
    must: must === undefined ? '' : `${sign} ${must}${unit}`,
    aim: aim === undefined ? '' : `${sign} ${aim}${unit}`,
    peers,
    verdict: must === undefined ? '' : verdict(value, better, must, aim),
  };
}

/** The line of a ratio of two medians, ours over the floor's. */
export function ratioLine(what, ours, floor, { unit, ...bounds }) {
  return line(what, {
    ours: `${round(ours)} ${unit}`,
    floor: `${round(floor)} ${unit}`,
    value: ours / floor,
    ...bounds,
  });
}

/** The same line without bounds: its figures inform. */
export function unjudged(one) {
  return { ...one, must: '', aim: '', peers: '', verdict: '' };
}

/** Whether the line says that a « must » was missed. */
export function missed({ verdict: text }) {
  return text === MISSED;
}

/** Three significant digits, whole numbers from 100 on. */
export function round(value) {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

/** Prints a title, then the lines in columns as wide as their widest cell. */
export function printTable(title, lines) {
  if (lines.length === 0) return;
  const columns = Object.keys(lines[0]).filter((name) => lines.some((one) => one[name] !== ''));
  const width = (name) => Math.max(name.length, ...lines.map((one) => one[name].length));
  const row = (cells) => `| ${columns.map((name) => cells[name].padEnd(width(name))).join(' | ')} |`;
  const head = Object.fromEntries(columns.map((name) => [name, name]));
  const rule = Object.fromEntries(columns.map((name) => [name, '-'.repeat(width(name))]));
  console.log(`\n${title}\n\n${[head, rule, ...lines].map(row).join('\n')}`);
}

const MISSED = 'MISSED';

function verdict(value, better, must, aim) {
  const reaches = (bound) => (better === 'higher' ? value >= bound : value <= bound);
  if (!reaches(must)) return MISSED;
  return aim !== undefined && reaches(aim) ? 'aim' : 'must';
}
