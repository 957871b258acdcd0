import type { AccountService, PersonName } from '@portillon/account';
import type { AuditEvent, AuditService, ReadingJournalService } from '@portillon/audit';
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
    journal = new ActJournalService(audit as AuditService, {} as ReadingJournalService, {} as AccountService);
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

function readings() {
  const lines: [subjectId: string, AuditEvent][] = [];
  const journal: Partial<ReadingJournalService> = {
    record: async ({ subjectId }, event) => void lines.push([subjectId, event]),
  };
  const directory: Partial<AccountService> = {
    findNames: async () => new Map([['hugo', { id: 'hugo', structureId: 'hospital' } as PersonName]]),
  };
  return {
    lines,
    service: new ActJournalService(
      {} as AuditService,
      journal as ReadingJournalService,
      directory as AccountService,
    ),
  };
}

describe('what administrators read', () => {
  it('of a person is a line on that person, by the administrator, from where', async () => {
    const { lines, service } = readings();
    await service.recordAccountRead(NATIONAL, claire());
    const who = { accountId: 'claire', actorId: 'nadia', structureId: 'hospital', address: '192.0.2.7' };
    expect(lines).toEqual([['claire', expect.objectContaining({ name: 'account_read', ...who })]]);
  });

  it('of the reader’s data writes no line', async () => {
    const { lines, service } = readings();
    await service.recordAccountRead(OF_HOSPITAL, claire({ id: 'hugo' }));
    await service.recordJournalRead(OF_HOSPITAL, { accountId: 'hugo', structureIds: ['hospital'] });
    expect(lines).toEqual([]);
  });

  it('of others’ data writes a line, even beside their own', async () => {
    const { lines, service } = readings();
    await service.recordJournalRead(OF_HOSPITAL, { accountId: 'claire', actorId: 'hugo' });
    expect(lines).toMatchObject([['claire', { name: 'account_read', accountId: 'claire' }]]);
  });

  it('of the journal of a structure is found in that journal', async () => {
    const { lines, service } = readings();
    await service.recordJournalRead(NATIONAL, { structureIds: ['clinic'] });
    const line = { name: 'journal_read', accountId: 'nadia', actorId: 'nadia', structureId: 'clinic' };
    expect(lines).toEqual([['clinic', expect.objectContaining(line)]]);
  });

  it('of the lines of one person is a line on that person, in the structure that they are of', async () => {
    const { lines, service } = readings();
    await service.recordJournalRead(NATIONAL, { actorId: 'hugo' });
    await service.recordJournalRead(OF_HOSPITAL, { accountId: 'claire', structureIds: ['hospital'] });
    await service.recordJournalRead(NATIONAL, { accountId: 'nobody' });
    const line = { name: 'account_read', outcome: 'SUCCESS' };
    expect(lines).toMatchObject([
      ['hugo', { ...line, accountId: 'hugo', actorId: 'nadia', structureId: 'hospital' }],
      ['claire', { ...line, accountId: 'claire', actorId: 'hugo', structureId: 'hospital' }],
      ['nobody', { ...line, accountId: 'nobody', actorId: 'nadia', structureId: null }],
    ]);
  });

  it('of the whole journal is a line of the reader’s own', async () => {
    const { lines, service } = readings();
    await service.recordJournalRead(NATIONAL, {});
    expect(lines).toMatchObject([['', { name: 'journal_read', accountId: 'nadia' }]]);
  });

  it('names an application that reads, without an account', async () => {
    const { lines, service } = readings();
    await service.recordJournalRead(DIRECTORY, { structureIds: ['hospital'] });
    expect(lines).toMatchObject([['hospital', { accountId: null, actorId: 'directory' }]]);
  });
});
