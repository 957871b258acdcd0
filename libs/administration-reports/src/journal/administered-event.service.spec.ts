import type { EventViewService } from './event-view.service';
import type { AuditEntry, AuditFilter, AuditService } from '@portillon/audit';
import { AppError, DAY, addMilliseconds } from '@portillon/kernel';
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
      get: () => Promise.reject(new AppError('not-found')),
    }),
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => asked ?? scope.structureId,
    }),
    steps.of<ActJournalService>('readings', { recordJournalRead: async () => undefined }),
    clock,
    {} as EventViewService,
  );
  return { searched, service, clock };
}

describe('the journal that an administrator reads', () => {
  it('still has a person who left the structure', async () => {
    const { searched, service } = events({ known: true });
    expect(await service.filter(OF_HOSPITAL, { account: 'paul' })).toMatchObject({ accountId: 'paul' });
    expect(searched).toEqual([{ accountId: 'paul', structureId: 'hospital' }]);
  });

  it('is found by the reference of a code of the last day, and by a request, within reach', async () => {
    const { service, clock } = events();
    expect(await service.filter(OF_HOSPITAL, { code: 'fr4h' })).toEqual({
      structureId: 'hospital',
      names: ['authn_code_sent'],
      reference: 'FR4H',
      from: addMilliseconds(clock.now(), -DAY),
    });
    const request = '01a20e4e-451d-7222-8b7c-000000000000';
    expect(await service.filter(OF_HOSPITAL, { request })).toEqual({
      structureId: 'hospital',
      requestId: request,
    });
  });
});
