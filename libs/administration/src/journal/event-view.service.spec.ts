import type { DirectoryService, PersonName } from '@portillon/account';
import type { AuditEntry } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import { EventViewService } from './event-view.service';

const PEOPLE: PersonName[] = [
  { id: 'claire', username: 'claire.martin', displayName: 'Claire Martin', structureId: 'hospital' },
  { id: 'nadia', username: 'nadia', displayName: 'Nadia', structureId: null },
];

/** A line about Claire, by Nadia, as an administrator of this reach sees it. */
async function seen(structureId: string | null) {
  const steps = new Steps();
  const view = new EventViewService(
    steps.of<DirectoryService>('directory', {
      people: async () => new Map(PEOPLE.map((one) => [one.id, one])),
      structures: async () => new Map([['hospital', { id: 'hospital', name: 'Hôpital' }]]),
    }),
  );
  const entry = { at: new Date(0), accountId: 'claire', actorId: 'nadia', structureId: 'hospital' };
  return (await view.of([entry as AuditEntry], { structureId }))[0]!;
}

describe('a line of the journal', () => {
  it('has today’s names beside its ids', async () => {
    expect(await seen(null)).toMatchObject({
      account: { id: 'claire', displayName: 'Claire Martin' },
      actor: { id: 'nadia', displayName: 'Nadia' },
      structure: { id: 'hospital', name: 'Hôpital' },
    });
  });

  it('names nobody whom the administrator does not reach', async () => {
    expect(await seen('hospital')).toMatchObject({
      account: { displayName: 'Claire Martin' },
      actor: { id: 'nadia', username: null, displayName: null },
    });
  });
});
