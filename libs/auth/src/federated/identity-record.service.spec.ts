import type { IdentityVerificationService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { CLAIRE } from '../testing/sign-in.fixture';
import { IdentityRecordService } from './identity-record.service';

const PROVEN = { means: 'cpx', nationalId: CLAIRE.nationalId!, client: CLIENT } as const;
const TX = {} as EntityManager;

function recording({ isOfAccount = true } = {}) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const noted: unknown[] = [];
  const clock = new SettableClock();
  const identities = steps.of<IdentityVerificationService>('identities', {
    recordVerified: async (id, nationalId, method) => (noted.push([id, nationalId, method]), isOfAccount),
    recordNames: async (id, names) => void noted.push([id, names]),
  });
  return { clock, entries, noted, service: new IdentityRecordService(identities, audit, clock) };
}

describe('an identity that a card or Pro Santé Connect proves', () => {
  it('is stored with its means, and recorded in the person’s journal', async () => {
    const { entries, noted, service } = recording();
    await service.record(CLAIRE, PROVEN, TX);
    await service.record(CLAIRE, { ...PROVEN, means: 'pro-sante-connect' }, TX);
    expect(noted).toEqual([
      ['claire', CLAIRE.nationalId, 'card'],
      ['claire', CLAIRE.nationalId, 'pro-sante-connect'],
    ]);
    const event = { name: 'identity_verified', outcome: 'SUCCESS', accountId: 'claire' };
    expect(entries).toMatchObject([
      { ...event, means: 'cpx', data: { method: 'card' } },
      { ...event, means: 'pro-sante-connect', data: { method: 'pro-sante-connect' } },
    ]);
  });

  it('is written down by a sign-in when nothing is, or what is there is a year old, and not each time', async () => {
    const { clock, noted, service } = recording();
    const at = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
    await service.recordIfOld({ ...CLAIRE, identity: { method: 'face-to-face', at: at(364) } }, PROVEN, TX);
    expect(noted).toEqual([]);
    await service.recordIfOld({ ...CLAIRE, identity: { method: 'face-to-face', at: at(365) } }, PROVEN, TX);
    await service.recordIfOld({ ...CLAIRE, identity: null }, PROVEN, TX);
    expect(noted).toHaveLength(2);
  });

  it('comes with the names that are stated, and without those of another account', async () => {
    const names = { givenName: 'Claire', familyName: 'MARTIN' };
    const [own, other] = [recording(), recording({ isOfAccount: false })];
    await own.service.record(CLAIRE, { ...PROVEN, names }, TX);
    await other.service.record(CLAIRE, { ...PROVEN, names }, TX);
    expect(own.noted.at(-1)).toEqual(['claire', names]);
    expect(other.noted).toHaveLength(1);
  });

  it('is not written down of an account that has another national id by now', async () => {
    const { entries, service } = recording({ isOfAccount: false });
    await service.record(CLAIRE, PROVEN, TX);
    expect(entries).toEqual([]);
  });
});
