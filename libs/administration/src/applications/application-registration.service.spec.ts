import type {
  ApplicationDraft,
  ApplicationEdit,
  ApplicationEntity,
  ApplicationHostService,
  ApplicationService,
} from '@portillon/application';
import type { Structure } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { AdministeredStructureService } from '../structures/administered-structure.service';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { ApplicationSteps, orientation } from '../testing/application.fixture';
import { refusing } from '../testing/refusals.fixture';
import { ApplicationRegistrationService } from './application-registration.service';

const DRAFT: ApplicationDraft = { kind: 'web', name: 'Orientation', redirectUris: ['https://o.example/cb'] };

function registration(
  status: ApplicationEdit['status'] = 'edited',
  { application = {} as Partial<ApplicationEntity>, taken = false } = {},
) {
  const steps = new ApplicationSteps(orientation(application));
  const made: ApplicationDraft[] = [];
  const service = new ApplicationRegistrationService(
    steps.transactions,
    steps.administered,
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => asked ?? scope.structureId,
      get: async (_administrator, id) => ({ id }) as Structure,
    }),
    steps.of<ApplicationService>('applications', {
      create: async (draft) => {
        made.push(draft);
        return orientation();
      },
      edit: async () => ({ status }),
    }),
    steps.of<ApplicationHostService>('hosts', {
      requireFree: async () => {
        if (taken) throw new AppError('validation.failed');
      },
    }),
    steps.journal,
    refusing(steps),
  );
  return { steps, made, service };
}

describe('an application', () => {
  it('is registered with its line of the journal, in one transaction', async () => {
    const { steps, made, service } = registration();
    await service.register(NATIONAL, DRAFT, 'wanted');
    const act = ['begin', 'applications.create(tx)', 'journal.recordOnApplication(tx)', 'commit'];
    expect(steps.taken).toEqual(['structures.within', ...act]);
    expect(made).toEqual([{ ...DRAFT, structureId: null }]);
    expect(steps.journalled).toEqual([{ name: 'application_created', reason: 'wanted' }]);
  });

  it('of a structure’s administrator is one of that structure', async () => {
    const { made, service } = registration();
    await service.register(OF_HOSPITAL, DRAFT);
    expect(made).toMatchObject([{ structureId: 'hospital' }]);
  });

  it('has what its administrator may give, or is not registered', async () => {
    const { steps, made, service } = registration();
    await expect(service.register(OF_HOSPITAL, { ...DRAFT, trusted: true })).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect([steps.taken.at(-1), made]).toEqual(['refusals.forbid', []]);
  });

  it('is changed under its version, and the journal says which fields', async () => {
    const { steps, service } = registration();
    await service.edit(OF_HOSPITAL, 'orientation', { name: 'Étoile', minAcr: 'eidas2' }, 1, 'renamed');
    const act = ['begin', 'applications.edit(tx)', 'journal.recordOnApplication(tx)', 'commit'];
    expect(steps.taken).toEqual(['administered.get', 'hosts.requireFree', ...act, 'administered.get']);
    expect(steps.journalled).toEqual([
      { name: 'application_updated', reason: 'renamed', data: { fields: ['name', 'minAcr'] } },
    ]);
  });

  it('is not made trusted by its structure’s administrator afterwards', async () => {
    const { steps, service } = registration();
    const edit = service.edit(OF_HOSPITAL, 'orientation', { trusted: true }, 1);
    await expect(edit).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken).toEqual(['administered.get', 'refusals.forbid']);
  });

  it('that is trusted stays at its addresses, whatever its structure’s administrator wants', async () => {
    const changes = { redirectUris: ['https://evil.example/cb'] };
    const given = { application: { trusted: true } };
    const { steps, service } = registration('edited', given);
    await expect(service.edit(OF_HOSPITAL, 'orientation', changes, 1)).rejects.toMatchObject({
      code: 'application.national-only',
    });
    expect(steps.taken).toEqual(['administered.get', 'refusals.keepNational']);
    await registration('edited', given).service.edit(NATIONAL, 'orientation', changes, 1);
  });

  it('takes no host of others, unless a national administrator says so', async () => {
    const { steps, made, service } = registration('edited', { taken: true });
    await expect(service.register(OF_HOSPITAL, DRAFT)).rejects.toMatchObject({ code: 'validation.failed' });
    await expect(service.edit(OF_HOSPITAL, 'orientation', DRAFT, 1)).rejects.toMatchObject({
      code: 'validation.failed',
    });
    expect([steps.taken.includes('begin'), made]).toEqual([false, []]);
    await service.register(NATIONAL, DRAFT);
    expect(made).toHaveLength(1);
  });

  it.each<[ApplicationEdit['status'], string]>([
    ['moved', 'precondition.failed'],
    ['missing', 'not-found'],
  ])('that is %s is not changed, and nothing is in the journal', async (status, code) => {
    const { steps, service } = registration(status);
    await expect(service.edit(NATIONAL, 'orientation', { name: 'x' }, 1)).rejects.toMatchObject({ code });
    expect([steps.taken.at(-1), steps.journalled]).toEqual(['rollback', []]);
  });
});
