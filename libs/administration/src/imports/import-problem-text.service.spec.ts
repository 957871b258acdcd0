import type { ImportLine } from '@portillon/account';
import { httpFields } from '@portillon/http';
import { ErrorCatalogService } from '@portillon/kernel';
import { NATIONAL, OF_HOSPITAL } from '@portillon/user-management/testing';
import { rolesOf } from './csv-columns';
import { ImportProblemTextService, reportColumns } from './import-problem-text.service';

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

function texts() {
  const catalog = new ErrorCatalogService();
  catalog.register({}, { ...httpFields, taken: { fr: 'Déjà prise.', en: 'Taken.' } });
  return new ImportProblemTextService(catalog);
}

describe('what is wrong with a cell of an import', () => {
  it('is said with the roles that this administrator may give, each of which an import reads', () => {
    const problem = { field: 'roles', code: 'choice' };
    const hospital = texts().for(OF_HOSPITAL)(problem);
    const national = texts().for(NATIONAL)(problem);
    const named = (text: string) => rolesOf(/: (.*)\.$/.exec(text)![1]!);
    expect(named(hospital)).toEqual(['professional', 'structure-admin']);
    expect(named(national)).toEqual(['professional', 'structure-admin', 'national-admin', 'auditor']);
  });

  it.each([
    ['locale', 'choice', 'Français, Anglais'],
    ['structure', 'choice', 'numéro FINESS'],
    ['structure', 'required', 'écrivez son nom'],
    ['email', 'format', 'claire.martin@hopital.example'],
    ['username', 'format', '2 à 64 signes'],
    ['displayName', 'format', '1 à 200 signes'],
    ['nationalId', 'format', '899700366240'],
    ['username', 'taken', 'Déjà prise.'],
  ])('names for %s %s what the cell may hold', (field, code, said) =>
    expect(texts().for(OF_HOSPITAL)({ field, code })).toContain(said),
  );

  it('names for a structure what each administrator may write there', () => {
    const problem = { field: 'structure', code: 'choice' };
    expect(texts().for(OF_HOSPITAL)(problem)).toContain('votre structure');
    expect(texts().for(NATIONAL)(problem)).toContain('Aucune structure enregistrée');
  });

  it('is said in the language of the request', () => {
    const english = { ...OF_HOSPITAL, client: { ...OF_HOSPITAL.client, locale: 'en' as const } };
    expect(texts().for(english)({ field: 'roles', code: 'choice' })).toBe(
      'Possible values: Professional, Administrator of the organisation.',
    );
  });
});
