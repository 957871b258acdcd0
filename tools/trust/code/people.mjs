import { cookiesOf } from './cookies.mjs';
import { partsOfSpan } from './spans.mjs';
import { sectionsOf } from './tables.mjs';

const WORDS = ['fr', 'en'].map((language) => `apps/web/src/locales/${language}/information.json`);

/**
 * Data of « Données personnelles » besides its texts: terms and durations of each section, name and lifetime of each
 * cookie.
 */
export function peopleOf(code, tables) {
  const kept = Object.entries(code.json(WORDS[0]).privacy.kept).map(([section, { time }]) => {
    const durations = durationsOf(tables, section);
    const times = placeholdersOf(time).map((name) => [name, partsOfSpan(durations[name])]);
    return [section, { data: termsOf(tables, section), times: Object.fromEntries(times) }];
  });
  const cookies = cookiesOf(code).map(({ id, name, lifeMs }) => [
    id,
    { name, life: lifeMs ? partsOfSpan(lifeMs) : null },
  ]);
  return { kept: Object.fromEntries(kept), cookies: Object.fromEntries(cookies) };
}

/** Differences between the declarations, the cookies and the page's texts, one sentence each. */
export function peopleProblems(code, tables) {
  const sections = [...new Set(tables.flatMap(sectionsOf))];
  const terms = [...new Set(sections.flatMap((section) => termsOf(tables, section)))];
  const cookies = cookiesOf(code).map(({ id }) => id);
  return WORDS.flatMap((file) => {
    const { kept, data, cookie } = code.json(file).privacy;
    return [
      ...parted(sections, Object.keys(kept), `${file}: privacy.kept`),
      ...parted(terms, Object.keys(data), `${file}: privacy.data`),
      ...parted(cookies, Object.keys(cookie), `${file}: privacy.cookie`),
      ...sections.flatMap((section) => unknownDurations(file, section, kept, tables)),
      ...tables.flatMap((table) => unsaidDurations(file, table, kept)),
    ];
  });
}

function unknownDurations(file, section, kept, tables) {
  const durations = durationsOf(tables, section);
  return placeholdersOf(kept[section]?.time)
    .filter((name) => !(name in durations))
    .map((name) => `${file}: privacy.kept.${section}.time has {${name}}, which no table of it declares.`);
}

/** Durations of a table that no section about it mentions. */
function unsaidDurations(file, table, kept) {
  const sections = sectionsOf(table);
  if (sections.length === 0) return [];
  const said = sections.flatMap((section) => placeholdersOf(kept[section]?.time));
  return Object.keys(table.durations)
    .filter((name) => !said.includes(name))
    .map((name) => `${file}: ${sections.join(', ')}: {${name}} of the table ${table.name} is not said.`);
}

function termsOf(tables, section) {
  const shown = tables.flatMap(({ columns }) => columns.map(({ shownAs }) => shownAs?.split('.') ?? []));
  return [...new Set(shown.filter(([one, term]) => one === section && term).map(([, term]) => term))];
}

/** @throws Error where two tables of a section declare one name with two values. */
function durationsOf(tables, section) {
  const found = {};
  for (const table of tables.filter((one) => sectionsOf(one).includes(section)))
    for (const [name, ms] of Object.entries(table.durations)) {
      if (found[name] !== undefined && found[name] !== ms)
        throw new Error(`${section}: {${name}} is ${found[name]} ms, and ${ms} ms for ${table.name}`);
      found[name] = ms;
    }
  return found;
}

function placeholdersOf(text = '') {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))];
}

function parted(asked, there, where) {
  return [
    ...asked.filter((one) => !there.includes(one)).map((one) => `${where} lacks ${one}.`),
    ...there
      .filter((one) => !asked.includes(one))
      .map((one) => `${where} has ${one}, which is nothing that is kept.`),
  ];
}
