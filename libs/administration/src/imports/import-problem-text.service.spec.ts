import { httpFields } from '@portillon/http';
import { ErrorCatalogService } from '@portillon/kernel';
import { NATIONAL, OF_HOSPITAL } from '@portillon/user-management/testing';
import { rolesOf } from './csv-words';
import { ImportProblemTextService } from './import-problem-text.service';

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
