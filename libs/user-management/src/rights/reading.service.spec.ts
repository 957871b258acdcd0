import type { AccountService, PersonName } from '@portillon/account';
import type { AuditEvent, ReadingJournalService } from '@portillon/audit';
import { claire, DIRECTORY, NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { ReadingService } from './reading.service';

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
    service: new ReadingService(journal as ReadingJournalService, directory as AccountService),
  };
}

describe('what administrators read', () => {
  it('of a person is a line on that person, by the administrator, from where', async () => {
    const { lines, service } = readings();
    await service.recordAccount(NATIONAL, claire());
    const who = { accountId: 'claire', actorId: 'nadia', structureId: 'hospital', address: '192.0.2.7' };
    expect(lines).toEqual([['claire', expect.objectContaining({ name: 'account_read', ...who })]]);
  });

  it('of the reader’s data writes no line', async () => {
    const { lines, service } = readings();
    await service.recordAccount(OF_HOSPITAL, claire({ id: 'hugo' }));
    await service.recordJournal(OF_HOSPITAL, { accountId: 'hugo', structureId: 'hospital' });
    expect(lines).toEqual([]);
  });

  it('of others’ data writes a line, even beside their own', async () => {
    const { lines, service } = readings();
    await service.recordJournal(OF_HOSPITAL, { accountId: 'claire', actorId: 'hugo' });
    expect(lines).toMatchObject([['claire', { name: 'account_read', accountId: 'claire' }]]);
  });

  it('of the journal of a structure is found in that journal', async () => {
    const { lines, service } = readings();
    await service.recordJournal(NATIONAL, { structureId: 'clinic' });
    const line = { name: 'journal_read', accountId: 'nadia', actorId: 'nadia', structureId: 'clinic' };
    expect(lines).toEqual([['clinic', expect.objectContaining(line)]]);
  });

  it('of the lines of one person is a line on that person, in the structure that they are of', async () => {
    const { lines, service } = readings();
    await service.recordJournal(NATIONAL, { actorId: 'hugo' });
    await service.recordJournal(OF_HOSPITAL, { accountId: 'claire', structureId: 'hospital' });
    await service.recordJournal(NATIONAL, { accountId: 'nobody' });
    const line = { name: 'account_read', outcome: 'SUCCESS' };
    expect(lines).toMatchObject([
      ['hugo', { ...line, accountId: 'hugo', actorId: 'nadia', structureId: 'hospital' }],
      ['claire', { ...line, accountId: 'claire', actorId: 'hugo', structureId: 'hospital' }],
      ['nobody', { ...line, accountId: 'nobody', actorId: 'nadia', structureId: null }],
    ]);
  });

  it('of the whole journal is a line of the reader’s own', async () => {
    const { lines, service } = readings();
    await service.recordJournal(NATIONAL, {});
    expect(lines).toMatchObject([['', { name: 'journal_read', accountId: 'nadia' }]]);
  });

  it('names an application that reads, without an account', async () => {
    const { lines, service } = readings();
    await service.recordJournal(DIRECTORY, { structureId: 'hospital' });
    expect(lines).toMatchObject([['hospital', { accountId: null, actorId: 'directory' }]]);
  });
});
