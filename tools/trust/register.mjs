import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

/**
 * Meaning of a status. `met`: implemented, and shown by a repeatable test. `declared`: read in the code or the guide,
 * without a test. `partly`, `not`: a gap, with the planned work. `operator`: done by the operator of the service.
 */
export const STATUSES = ['met', 'declared', 'partly', 'not', 'operator', 'not-applicable'];

const HEAD = ['id', 'page', 'name', 'version', 'read', 'date', 'rows'];
const ROW = [
  'clause',
  'level',
  'says',
  'status',
  'where',
  'proof',
  'gap',
  'plan',
  'why',
  'accepted',
  'security',
];
const LISTS = ['where', 'proof', 'security'];

/** Required fields of a row by status, besides its clause and its summary. */
const NEEDED = {
  met: ['where', 'proof'],
  declared: ['where'],
  partly: ['where', 'gap', 'plan'],
  not: ['gap', 'plan'],
  operator: ['why'],
  'not-applicable': ['why'],
};

/** Registers of a folder, each with its file and its format errors, one sentence each. */
export function readRegisters(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const read = files.sort().map((file) => readRegister(file, readFileSync(join(folder, file), 'utf8')));
  return {
    registers: read.map(({ register }) => register),
    problems: [
      ...read.flatMap(({ problems }) => problems),
      ...twice(read.flatMap((one) => one.register.rows)),
    ],
  };
}

/** Parses a register from its YAML. An unreadable one has no rows. */
export function readRegister(file, text) {
  const document = parseDocument(text);
  if (document.errors.length)
    return { register: { file, rows: [] }, problems: [`${file}: ${document.errors[0].message}`] };
  const head = document.toJS() ?? {};
  const rows = Array.isArray(head.rows) ? head.rows.map((row) => completed(file, head, row)) : [];
  const problems = [...headProblems(file, head), ...rows.flatMap(rowProblems)];
  return { register: { ...head, file, rows }, problems };
}

/** A row knows its place, for messages about it. */
function completed(file, head, row) {
  const lists = Object.fromEntries(LISTS.map((field) => [field, [row?.[field] ?? []].flat()]));
  return { ...row, ...lists, id: `${head.id}-${row?.clause}`, file };
}

function headProblems(file, head) {
  const missing = HEAD.filter((field) => !head[field]).map((field) => `${file}: ${field} is missing.`);
  const unknown = Object.keys(head).filter((field) => !HEAD.includes(field));
  return [...missing, ...unknown.map((field) => `${file}: ${field} is no field of a register.`)];
}

function rowProblems({ file, id, ...row }) {
  const say = (field, what) => `${file}, ${id}, ${field}: ${what}`;
  const unknown = Object.keys(row).filter((field) => !ROW.includes(field));
  const needed = ['clause', 'says', ...(NEEDED[row.status] ?? [])];
  return [
    ...unknown.map((field) => say(field, 'is no field of a row.')),
    ...(STATUSES.includes(row.status) ? [] : [say('status', `is none of ${STATUSES.join(', ')}.`)]),
    ...needed
      .filter((field) => !row[field]?.length)
      .map((field) => say(field, `is missing: ${why(row.status)}`)),
    ...[...LISTS, 'clause', 'says', 'gap', 'plan', 'why'].flatMap((field) =>
      [row[field] ?? []].flat().every((one) => typeof one === 'string') ? [] : [say(field, 'is no text.')],
    ),
    ...acceptedProblems(row.accepted, say),
  ];
}

function why(status) {
  if (status === 'met') return 'what is met has code and a test. Without a test it is declared.';
  return `a row that is ${status ?? 'of no status'} says it.`;
}

/** A person accepts a risk on a date, until another date. */
function acceptedProblems(accepted, say) {
  const missing = accepted ? ['by', 'on', 'until'].filter((field) => !accepted[field]) : [];
  return missing.map((field) => say('accepted', `${field} is missing.`));
}

function twice(rows) {
  const ids = rows.map(({ id }) => id);
  const again = rows.filter(({ id }, at) => ids.indexOf(id) < at);
  return again.map(({ file, id }) => `${file}, ${id}: stands twice in the registers.`);
}
