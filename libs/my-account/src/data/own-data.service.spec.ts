import type { AuditService } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import type { OwnAccountService } from '../own-account.service';
import { client, own, session } from '../testing/own.fixture';
import { OwnDataService } from './own-data.service';
import type { PersonalRecords, PersonalRecordsService } from './personal-records.service';

describe('the data of a person', () => {
  it('is in the journal as taken out before any of it is read', async () => {
    const steps = new Steps();
    const asked: string[] = [];
    const service = new OwnDataService(
      steps.of<OwnAccountService>('own', { get: async () => own() }),
      steps.of<PersonalRecordsService>('records', {
        collect: async ({ id }) => (asked.push(id), {} as PersonalRecords),
      }),
      steps.of<AuditService>('audit', { record: async () => undefined }),
    );
    await service.collect(session, client);
    expect(steps.taken).toEqual(['own.get', 'audit.record', 'records.collect']);
    expect(asked).toEqual(['claire']);
  });
});
