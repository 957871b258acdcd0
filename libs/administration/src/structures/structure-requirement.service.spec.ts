import { NO_POLICY, Structure, StructureEdit, StructurePolicy, StructureService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../core/act-journal.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import type { AdministeredStructureService } from './administered-structure.service';
import type { DeploymentLimitsService } from './deployment-limits.service';
import { StructureRequirementService } from './structure-requirement.service';

const DEPLOYMENT = {
  smsAvailable: false,
  codeWindowHours: 12,
  proSanteConnectOffered: false,
  cardOffered: true,
  passkeysOffered: false,
  totpOffered: true,
};

function requirements(status: StructureEdit['status'] = 'edited', before: StructurePolicy = NO_POLICY) {
  const steps = new Steps();
  const journalled: JournalAct[] = [];
  const service = new StructureRequirementService(
    steps.transactions,
    steps.of<AdministeredStructureService>('administered', {
      get: async () => ({ policy: before }) as Structure,
    }),
    steps.of<StructureService>('structures', { setPolicy: async () => ({ status }) }),
    { limits: DEPLOYMENT } as DeploymentLimitsService,
    steps.of<ActJournalService>('journal', {
      recordOnStructure: async (_administrator, _structure, act) => void journalled.push(act),
    }),
    refusing(steps),
  );
  return { steps, journalled, service };
}

describe('what a structure asks from now on', () => {
  it('keeps the rule of two administrators when it is left out, and lets the structure set it', async () => {
    const { fourEyes, ...rest } = NO_POLICY;
    const kept = requirements('edited', { ...NO_POLICY, fourEyes: true });
    await kept.service.set(OF_HOSPITAL, 'hospital', rest, 1);
    expect(kept.journalled).toMatchObject([{ data: { fourEyes: true } }]);
    const set = requirements();
    await set.service.set(OF_HOSPITAL, 'hospital', { ...NO_POLICY, fourEyes: true }, 1);
    expect(set.journalled).toMatchObject([{ data: { fourEyes: true } }]);
  });

  it('keeps what is left out of strong means, and says in words what it accepts', async () => {
    const from = new Date('2027-03-01T00:00:00Z');
    const dated = {
      ...NO_POLICY,
      strongMeansFrom: from,
      identityRequiredFrom: from,
      passkeyKind: 'device' as const,
    };
    const { strongMeansFrom, passkeyKind, totpIsStrong, passkeyIdentity, ...others } = NO_POLICY;
    const { identityRequiredFrom, ...rest } = others;
    const kept = requirements('edited', dated);
    await kept.service.set(OF_HOSPITAL, 'hospital', { ...rest, passkeyIdentity: 'proven' }, 1);
    expect(kept.journalled).toMatchObject([
      {
        data: {
          strongMeansFrom: '2027-03-01T00:00:00.000Z',
          identityRequiredFrom: '2027-03-01T00:00:00.000Z',
          acceptedPasskeys: 'device',
          passkeyIdentity: 'proven',
          totpIsStrong: false,
        },
      },
    ]);
    await kept.service.set(OF_HOSPITAL, 'hospital', { ...rest, strongMeansFrom: null }, 1);
    expect(kept.journalled.at(-1)).toMatchObject({ data: { strongMeansFrom: null } });
  });
});
