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
    expect(cells[5]).toMatch(problems);
    expect(cells[6]).toBe('');
  });

  it('warns of an address of the MSSanté, where no code arrives, and has nothing against the line', () => {
    const content = { ...line.content, email: 'claire.martin@medecin.mssante.fr' };
    const cells = reportColumns('fr', ({ code }) => code).map(([, cell]) =>
      cell({ ...line, state: 'GOOD', content, problems: [] }),
    );
    expect(cells.slice(5)).toEqual(['', 'Adresse e-mail\u00a0: mssante']);
  });
});
