const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** Formats milliseconds: « 30 days », « 24 hours », « 15 minutes ». One day becomes 24 hours, as in the guides. */
export function spanOf(ms) {
  const { count, unit } = partsOfSpan(ms);
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

/** The same as `{ count, unit }`, for pages with their own texts. */
export function partsOfSpan(ms) {
  const [unit, size] = UNITS.find(([name, size]) => ms % size === 0 && (name !== 'day' || ms > size)) ?? [];
  if (!unit || ms <= 0) throw new Error(`${ms} is no span of time`);
  return { count: ms / size, unit };
}
