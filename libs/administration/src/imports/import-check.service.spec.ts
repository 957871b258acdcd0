import type {
  AccountImportService,
  AccountService,
  ImportContent,
  Structure,
  StructureService,
} from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { importJob, importLine } from '../testing/import.fixture';
import { ImportCheckService } from './import-check.service';

const TX = {} as EntityManager;
const CLINIC = { id: 'clinic', name: 'Clinique' } as Structure;
const OF_HOSPITAL = importJob();
const NATIONAL = importJob({ structureId: null });

function checks({ taken = [] as string[], doubles = [] as number[] } = {}) {
  const steps = new Steps();
  return new ImportCheckService(
    steps.of<AccountService>('accounts', { taken: async () => new Set(taken) }),
    steps.of<StructureService>('structures', {
      findAll: async (texts) =>
        new Map(texts.filter((text) => text === 'Clinique').map((text) => [text, CLINIC])),
    }),
    steps.of<AccountImportService>('imports', { doubles: async () => new Set(doubles) }),
  );
}
/** What is wrong with a line of this content. */
const wrong = async (job: typeof NATIONAL, content: Partial<ImportContent>, known = {}) => {
  const line = importLine(2);
  const [problems] = await checks(known).problems(
    job,
    [{ ...line, content: { ...line.content, ...content } }],
    TX,
  );
  return problems!.map(({ field, code }) => `${field} ${code}`);
};

describe('a line of an import', () => {
  it('is good when nothing is wrong with it', async () => {
    expect(
      await wrong(NATIONAL, { structure: 'Clinique', roles: ['structure-admin'], locale: 'en' }),
    ).toEqual([]);
  });

  it.each<[string, Partial<ImportContent>, string]>([
    ['an address that is none', { email: 'claire' }, 'email format'],
    ['a role that is none', { roles: ['admin'] }, 'roles choice'],
    ['a role that no account can have', { roles: ['médecin'] }, 'roles choice'],
    ['a language that is none', { locale: 'de' as never }, 'locale choice'],
    ['a structure that is not registered', { structure: 'Nowhere' }, 'structure choice'],
    ['an administrator of no structure', { roles: ['structure-admin'] }, 'structure required'],
  ])('is bad with %s', async (_, content, problem) => {
    expect(await wrong(NATIONAL, content)).toEqual([problem]);
  });

  it('gives no national role in the file of a structure’s administrator', async () => {
    expect(await wrong(OF_HOSPITAL, { roles: ['national-admin'] })).toEqual(['roles choice']);
    expect(await wrong(NATIONAL, { roles: ['national-admin'] })).toEqual([]);
  });

  it('goes into the own structure of a structure’s administrator, whatever the file says', async () => {
    expect(await wrong(OF_HOSPITAL, { structure: 'Nowhere' })).toEqual([]);
    const content = { ...importLine(2).content, structure: 'Clinique' };
    expect(await checks().draft(OF_HOSPITAL, content, TX)).toMatchObject({ structureId: 'hospital' });
    expect(await checks().draft(NATIONAL, content, TX)).toMatchObject({ structureId: 'clinic' });
  });

  it('is bad when an account, or an earlier line, has its name or its national id', async () => {
    expect(await wrong(NATIONAL, {}, { taken: ['person.2'] })).toEqual(['username taken']);
    const nationalId = '899700366240';
    expect(await wrong(NATIONAL, { nationalId }, { taken: [nationalId] })).toEqual(['nationalId taken']);
    expect(await wrong(NATIONAL, {}, { doubles: [2] })).toEqual(['username double']);
  });

  it('becomes the account of an invited professional unless it says otherwise', async () => {
    expect(await checks().draft(NATIONAL, importLine(2).content, TX)).toMatchObject({
      roles: ['professional'],
      structureId: null,
      status: 'INVITED',
    });
  });
});
