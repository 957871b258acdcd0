import type { AdministeredAccountService, Administrator } from '@portillon/administration';
import type { AuditService } from '@portillon/audit';
import { journalOf, Steps } from '@portillon/testing';
import { client, own } from '../testing/own.fixture';
import { AdministeredDataService } from './administered-data.service';
import type { PersonalRecords, PersonalRecordsService } from './personal-records.service';

const REASON = 'Lettre recommandée';
const HUGO = { actor: { kind: 'person', id: 'hugo', structure: null }, client } as unknown as Administrator;

function data(email = 'claire@hopital.example') {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const service = new AdministeredDataService(
    steps.of<AdministeredAccountService>('administered', { touch: async () => own({ email }) }),
    steps.of<PersonalRecordsService>('records', { collect: async () => ({}) as PersonalRecords }),
    audit,
  );
  return { steps, entries, collect: (reason = REASON) => service.collect(HUGO, 'claire', reason) };
}

describe('the data of a person who cannot sign in', () => {
  it('are in the journal as taken out, by whom and why, before any of it is read', async () => {
    const { steps, entries, collect } = data();
    await collect();
    expect(steps.taken).toEqual(['administered.touch', 'audit.record', 'records.collect']);
    expect(entries).toMatchObject([
      { name: 'data_exported', accountId: 'claire', actorId: 'hugo', reason: REASON },
    ]);
  });

  it.each([
    ['without a reason', ' ', undefined, 'validation.failed'],
    ['of who is erased', REASON, '', 'account.state'],
  ])('are not given %s', async (_, reason, email, code) => {
    const { steps, collect } = data(email);
    await expect(collect(reason)).rejects.toMatchObject({ code });
    expect(steps.taken).toEqual(['administered.touch']);
  });
});
