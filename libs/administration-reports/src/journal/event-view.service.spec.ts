import type { AccountService, PersonName } from '@portillon/account';
import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { AuditEntry } from '@portillon/audit';
import type { StructureService } from '@portillon/structure';
import { Steps } from '@portillon/testing';
import { EventViewService } from './event-view.service';

const PEOPLE: PersonName[] = [
  { id: 'claire', username: 'claire.martin', displayName: 'Claire Martin', structureId: 'hospital' },
  { id: 'nadia', username: 'nadia', displayName: 'Nadia', structureId: null },
];

/** A line about Claire, by Nadia, at an application of the clinic, as an administrator of this reach sees it. */
async function seen(structureId: string | null, name = 'application_updated') {
  const steps = new Steps();
  const view = new EventViewService(
    steps.of<AccountService>('directory', {
      findNames: async () => new Map(PEOPLE.map((one) => [one.id, one])),
    }),
    steps.of<StructureService>('structures', {
      names: async () => new Map([['hospital', { id: 'hospital', name: 'Hôpital' }]]),
    }),
    steps.of<ApplicationService>('applications', {
      getAll: async () => [{ id: 'agenda', name: 'Agenda', structureId: 'clinic' } as ApplicationEntity],
    }),
  );
  const ids = { accountId: 'claire', actorId: 'nadia', structureId: 'hospital' };
  const entry = { name, at: new Date(0), ...ids, data: { application: 'agenda' } };
  return (await view.of([entry as unknown as AuditEntry], { structureId }))[0]!;
}

describe('a line of the journal', () => {
  it('has today’s names beside its ids', async () => {
    expect(await seen(null)).toMatchObject({
      account: { id: 'claire', displayName: 'Claire Martin' },
      actor: { id: 'nadia', displayName: 'Nadia' },
      structure: { id: 'hospital', name: 'Hôpital' },
      application: { id: 'agenda', name: 'Agenda' },
    });
  });

  it('names an application out of reach where a person was at it, and not where an administrator tried it', async () => {
    expect((await seen('hospital', 'application_entered')).application).toEqual({
      id: 'agenda',
      name: 'Agenda',
    });
    expect((await seen('hospital', 'authz_fail')).application).toEqual({ id: 'agenda', name: null });
    expect((await seen('clinic', 'authz_fail')).application).toEqual({ id: 'agenda', name: 'Agenda' });
  });

  it('does not name people out of the administrator’s reach', async () => {
    expect(await seen('hospital')).toMatchObject({
      account: { displayName: 'Claire Martin' },
      actor: { id: 'nadia', username: null, displayName: null },
    });
  });
});
