import { type Clock, AppError, DAY, addMilliseconds } from '@portillon/kernel';
import type { AccountService, MembershipRecord, MembershipService, PersonName } from '@portillon/account';
import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { AuditEntry, AuditFilter, AuditService } from '@portillon/audit';
import type { StructureService } from '@portillon/structure';
import { SettableClock, Steps } from '@portillon/testing';
import type {
  AdministeredAccountService,
  AdministeredStructureService,
  ActJournalService,
} from '@portillon/user-management';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { AdministeredEventService } from './administered-event.service';

/** Whether the journal of the structure contains the requested person. */
function events({ known = false } = {}) {
  const steps = new Steps();
  const searched: AuditFilter[] = [];
  const clock = new SettableClock();
  const service = new AdministeredEventService(
    steps.of<AuditService>('audit', {
      search: async (filter) => {
        searched.push(filter);
        return { items: known ? [{} as AuditEntry] : [], nextCursor: null };
      },
    }),
    steps.of<AdministeredAccountService>('accounts', {
      getVisible: () => Promise.reject(new AppError('not-found')),
    }),
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => (asked === undefined ? scope.structureIds : [asked]),
    }),
    steps.of<ActJournalService>('readings', { recordJournalRead: async () => undefined }),
    clock,
    {} as AccountService,
    {} as MembershipService,
    {} as StructureService,
    {} as ApplicationService,
  );
  return { searched, service, clock };
}

describe('the journal that an administrator reads', () => {
  it('still has a person who left the structure', async () => {
    const { searched, service } = events({ known: true });
    expect(await service.filter(OF_HOSPITAL, { account: 'paul' })).toMatchObject({ accountId: 'paul' });
    expect(searched).toEqual([{ accountId: 'paul', structureIds: ['hospital'] }]);
  });

  it('is found by the reference of a code of the last day, and by a request, within reach', async () => {
    const { service, clock } = events();
    expect(await service.filter(OF_HOSPITAL, { code: 'fr4h' })).toEqual({
      structureIds: ['hospital'],
      names: ['authn_code_sent'],
      reference: 'FR4H',
      from: addMilliseconds(clock.now(), -DAY),
    });
    const request = '01a20e4e-451d-7222-8b7c-000000000000';
    expect(await service.filter(OF_HOSPITAL, { request })).toEqual({
      structureIds: ['hospital'],
      requestId: request,
    });
  });
});

const PEOPLE: PersonName[] = [
  { id: 'claire', username: 'claire.martin', displayName: 'Claire Martin', structureId: 'hospital' },
  { id: 'nadia', username: 'nadia', displayName: 'Nadia', structureId: null },
];

/** A line about Claire, by Nadia, at an application of the clinic, as an administrator of this reach sees it. */
async function seen(structureId: string | null, name = 'application_updated') {
  const steps = new Steps();
  const view = new AdministeredEventService(
    {} as AuditService,
    {} as AdministeredAccountService,
    {} as AdministeredStructureService,
    {} as ActJournalService,
    {} as Clock,
    steps.of<AccountService>('directory', {
      findNames: async () => new Map(PEOPLE.map((one) => [one.id, one])),
    }),
    steps.of<MembershipService>('memberships', {
      findOpenByAccounts: async () =>
        new Map([['claire', [{ structure: { id: 'clinic', name: 'Clinique' } } as MembershipRecord]]]),
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
  return (
    await view.view([entry as unknown as AuditEntry], {
      structureIds: structureId === null ? null : [structureId],
    })
  )[0]!;
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

  it('has the name alone of a member whom another structure manages', async () => {
    expect((await seen('clinic')).account).toEqual({
      id: 'claire',
      username: null,
      displayName: 'Claire Martin',
    });
  });

  it('does not name people out of the administrator’s reach', async () => {
    expect(await seen('hospital')).toMatchObject({
      account: { displayName: 'Claire Martin' },
      actor: { id: 'nadia', username: null, displayName: null },
    });
  });
});
