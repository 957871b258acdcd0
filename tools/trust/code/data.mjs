import { cell, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';
import { sectionsOf } from './tables.mjs';

const WORDS = 'apps/web/src/locales/en/information.json';
const CLASSES = ['public', 'internal', 'personal', 'secret'];

/** Register of processing: every table with the class of each column. */
export function dataPage(code, tables) {
  const { kept, data } = code.json(WORDS).privacy;
  const columns = tables.flatMap((one) => one.columns);
  const counts = CLASSES.map((name) => `${columns.filter((one) => one.class === name).length} ${name}`);
  const byName = [...tables].sort((one, other) => one.name.localeCompare(other.name, 'en'));
  return pageOf(
    'Data register',
    `${tables.length} tables of the database, every column with its class, and why and how long it is kept, as each library declares them in its \`*.persistence.ts\`. Durations are those of the default settings.`,
    `Columns: ${counts.join(', ')}.`,
    [
      '- **public**: published, or shown to anyone.',
      '- **internal**: of the service, says nothing of a person.',
      '- **personal**: says something of a person, or an id or digest by which one is found.',
      '- **secret**: opens something, or protects what does: digests of secrets, and encrypted texts.',
    ].join('\n'),
    'Beside them the database has the list of migrations that ran, and their lock. A backup holds all of it ([continuity](../continuity.md)).',
    ...byName.map((one) => sectionOf(one, kept, data)),
  );
}

function sectionOf(one, kept, data) {
  const shown = sectionsOf(one).map((section) => `« ${kept[section]?.title} »: ${kept[section]?.what}`);
  const facts = [
    `- For: ${one.purpose}`,
    `- Kept: ${one.kept.replace(/\{(\w+)\}/g, (_all, name) => spanOf(one.durations[name]))}.`,
    ...(one.legalBasis ? [`- Law: ${one.legalBasis}.`] : []),
    ...(shown.length ? [`- People read of it under ${shown.join(' ')}`] : []),
  ];
  const rows = one.columns.map(({ name, class: of, type, shownAs }) => [
    `\`${name}\``,
    of,
    type,
    cell(data[shownAs?.split('.')[1]] ?? ''),
  ]);
  return [
    `## \`${one.name}\``,
    facts.join('\n'),
    table(['column', 'class', 'type', 'people read'], rows),
  ].join('\n\n');
}
