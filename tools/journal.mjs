import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './workspace/command.mjs';

const LOCALES = ['fr', 'en'];
const PAGES = join(ROOT, 'apps/web/src');

/**
 * The libraries' declarations for the journal (`x.journal.ts`), each with its file; plain data, so no build is
 * needed.
 */
export function journals(root = ROOT) {
  return declared(root, 'journal');
}

async function declared(root, kind) {
  const files = readdirSync(join(root, 'libs'), { recursive: true })
    .filter((file) => file.endsWith(`.${kind}.ts`) && /^[^/]+\/src\//.test(file))
    .map((file) => `libs/${file}`)
    .sort();
  const modules = await Promise.all(files.map((file) => loaded(join(root, file))));
  return files.flatMap((file, at) => Object.values(modules[at]).map((words) => ({ file, words })));
}

function loaded(file) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions });
  return import(`data:text/javascript,${encodeURIComponent(outputText)}`);
}

/** Texts of one language, in the format of the pages' messages. */
function messages(locale, all, purposes) {
  const of = (texts) => nested(Object.entries(texts).map(([name, text]) => [name, text[locale]]));
  const words = all.flatMap((one) => Object.entries(one.words ?? {}));
  const purpose = Object.fromEntries(Object.entries(purposes).map(([name, { journal }]) => [name, journal]));
  const named = [...words, ['purpose', purpose]].map(([name, texts]) => ({ [name]: of(texts) }));
  return {
    events: {
      names: of(merged(all.map(({ events = {} }) => events))),
      reasons: of(merged(all.map(({ reasons = {} }) => reasons))),
      data: of(merged(all.map(({ data = {} }) => data))),
      words: merged(named),
    },
  };
}

/** `accounts.read` is under `accounts`, as in every file of messages. */
function nested(entries) {
  return merged(
    entries.map(([name, text]) => name.split('.').reduceRight((value, step) => ({ [step]: value }), text)),
  );
}

function merged(objects) {
  const all = {};
  for (const object of objects)
    for (const [key, value] of Object.entries(object)) {
      const both = typeof value === 'object' && typeof all[key] === 'object';
      all[key] = both ? merged([all[key], value]) : value;
    }
  return all;
}

/** Events under each heading of the filter, in the order of the pages. */
function bySubject(all) {
  const { journal } = JSON.parse(readFileSync(join(PAGES, 'locales/fr/journal.json'), 'utf8'));
  const subjects = Object.fromEntries(Object.keys(journal.subjects).map((subject) => [subject, []]));
  for (const { events = {} } of all)
    for (const [name, { subject }] of Object.entries(events)) subjects[subject].push(name);
  return subjects;
}

function write(file, content) {
  const path = join(PAGES, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

if (process.argv[1] === import.meta.filename) {
  const all = (await journals()).map(({ words }) => words);
  const purposes = merged((await declared(ROOT, 'purposes')).map(({ words }) => words));
  for (const locale of LOCALES) write(`locales/${locale}/events.json`, messages(locale, all, purposes));
  write('generated/journal-subjects.json', bySubject(all));
}
