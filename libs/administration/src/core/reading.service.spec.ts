import type { AuditEvent, ReadingJournalService } from '@portillon/audit';
import { claire, DIRECTORY, NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { ReadingService } from './reading.service';

function readings() {
  const lines: [subjectId: string, AuditEvent][] = [];
  const journal: Partial<ReadingJournalService> = {
    record: async ({ subjectId }, event) => void lines.push([subjectId, event]),
  };
  return { lines, service: new ReadingService(journal as ReadingJournalService) };
}

describe('what administrators read', () => {
  it('of a person is a line on that person, by the administrator, from where', async () => {
    const { lines, service } = readings();
    await service.recordAccount(NATIONAL, claire());
    const who = { accountId: 'claire', actorId: 'nadia', structureId: 'hospital', address: '192.0.2.7' };
    expect(lines).toEqual([['claire', expect.objectContaining({ name: 'account_read', ...who })]]);
  });

  it('of their own is no line', async () => {
    const { lines, service } = readings();
    await service.recordAccount(OF_HOSPITAL, claire({ id: 'hugo' }));
    await service.recordJournal(OF_HOSPITAL, { accountId: 'hugo', structureId: 'hospital' });
    expect(lines).toEqual([]);
  });

  it('of others is a line, whatever of their own is asked for beside it', async () => {
    const { lines, service } = readings();
    await service.recordJournal(OF_HOSPITAL, { accountId: 'claire', actorId: 'hugo' });
    expect(lines.map(([subject, { accountId }]) => [subject, accountId])).toEqual([['claire', 'claire']]);
  });

  it('of the journal of a structure is found in that journal', async () => {
    const { lines, service } = readings();
    await service.recordJournal(NATIONAL, { structureId: 'clinic' });
    const line = { name: 'journal_read', accountId: 'nadia', actorId: 'nadia', structureId: 'clinic' };
    expect(lines).toEqual([['clinic', expect.objectContaining(line)]]);
  });

  it('of the whole journal, and of what one person did, are two readings', async () => {
    const { lines, service } = readings();
    await service.recordJournal(NATIONAL, {});
    await service.recordJournal(NATIONAL, { actorId: 'hugo' });
    expect(lines.map(([subject, { accountId }]) => [subject, accountId])).toEqual([
      ['', 'nadia'],
      ['hugo', 'hugo'],
    ]);
  });

  it('names an application that reads, and no account of its own', async () => {
    const { lines, service } = readings();
    await service.recordJournal(DIRECTORY, { structureId: 'hospital' });
    expect(lines).toMatchObject([['hospital', { accountId: null, actorId: 'directory' }]]);
  });
});
