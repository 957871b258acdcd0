import type { AuditService, RefusalJournalService } from '@portillon/audit';
import { journalOf, Steps } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { application, AskedRequest, contextOf, SESSION } from '../testing/openid.fixture';
import { OpenidJournalService } from './openid-journal.service';
import { stateOf } from './oidc-context';
import type { RequestRegistry } from './request-registry.service';

const REQUEST = {
  id: 'r1',
  ip: '192.0.2.1',
  headers: { 'user-agent': 'Firefox' },
} as unknown as FastifyRequest;
const ASKED: AskedRequest = { session: SESSION, application: application() };

function journal() {
  const written = journalOf<AuditService>(new Steps());
  const refused = journalOf<RefusalJournalService>(new Steps());
  const requests = { of: () => REQUEST } as unknown as RequestRegistry;
  const unused = {} as never;
  return {
    written,
    refused,
    service: new OpenidJournalService(unused, written.audit, refused.audit, requests, unused, unused, unused),
  };
}

describe('the journal of entries', () => {
  it('has the first entry of a session into an application, by which means and from where', async () => {
    const { service, written, refused } = journal();
    const ctx = contextOf(ASKED);
    stateOf(ctx).isFirstEntry = true;
    await service.recordEntry(ctx, undefined);
    expect(refused.entries).toEqual([]);
    expect(written.entries).toMatchObject([
      {
        name: 'application_entered',
        outcome: 'SUCCESS',
        means: 'password',
        data: { application: 'agenda' },
        accountId: 'claire',
        structureId: 'nord',
        address: '192.0.2.1',
        device: 'Firefox',
        requestId: 'r1',
      },
    ]);
  });

  it('has no line of a later entry, nor of a request that enters nothing', async () => {
    const { service, written } = journal();
    const again = contextOf(ASKED);
    stateOf(again).isFirstEntry = false;
    await service.recordEntry(again, undefined);
    await service.recordEntry(contextOf(ASKED), undefined);
    expect(written.entries).toEqual([]);
  });

  it.each([
    ['access_denied', 'audience'],
    ['unmet_authentication_requirements', 'level'],
  ])('has of %s that its %s kept the person out, a bounded number of times', async (code, reason) => {
    const { service, written, refused } = journal();
    const ctx = contextOf(ASKED);
    stateOf(ctx).isFirstEntry = true;
    await service.recordEntry(ctx, { code, detail: 'because' });
    expect(written.entries).toEqual([]);
    expect(refused.entries).toMatchObject([
      {
        name: 'application_refused',
        outcome: 'FAILURE',
        reason,
        data: { application: 'agenda' },
        accountId: 'claire',
        requestId: 'r1',
      },
    ]);
  });

  it('has no line of the person where the application is at fault', async () => {
    const { service, written, refused } = journal();
    await service.recordEntry(contextOf(ASKED), { code: 'invalid_scope', detail: 'admin' });
    expect([...written.entries, ...refused.entries]).toEqual([]);
  });

  it.each<[string, AskedRequest]>([
    ['no one is signed in', { application: application() }],
    ['the application is not known', { session: SESSION }],
  ])('has no line where %s', async (_, asked) => {
    const { service, written, refused } = journal();
    await service.recordEntry(contextOf(asked), { code: 'access_denied', detail: 'because' });
    expect([...written.entries, ...refused.entries]).toEqual([]);
  });
});
