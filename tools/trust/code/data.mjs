import ts from 'typescript';
import { parse } from 'yaml';
import { constantOf } from './constants.mjs';
import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';

const SIDECAR = 'docs/trust/data.yaml';
const WORDS = 'apps/web/src/locales/en/information.json';
const ENTITY = /\.entity\.ts$/;
const CONSTANT = /\{([^{}#]+#[^{}]+)\}/g;
const CLASSES = ['public', 'internal', 'personal', 'secret'];

/** Every table of the entities with its columns, in the order of the code. */
function tablesOf(code) {
  return code.server
    .filter((file) => ENTITY.test(file))
    .flatMap((file) => code.tree(file).statements.map((statement) => tableOf(statement, file)))
    .filter(Boolean)
    .sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** Where the entities and the register of their data part, one sentence each. */
export function dataProblems(code) {
  const register = parse(code.text(SIDECAR));
  const tables = tablesOf(code);
  return [
    ...tables.flatMap((one) =>
      register[one.name]
        ? columnProblems(one, register[one.name])
        : [`${one.file}: the table ${one.name} is not in ${SIDECAR}.`],
    ),
    ...Object.keys(register)
      .filter((name) => !tables.some((one) => one.name === name))
      .map((name) => `${SIDECAR}: the table ${name} is in no entity.`),
    ...Object.entries(register).flatMap(([name, row]) => rowProblems(code, name, row)),
  ];
}

export function dataPage(code) {
  const register = parse(code.text(SIDECAR));
  const tables = tablesOf(code);
  const count = (name) => Object.values(register).reduce((sum, row) => sum + (row[name]?.length ?? 0), 0);
  return pageOf(
    'Data register',
    `${tables.length} tables of the database, every column with its class, and why and how long it is kept, of the entities and of [\`data.yaml\`](../data.yaml). Times are the defaults of the software, read from its constants.`,
    `Columns: ${CLASSES.map((name) => `${count(name)} ${name}`).join(', ')}.`,
    [
      '- **public**: published, or told to anybody who asks.',
      '- **internal**: of the service, tells nothing of a person.',
      '- **personal**: tells something of a person, or an id or digest by which one is found.',
      '- **secret**: opens something, or guards what does: digests of secrets, and texts that are sealed.',
    ].join('\n'),
    'Beside them the database has the list of migrations that ran, and their lock. A backup holds all of it ([continuity](../continuity.md)).',
    ...tables.map((one) => sectionOf(code, one, register[one.name] ?? {})),
  );
}

function sectionOf(code, { name, file, columns }, row) {
  const notes = row.notes ?? {};
  const facts = [
    `- For: ${row.purpose}`,
    `- Kept: ${keptOf(code, row.kept)}.`,
    ...(row.law ? [`- Law: ${row.law}.`] : []),
    ...toldOf(code, row),
    `- In: ${linkTo(file)}`,
  ];
  const rows = columns.map((column) => [
    `\`${column.name}\``,
    CLASSES.find((one) => row[one]?.includes(column.name)) ?? '',
    column.type,
    cell(notes[column.name] ?? column.says),
  ]);
  return [`## \`${name}\``, facts.join('\n'), table(['column', 'class', 'type', 'what'], rows)].join('\n\n');
}

/** What people read of it on « Données personnelles », beside what an auditor reads. */
function toldOf(code, { told = {} }) {
  const { kept } = code.json(WORDS).privacy;
  const lines = Object.keys(told).flatMap((line) =>
    kept[line] ? `« ${kept[line].title} »: ${kept[line].what}` : [],
  );
  return lines.length ? [`- People are told under ${lines.join(' ')}`] : [];
}

function keptOf(code, kept = '') {
  return kept.replace(CONSTANT, (_all, place) => {
    const time = constantOf(code, place);
    return typeof time === 'number' ? spanOf(time) : '?';
  });
}

function columnProblems({ name, file, columns }, row) {
  const told = CLASSES.flatMap((one) => row[one] ?? []);
  const known = columns.map((column) => column.name);
  return [
    ...known
      .filter((column) => !told.includes(column))
      .map((column) => `${file}: the column ${name}.${column} has no class in ${SIDECAR}.`),
    ...told
      .filter((column) => !known.includes(column))
      .map((column) => `${SIDECAR}: ${name}.${column} is no column of ${file}.`),
    ...told
      .filter((column, index) => told.indexOf(column) !== index)
      .map((column) => `${SIDECAR}: ${name}.${column} has two classes.`),
    ...Object.keys(row.notes ?? {})
      .filter((column) => !known.includes(column))
      .map((column) => `${SIDECAR}: the note on ${name}.${column} is of no column.`),
  ];
}

function rowProblems(code, name, { purpose, kept, ...rest }) {
  const known = [...CLASSES, 'law', 'notes', 'told'];
  return [
    ...(purpose ? [] : [`${SIDECAR}: ${name} has no purpose.`]),
    ...(kept ? [] : [`${SIDECAR}: ${name} does not say how long it is kept.`]),
    ...Object.keys(rest)
      .filter((word) => !known.includes(word))
      .map((word) => `${SIDECAR}: ${name} has « ${word} », which is no word of this file.`),
    ...[...(kept ?? '').matchAll(CONSTANT)]
      .filter(([, place]) => typeof constantOf(code, place) !== 'number')
      .map(([, place]) => `${SIDECAR}: ${name} is kept by ${place}, which is not in the code.`),
  ];
}

function tableOf(statement, file) {
  const name = decoratorOf(statement, ['Entity'])?.arguments[0]?.text;
  if (!name) return undefined;
  const columns = statement.members.flatMap((member) => {
    const column = decoratorOf(member, ['Column', 'PrimaryColumn', 'PrimaryGeneratedColumn']);
    return column ? [{ name: member.name.text, type: typeOf(column), says: saidOf(member) }] : [];
  });
  return { name, file, columns };
}

function decoratorOf(node, names) {
  if (!ts.canHaveDecorators(node)) return undefined;
  return (ts.getDecorators(node) ?? [])
    .map(({ expression }) => expression)
    .find((one) => ts.isCallExpression(one) && names.includes(one.expression.getText()));
}

/** As the entity writes it: `varchar 64`, `int`; of a form that the file itself makes, its call. */
function typeOf({ arguments: [form] }) {
  if (!form) return '';
  const text = form.getText();
  const [, type] = /type: '([\w-]+)'/.exec(text) ?? [];
  const [, length] = /length: (\d+)/.exec(text) ?? [];
  return type ? [type, length].filter(Boolean).join(' ') : text;
}

function saidOf(member) {
  return ts
    .getJSDocCommentsAndTags(member)
    .map(({ comment }) => (typeof comment === 'string' ? comment : ts.getTextOfJSDocComment(comment)) ?? '')
    .join(' ');
}
