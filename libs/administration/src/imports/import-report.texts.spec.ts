import type { ImportLine } from '@portillon/account';
import { reportColumns } from './import-report.texts';

describe('the report of an import', () => {
  const line: ImportLine = {
    line: 2,
    state: 'BAD',
    content: { username: 'claire', email: 'claire', displayName: 'Claire' },
    problems: [{ field: 'email', code: 'format' }],
    accountId: null,
  };

  it.each([
    ['fr', 'à corriger', /^Adresse e-mail\u00a0: \p{Lu}/u],
    ['en', 'to correct', /^Mail address: \p{Lu}/u],
  ] as const)('says what is wrong as one writes it in %s', (locale, state, problems) => {
    const text = () => ({ fr: 'Forme inattendue.', en: 'Unexpected form.' })[locale];
    const cells = reportColumns(locale, text).map(([, cell]) => cell(line));
    expect(cells.slice(0, 5)).toEqual([2, state, 'claire', 'Claire', 'claire']);
    expect(cells.at(-1)).toMatch(problems);
  });
});
