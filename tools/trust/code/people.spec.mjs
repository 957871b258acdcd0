import { expect, it } from 'vitest';
import { codeOf, codeWith } from './code.mjs';
import { codePages, codeProblems } from './pages.mjs';
import { peopleOf } from './people.mjs';
import { describedTables } from './tables.mjs';

const FRENCH = 'apps/web/src/locales/fr/information.json';
const code = codeOf();
const tables = await describedTables();
/** The tables, with another declaration of `name`. */
const declared = (name, changes) => tables.map((one) => (one.name === name ? { ...one, ...changes } : one));
const newColumn = (shownAs) => ({ columns: [{ name: 'bornOn', type: 'date', class: 'personal', shownAs }] });

it('lists what is kept, for how long, and each cookie with its life', () => {
  const { kept, cookies } = peopleOf(code, tables);
  expect(kept.password).toEqual({ data: ['passwordDigest'], times: {} });
  expect(kept.sessions.times.after).toEqual({ count: 30, unit: 'day' });
  expect(cookies.browser).toEqual({ name: 'portillon_browser', life: { count: 30, unit: 'day' } });
  expect(cookies.session).toEqual({ name: 'portillon_session', life: null });
});

it('makes the register of processing of the same declarations', async () => {
  const { text } = (await codePages(code, tables)).find(({ name }) => name === 'generated/data.md');
  expect(text).toContain('- Kept: 4 hours at most, then 30 days as a line without its secret.');
  expect(text).toMatch(/\| `phoneSealed` +\| secret +\|/);
});

it.each([
  ['a section without words', 'ticket', newColumn('birth.phone'), `${FRENCH}: privacy.kept lacks birth`],
  ['a term without words', 'ticket', newColumn('account.birthDate'), `privacy.data lacks birthDate`],
  [
    'a duration that the section does not say',
    'accountImport',
    { durations: { after: 1_000, draft: 2_000 } },
    'imports: {draft} of the table accountImport is not said',
  ],
  [
    'a duration that no table declares any more',
    'accountImport',
    { kept: 'for good', durations: {} },
    'privacy.kept.imports.time has {after}, which no table of it declares',
  ],
  [
    'two values of one duration',
    'signIn',
    { kept: 'for good', durations: { life: 1_000 } },
    'codes: {life} is',
  ],
])('names %s', (_what, table, changes, words) => {
  expect(codeProblems(code, declared(table, changes), 'data').join('\n')).toContain(words);
});

it.each([
  ['a term that is not used', '"nationalId":', '"healthNumber":', 'privacy.data has healthNumber'],
  ['a duration that the sentence leaves out', '{kept}', '12 mois', 'journal: {kept} of the table auditEvent'],
  ['a cookie without a description', '"pscChoice":', '"pscPick":', 'privacy.cookie lacks pscChoice'],
])('names %s', (_what, from, to, words) => {
  expect(code.text(FRENCH)).toContain(from);
  const spoilt = codeWith(code, { [FRENCH]: code.text(FRENCH).replace(from, to) });
  expect(codeProblems(spoilt, tables, 'data').join('\n')).toContain(words);
});
