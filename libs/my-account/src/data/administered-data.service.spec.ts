import type { AdministeredAccountService, Administrator } from '@portillon/administration';
import type { AuditEntry, AuditService } from '@portillon/audit';
import { journalOf, Steps } from '@portillon/testing';
import { client, own } from '../testing/own.fixture';
import { AdministeredDataService } from './administered-data.service';
import type { PersonalRecords, PersonalRecordsService } from './personal-records.service';

const REASON = 'Lettre recommandée';
const HUGO = {
  actor: { kind: 'person', id: 'hugo', structure: null },
  scope: { structureId: 'hospital' },
  client,
} as unknown as Administrator;
const NADIA = { ...HUGO, scope: { structureId: null } };

/** Lines of the journal: of the hospital, and of the clinic that Claire left. */
const LINES = [
  { id: '4', structureId: 'hospital', actorId: 'hugo', reason: 'carte perdue' },
  { id: '3', structureId: 'clinic', actorId: 'paul', reason: 'procédure disciplinaire' },
  { id: '2', structureId: null, actorId: 'nadia', reason: 'signalement' },
  { id: '1', structureId: 'clinic', actorId: null, reason: 'wrong-code' },
] as AuditEntry[];

function data(email = 'claire@hopital.example') {
  const steps = new Steps();
  const { audit } = journalOf<AuditService>(steps);
  const service = new AdministeredDataService(
    steps.of<AdministeredAccountService>('administered', { touch: async () => own({ email }) }),
    steps.of<PersonalRecordsService>('records', {
      collect: async () => ({ activity: LINES }) as PersonalRecords,
    }),
    audit,
  );
  return { steps, collect: (by = HUGO) => service.collect(by, 'claire', REASON) };
}

describe('the data of a person who cannot sign in', () => {
  it('leave out what administrators of another structure, or of all of them, wrote as a reason', async () => {
    const reasonsFor = async (by: Administrator) =>
      (await data().collect(by)).activity.map(({ reason }) => reason);
    expect(await reasonsFor(HUGO)).toEqual(['carte perdue', null, null, 'wrong-code']);
    expect(await reasonsFor(NADIA)).toEqual(LINES.map(({ reason }) => reason));
  });

  it('are left out for an erased account', async () => {
    const { steps, collect } = data('');
    await expect(collect()).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken).toEqual(['administered.touch']);
  });
});
