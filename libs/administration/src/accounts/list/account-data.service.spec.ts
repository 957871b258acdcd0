import type { AuditEntry } from '@portillon/audit';
import type { ExportService, PersonalData } from '@portillon/personal-data';
import { Steps } from '@portillon/testing';
import type { AdministeredAccountService, Administrator } from '@portillon/user-management';
import { claire, NATIONAL, OF_HOSPITAL } from '@portillon/user-management/testing';
import { AccountDataService } from './account-data.service';

const REASON = 'Lettre recommandée';

/** Lines of the journal: of the hospital, and of the clinic that Claire left. */
const LINES = [
  { id: '4', structureId: 'hospital', actorId: 'hugo', reason: 'carte perdue' },
  { id: '3', structureId: 'clinic', actorId: 'paul', reason: 'procédure disciplinaire' },
  { id: '2', structureId: null, actorId: 'nadia', reason: 'signalement' },
  { id: '1', structureId: 'clinic', actorId: null, reason: 'wrong-code' },
] as AuditEntry[];

function data(email = 'claire@hopital.example') {
  const steps = new Steps();
  const service = new AccountDataService(
    steps.of<AdministeredAccountService>('administered', { getForAct: async () => claire({ email }) }),
    steps.of<ExportService>('exports', {
      export: async (_account, _cause, shown) => ({ activity: LINES.map(shown!) }) as unknown as PersonalData,
    }),
  );
  return { steps, take: (by = OF_HOSPITAL) => service.export(by, 'claire', REASON) };
}

describe('the data of a person who cannot sign in', () => {
  it('leave out what administrators of another structure, or of all of them, wrote as a reason', async () => {
    const reasonsFor = async (by: Administrator) =>
      (await data().take(by)).activity.map(({ reason }) => reason);
    expect(await reasonsFor(OF_HOSPITAL)).toEqual(['carte perdue', null, null, 'wrong-code']);
    expect(await reasonsFor(NATIONAL)).toEqual(LINES.map(({ reason }) => reason));
  });

  it('are left out for an erased account', async () => {
    const { steps, take } = data('');
    await expect(take()).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken).not.toContain('exports.export');
  });
});
