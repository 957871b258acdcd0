import type { AccountImport, AccountImportService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { importJob } from '../testing/import.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AdministeredImportService } from './administered-import.service';

function administered(job: AccountImport | undefined) {
  const steps = new Steps();
  const imports = steps.of<AccountImportService>('imports', { get: async () => job });
  return { steps, service: new AdministeredImportService(imports, refusing(steps)) };
}

describe('an import', () => {
  it('is seen by the administrators of its structure, and by national ones', async () => {
    const job = importJob();
    expect(await administered(job).service.get(OF_HOSPITAL, 'import')).toBe(job);
    expect(await administered(job).service.get(NATIONAL, 'import')).toBe(job);
  });

  it.each(['clinic', null])('of %s looks to another like one that does not exist', async (structureId) => {
    const { steps, service } = administered(importJob({ structureId }));
    await expect(service.get(OF_HOSPITAL, 'import')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['imports.get', 'refusals.hide']);
  });

  it('that does not exist is not found', async () => {
    const { service } = administered(undefined);
    await expect(service.get(OF_HOSPITAL, 'import')).rejects.toMatchObject({ code: 'not-found' });
  });
});
