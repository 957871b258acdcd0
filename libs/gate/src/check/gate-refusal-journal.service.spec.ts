import type { AuditEvent, RefusalJournalService } from '@portillon/audit';
import type { FastifyRequest } from 'fastify';
import { application, CLAIRE, requestTo, sessionOf } from '../testing/gate-bench';
import { GateRefusalJournalService } from './gate-refusal-journal.service';

const REQUEST = { ip: '10.0.0.2', id: 'request', headers: { 'user-agent': 'Firefox' } } as FastifyRequest;
const PERSON = { session: sessionOf('session', new Date(0)), sid: 'sid', email: CLAIRE.email };

async function recorded(person?: typeof PERSON): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  const refusals = { record: async (event: AuditEvent) => void events.push(event) };
  const journal = new GateRefusalJournalService(refusals as unknown as RefusalJournalService);
  const context = { application: application('app', new Date(0)), rules: [], ...(person && { person }) };
  await journal.record(REQUEST, { ...requestTo('/dossiers/martin'), address: '192.0.2.9' }, context, 'role');
  return events;
}

describe('whom the gate keeps out', () => {
  it('is in the journal with the application and the reason, from the address that the proxy saw', async () => {
    const events = await recorded(PERSON);
    expect(events).toMatchObject([
      {
        name: 'application_refused',
        outcome: 'FAILURE',
        reason: 'role',
        accountId: 'claire',
        address: '192.0.2.9',
        device: 'Firefox',
        data: { application: 'app' },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('dossiers');
  });

  it('is not, where no person is signed in', async () => {
    expect(await recorded()).toEqual([]);
  });
});
