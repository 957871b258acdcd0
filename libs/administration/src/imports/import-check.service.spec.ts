import type { AccountImportService, AccountService } from '@portillon/account';
import type { Structure, StructureService } from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import { importJob, importLine } from '../testing/import.fixture';
import { ImportCheckService } from './import-check.service';

const HOSPITAL = { id: 'hospital' } as Structure;
const CLINIC = { id: 'clinic' } as Structure;

/** The problems of one line, where the erased account and an earlier line have the empty user name. */
async function problemsOf(content: object, structureId: string | null = null) {
  const service = new ImportCheckService(
    { taken: async () => new Set(['', 'claire.martin']) } as unknown as AccountService,
    {
      findAll: async () =>
        new Map([
          ['Hôpital', HOSPITAL],
          ['Clinique', CLINIC],
        ]),
    } as unknown as StructureService,
    { doubles: async () => new Set([3]) } as unknown as AccountImportService,
  );
  const line = importLine(3);
  const lines = [{ ...line, content: { ...line.content, ...content } }];
  const [problems] = await service.problems({ ...importJob(), structureId }, lines, {} as EntityManager);
  return problems!.map(({ field, code }) => `${field} ${code}`);
}

describe('the check of a line of an import', () => {
  it('reports an empty user name by its form, not as taken or doubled', async () => {
    expect(await problemsOf({ username: '' })).toEqual(['username format']);
    expect(await problemsOf({ username: 'claire.martin' })).toEqual(['username taken', 'username double']);
  });

  it.each([
    ['its own structure', 'Hôpital', []],
    ['another structure', 'Clinique', ['structure choice']],
    ['an unknown structure', 'Hopital Nord', ['structure choice']],
  ])('of a structure’s administrator answers alike for %s', async (_, structure, problems) => {
    expect(await problemsOf({ username: 'new.one', structure }, 'hospital')).toEqual([
      ...problems,
      'username double',
    ]);
  });
});
