import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { SecurityChangeService } from '@portillon/access';
import type { FactorResetService, FactorPolicy } from '@portillon/access';
import type { EnrolmentProofService } from '@portillon/auth';
import type { PasskeyRegistrationService, PasskeyService } from '@portillon/authenticator';
import type { Session, SessionService } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { identityProofOf, OwnPasskeyService } from './own-passkey.service';
import { CLAIRE, noticesOf, PASSKEY, SESSION } from '../testing/passkey.fixture';

function own(isOwn = true, { offered = true, accepted = true } = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const { notices, notified, details } = noticesOf(steps);
  const passkeys = steps.of<PasskeyService>('passkeys', {
    list: async () => [PASSKEY],
    rename: async () => isOwn,
    end: async () => isOwn,
  });
  const service = new OwnPasskeyService(
    Object.assign(passkeys, { offered }),
    { get: async () => CLAIRE } as unknown as AccountService,
    { passkeyRule: () => (accepted ? undefined : 'passkey-kind') } as unknown as FactorPolicy,
    steps.of<EnrolmentProofService>('proofs', {}),
    steps.of<PasskeyRegistrationService>('registrations', {}),
    new SecurityChangeService(
      steps.transactions,
      steps.of<AccountService>('accounts', { lockRow: async () => undefined }),
      steps.of<SessionService>('sessions', { isOpen: async () => true }),
      steps.of<FactorResetService>('factorReset', { endOthers: async () => undefined }),
      notices,
      audit,
    ),
    notices,
    audit,
  );
  return { steps, lines, entries, notified, details, service };
}

describe('the passkeys of a person', () => {
  it.each([
    [true, { offered: true, accepted: true }],
    [false, { offered: false, accepted: true }],
    [false, { offered: true, accepted: false }],
  ])('sign in and confirm: %s, where they are %o', async (accepted, world) => {
    expect(await own(true, world).service.list(SESSION)).toEqual([{ passkey: PASSKEY, accepted }]);
  });

  it('are renamed with a mail and a line in the journal', async () => {
    const { lines, entries, notified, details, service } = own();
    await service.rename(SESSION, 'passkey', 'Téléphone', CLIENT);
    expect([lines, notified]).toEqual([['passkey_renamed'], ['passkey-renamed claire']]);
    expect([entries, details]).toMatchObject([[{ data: { passkeyId: 'passkey' } }], [{ client: CLIENT }]]);
  });

  it('are ended with all that was opened elsewhere', async () => {
    const { steps, lines, entries, notified, service } = own();
    await service.end(SESSION, 'passkey', CLIENT);
    expect(steps.taken).toContain('passkeys.end(tx)');
    expect(steps.taken).toContain('factorReset.endOthers(tx)');
    expect([lines, notified]).toEqual([['passkey_removed'], ['passkey-removed claire']]);
    expect(entries).toMatchObject([{ data: { passkeyId: 'passkey' } }]);
  });

  it('are not touched by another person, for whom they do not exist', async () => {
    const { notified, service } = own(false);
    await expect(service.rename(SESSION, 'passkey', 'À moi', CLIENT)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(service.end(SESSION, 'passkey', CLIENT)).rejects.toMatchObject({ code: 'not-found' });
    expect(notified).toEqual([]);
  });
});

it.each<[string | null, Pick<Session, 'means' | 'proof'>]>([
  ['cpx', { means: 'cpx', proof: {} }],
  ['pro-sante-connect', { means: 'pro-sante-connect', proof: {} }],
  ['cpx', { means: 'passkey', proof: { identity: 'cpx' } }],
  [null, { means: 'passkey', proof: {} }],
  [null, { means: 'password', proof: { renewedBy: 'passkey' } }],
  [null, { means: 'cpx', proof: { renewedBy: 'code' } }],
  [null, { means: 'pro-sante-connect', proof: { delegated: true } }],
])('an identity is proven by %s in %j', (expected, session) => {
  expect(identityProofOf(session)).toBe(expected);
});
