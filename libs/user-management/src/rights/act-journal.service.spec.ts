import type { AuditEvent, AuditService } from '@portillon/audit';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from './act-journal.service';
import { claire, DIRECTORY, NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';

describe('what administrators do, in the journal', () => {
  const tx = {} as EntityManager;
  let lines: [AuditEvent, EntityManager | undefined][];
  let journal: ActJournalService;

  beforeEach(() => {
    lines = [];
    const audit: Partial<AuditService> = {
      record: async (event, within) => void lines.push([event, within]),
    };
    journal = new ActJournalService(audit as AuditService);
  });

  it('names the person, the administrator and the reason, in the transaction of the act', async () => {
    const act = { name: 'authn_unlock', reason: 'called us' } as const;
    await journal.recordOnAccount(NATIONAL, claire(), act, tx);
    const line = { name: 'authn_unlock', outcome: 'SUCCESS', reason: 'called us' };
    const who = { accountId: 'claire', actorId: 'nadia', structureId: 'hospital', address: '192.0.2.7' };
    expect(lines).toEqual([[expect.objectContaining({ ...line, ...who }), tx]]);
  });

  it('is found in the structure that was changed, not in the administrator’s own', async () => {
    const act = { name: 'structure_updated', data: { fields: ['name'] } } as const;
    await journal.recordOnStructure(OF_HOSPITAL, 'clinic', act, tx);
    expect(lines).toMatchObject([[{ accountId: 'hugo', actorId: 'hugo', structureId: 'clinic' }, {}]]);
  });

  it('names an application as the actor, without an account', async () => {
    await journal.recordOnAccount(DIRECTORY, claire(), { name: 'user_archived' }, tx);
    await journal.record(DIRECTORY, { name: 'sensitive_read' });
    expect(lines.map(([line]) => [line.accountId, line.actorId, line.structureId])).toEqual([
      ['claire', 'directory', 'hospital'],
      [null, 'directory', 'hospital'],
    ]);
  });

  it('has a list that was taken out as the administrator’s own act', async () => {
    await journal.record(OF_HOSPITAL, { name: 'sensitive_read', data: { what: 'accounts' } });
    expect(lines).toMatchObject([
      [{ accountId: 'hugo', structureId: 'hospital', outcome: 'SUCCESS' }, undefined],
    ]);
  });
});
