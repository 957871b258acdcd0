import type { AccountAdministrationService, AccountService } from '@portillon/account';
import type { Structure, StructureService } from '@portillon/structure';
import { Steps } from '@portillon/testing';
import { NATIONAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/act.fixture';
import type { ActJournalService } from './act-journal.service';
import { AdministeredAccountService } from './administered-account.service';

/** A register that knows these structures. */
function grants(...known: string[]) {
  const steps = new Steps();
  const structures = steps.of<StructureService>('structures', {
    get: async (id) => (known.includes(id) ? ({ id } as Structure) : undefined),
  });
  const service = new AdministeredAccountService(
    {} as AccountService,
    {} as AccountAdministrationService,
    refusing(steps),
    {} as ActJournalService,
    structures,
  );
  return { service };
}
const PROFESSIONAL = ['professional'];

describe('the structure of an account', () => {
  it('is any that exists for a national administrator, or none', async () => {
    const { service } = grants('clinic');
    expect(await service.structureFor(NATIONAL, 'clinic', PROFESSIONAL)).toBe('clinic');
    expect(await service.structureFor(NATIONAL, undefined, PROFESSIONAL)).toBeNull();
    await expect(service.structureFor(NATIONAL, 'nowhere', PROFESSIONAL)).rejects.toMatchObject({
      errors: [{ field: 'structureId', code: 'choice' }],
    });
  });

  it('is needed by who administers one', async () => {
    await expect(grants().service.structureFor(NATIONAL, null, ['structure-admin'])).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });
});
