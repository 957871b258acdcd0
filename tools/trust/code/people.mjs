import { parse } from 'yaml';
import { neededConstant } from './constants.mjs';
import { cookiesOf } from './cookies.mjs';
import { partsOfSpan } from './spans.mjs';

const REGISTER = 'docs/trust/data.yaml';
const LINES = 'docs/trust/people.yaml';
const WORDS = ['fr', 'en'].map((language) => `apps/web/src/locales/${language}/information.json`);
const CONSTANT = /\{([^{}#]+#[^{}]+)\}/g;
/** Told to nobody: it is no person's. */
const SERVICE = 'service';

/** What « Données personnelles » lists beside its words: of each line the data and the times, of each cookie name and life. */
export function peoplePage(code) {
  const told = toldOf(code);
  const kept = Object.entries(parse(code.text(LINES))).map(([line, times]) => [
    line,
    { data: wordsOf(told, line), times: spansOf(code, times) },
  ]);
  const cookies = cookiesOf(code).map(({ id, name, lifeMs }) => [
    id,
    { name, life: lifeMs ? partsOfSpan(lifeMs) : null },
  ]);
  return JSON.stringify({ kept: Object.fromEntries(kept), cookies: Object.fromEntries(cookies) }, null, 2);
}

/** Where the register, the lines, their words and the code part, one sentence each. */
export function peopleProblems(code) {
  const lines = parse(code.text(LINES));
  const told = toldOf(code);
  return [
    ...columnProblems(code),
    ...told
      .filter(({ line }) => line !== SERVICE && !(line in lines))
      .map(({ table, line }) => `${REGISTER}: ${table} is told under ${line}, which is no line of ${LINES}.`),
    ...Object.keys(lines)
      .filter((line) => !told.some((one) => one.line === line))
      .map((line) => `${LINES}: no table of ${REGISTER} is told under ${line}.`),
    ...keptProblems(code, lines),
    ...WORDS.flatMap((file) => wordProblems(code, file, { lines, told })),
  ];
}

/** `{ table, line, word, columns }` of all that is told. */
function toldOf(code) {
  return Object.entries(parse(code.text(REGISTER))).flatMap(([table, { told = {} }]) =>
    Object.entries(told).flatMap(([line, words]) => {
      if (Array.isArray(words)) return [{ table, line, word: null, columns: words }];
      const all = Object.entries(words).map(([word, columns]) => ({ table, line, word, columns }));
      return all.length ? all : [{ table, line, word: null, columns: [] }];
    }),
  );
}

function wordsOf(told, line) {
  return [...new Set(told.filter((one) => one.line === line && one.word).map(({ word }) => word))];
}

function spansOf(code, times) {
  return Object.fromEntries(
    Object.entries(times).map(([name, place]) => [name, partsOfSpan(neededConstant(code, place))]),
  );
}

/** A column of a person, or a secret one, that people are not told of, or told of twice; one that is told and is none. */
function columnProblems(code) {
  const told = toldOf(code);
  return Object.entries(parse(code.text(REGISTER))).flatMap(([table, row]) => {
    const columns = told.filter((one) => one.table === table).flatMap((one) => one.columns);
    const asked = [...(row.personal ?? []), ...(row.secret ?? [])];
    return [
      ...asked
        .filter((column) => !columns.includes(column))
        .map(
          (column) =>
            `${REGISTER}: people are not told of ${table}.${column}: say under which line and word.`,
        ),
      ...columns
        .filter((column) => !asked.includes(column))
        .map(
          (column) =>
            `${REGISTER}: people are told of ${table}.${column}, which is neither personal nor secret.`,
        ),
      ...columns
        .filter((column, index) => columns.indexOf(column) !== index)
        .map((column) => `${REGISTER}: people are told of ${table}.${column} twice.`),
    ];
  });
}

/** A time by which a table is kept, and that no line about it says. */
function keptProblems(code, lines) {
  const told = toldOf(code);
  return Object.entries(parse(code.text(REGISTER))).flatMap(([table, { kept = '' }]) => {
    const about = told.filter((one) => one.table === table && one.line !== SERVICE).map(({ line }) => line);
    if (about.length === 0) return [];
    const said = about.flatMap((line) => Object.values(lines[line] ?? {}));
    return [...kept.matchAll(CONSTANT)]
      .filter(([, place]) => !said.includes(place))
      .map(
        ([, place]) =>
          `${LINES}: ${about.join(', ')}: ${table} is kept by ${place}, which the line does not say.`,
      );
  });
}

function wordProblems(code, file, { lines, told }) {
  const { kept, data, cookie } = code.json(file).privacy;
  const words = [...new Set(told.flatMap(({ word }) => word ?? []))];
  return [
    ...parted(Object.keys(lines), Object.keys(kept), `${file}: privacy.kept`),
    ...parted(words, Object.keys(data), `${file}: privacy.data`),
    ...parted(
      cookiesOf(code).map(({ id }) => id),
      Object.keys(cookie),
      `${file}: privacy.cookie`,
    ),
    ...Object.entries(lines).flatMap(([line, times]) =>
      parted(
        Object.keys(times),
        placeholdersOf(kept[line]?.time),
        `${file}: privacy.kept.${line}.time, the time`,
      ),
    ),
  ];
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
