import { expect, it } from 'vitest';
import { codeOf, codeWith } from './code.mjs';
import { codeProblems } from './pages.mjs';
import { peoplePage, peopleProblems } from './people.mjs';

const REGISTER = 'docs/trust/data.yaml';
const LINES = 'docs/trust/people.yaml';
const FRENCH = 'apps/web/src/locales/fr/information.json';
const SESSIONS = 'libs/session/src/session/session.policy.ts';
const PSC = 'libs/pro-sante-connect/src/psc.cookies.ts';
const code = codeOf();

it('has every personal column told under a line and a word of the page', () => {
  expect(peopleProblems(code)).toEqual([]);
});

it('lists what is kept, for how long, and each cookie with its life', () => {
  const { kept, cookies } = JSON.parse(peoplePage(code));
  expect(kept.password).toEqual({ data: ['passwordDigest'], times: {} });
  expect(kept.sessions.times.after).toEqual({ count: 30, unit: 'day' });
  expect(cookies.browser).toEqual({ name: 'portillon_browser', life: { count: 30, unit: 'day' } });
  expect(cookies.session).toEqual({ name: 'portillon_session', life: null });
});

it.each([
  [
    'a column of a person that the page does not tell',
    [REGISTER, '    - nationalId\n', '    - nationalId\n    - birthDate\n'],
    'people are not told of account.birthDate',
  ],
  [
    'a column that became a person’s',
    [
      REGISTER,
      '  secret: [phoneSealed, passwordDigest]\n  internal: [version]',
      '  secret: [phoneSealed, passwordDigest, version]',
    ],
    'people are not told of account.version',
  ],
  [
    'a column that is no person’s any more',
    [REGISTER, '    - nationalId\n', ''],
    'people are told of account.nationalId, which is neither personal nor secret',
  ],
  [
    'a line that nobody wrote',
    [REGISTER, '    phone:\n', '    telephone:\n'],
    'account is told under telephone, which is no line',
  ],
  [
    'a word that nobody wrote',
    [REGISTER, 'nationalId: [nationalId]', 'rpps: [nationalId]'],
    `${FRENCH}: privacy.data lacks rpps`,
  ],
  [
    'a word that is of nothing',
    [FRENCH, '"nationalId":', '"healthNumber":'],
    'privacy.data has healthNumber',
  ],
  [
    'a time by which a table is kept and that the line does not say',
    [
      LINES,
      '  after: libs/account/src/imports/account-import.service.ts#IMPORTS_KEPT_MS',
      '  after: libs/otp/src/otp.policy.ts#BOUNDS.lifeMs.default',
    ],
    'accountImport is kept by libs/account/src/imports/account-import.service.ts#IMPORTS_KEPT_MS',
  ],
  [
    'a time that the sentence leaves out',
    [FRENCH, '{kept}', '12 mois'],
    'privacy.kept.journal.time, the time lacks kept',
  ],
  [
    'a time that was changed',
    [SESSIONS, 'retentionMs: { default: 30 * DAY', 'retentionMs: { default: 29 * DAY'],
    'apps/web/src/features/information/people.json is not what the code makes',
  ],
  [
    'a cookie that lives longer',
    [SESSIONS, 'BROWSER_COOKIE_MS = 30 * DAY', 'BROWSER_COOKIE_MS = 61 * DAY'],
    'apps/web/src/features/information/people.json is not what the code makes',
  ],
  [
    'a cookie that was renamed',
    [PSC, "'portillon_psc_choice'", "'portillon_psc_pick'"],
    'apps/web/src/features/information/people.json is not what the code makes',
  ],
  ['a cookie that no words tell', [FRENCH, '"pscChoice":', '"pscPick":'], 'privacy.cookie lacks pscChoice'],
])('names %s', (_what, [file, from, to], words) => {
  expect(code.text(file)).toContain(from);
  const spoilt = codeWith(code, { [file]: code.text(file).replace(from, to) });
  expect(codeProblems(spoilt).join('\n')).toContain(words);
});
