import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { EnrolmentProofService } from '@portillon/auth';
import type { FactorPolicy, SecurityChangeService } from '@portillon/access';
import type {
  PasskeyRegistrationService,
  PasskeyService,
  RegistrationCheck,
  RegistrationResponseJSON,
  VerifiedRegistration,
} from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { OwnPasskeyService } from './own-passkey.service';
import { CLAIRE, noticesOf, PASSKEY, SESSION } from '../testing/passkey.fixture';

const MADE = { name: 'Clé', response: {} as RegistrationResponseJSON, shared: false };
const VERIFIED = { status: 'verified' } as VerifiedRegistration;

function enrolling({
  checked = VERIFIED as RegistrationCheck,
  saved = true,
  accepted = true,
  full = false,
  room = true,
  proven = true,
} = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const { notices, notified, details } = noticesOf(steps);
  const kept: Parameters<PasskeyRegistrationService['save']>[1][] = [];
  const asked: unknown[] = [];
  const begun = { options: {} as never, cookie: 'cookie' };
  const service = new OwnPasskeyService(
    steps.of<PasskeyService>('passkeys', {}),
    steps.of<AccountService>('accounts', { get: async () => CLAIRE }),
    { acceptsPasskeyKind: () => accepted } as unknown as FactorPolicy,
    steps.of<EnrolmentProofService>('proofs', {
      require: async () => {
        if (!proven) throw new AppError('password.confirmation-required');
        return CLAIRE;
      },
    }),
    steps.of<PasskeyRegistrationService>('registrations', {
      begin: async (person, binding) => {
        asked.push([person, binding]);
        return full ? undefined : begun;
      },
      check: async () => checked,
      hasRoom: async () => room,
      save: async (_checked, facts) => {
        kept.push(facts);
        return saved ? PASSKEY : undefined;
      },
    }),
    steps.of<SecurityChangeService>('changes', { run: (_, work) => steps.transactions.run(work) }),
    notices,
    audit,
  );
  return {
    steps,
    lines,
    entries,
    asked,
    notified,
    details,
    kept,
    begin: () => service.beginEnrolment(SESSION, undefined, false, CLIENT),
    finish: (made = MADE, session = SESSION) => service.add(session, 'cookie', made, CLIENT),
  };
}

describe('a passkey that is added', () => {
  it('cannot begin before the person is proven', async () => {
    const stolen = enrolling({ proven: false });
    await expect(stolen.begin()).rejects.toMatchObject({ code: 'password.confirmation-required' });
    expect(stolen.asked).toEqual([]);
    const { asked, begin } = enrolling();
    await begin();
    const person = { accountId: 'claire', username: 'claire.martin', displayName: 'Claire Martin' };
    expect(asked).toEqual([[person, 'session']]);
  });

  it('is kept, notified by mail and written in the journal in one transaction', async () => {
    const { steps, lines, entries, notified, details, finish } = enrolling();
    expect(await finish()).toBe(PASSKEY);
    expect(steps.taken).toEqual([
      'registrations.check',
      'accounts.get',
      'changes.run',
      'begin',
      'registrations.hasRoom(tx)',
      'registrations.save(tx)',
      'notices.notify(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect([lines, notified]).toEqual([['passkey_added'], ['passkey-added claire']]);
    const data = { passkeyId: 'passkey', passkeyKind: 'device' };
    expect([entries, details]).toMatchObject([[{ data }], [{ client: CLIENT }]]);
  });

  it('has the name that the person gives, and the proof of identity of the session that added it', async () => {
    const { kept, finish } = enrolling();
    await finish();
    await finish(MADE, { ...SESSION, means: 'cpx' });
    expect(kept).toEqual([
      { name: 'Clé', identityProof: null },
      { name: 'Clé', identityProof: 'cpx' },
    ]);
  });

  it('is refused with its reason in the journal, and no mail', async () => {
    const { lines, notified, finish } = enrolling({
      checked: { status: 'rejected', reason: 'passkey-cross-origin' },
    });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect([lines, notified]).toEqual([['authn_passkey_fail passkey-cross-origin'], []]);
  });

  it('is refused where the structure takes no key that is kept so', async () => {
    const { steps, lines, finish } = enrolling({ accepted: false });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey.not-accepted' });
    expect(lines).toEqual(['authn_passkey_fail means-forbidden']);
    expect(steps.taken).not.toContain('registrations.save(tx)');
  });

  it('that stays in a workstation of several people is refused and says why, unlike a security key', async () => {
    const response = { authenticatorAttachment: 'platform' } as RegistrationResponseJSON;
    const { lines, finish } = enrolling();
    await expect(finish({ ...MADE, response, shared: true })).rejects.toMatchObject({
      code: 'passkey.shared',
    });
    expect(lines).toEqual(['authn_passkey_fail passkey-shared']);
    expect(await enrolling().finish({ ...MADE, response })).toBe(PASSKEY);
    expect(await enrolling().finish({ ...MADE, shared: true })).toBe(PASSKEY);
  });

  it('is not begun where the person has as many as one may have', async () => {
    await expect(enrolling({ full: true }).begin()).rejects.toMatchObject({ code: 'passkey.too-many' });
  });

  it('is not kept where the person has as many by then', async () => {
    const { kept, lines, finish } = enrolling({ room: false });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey.too-many' });
    expect([kept, lines]).toEqual([[], []]);
  });

  it('is not kept twice', async () => {
    const { notified, finish } = enrolling({ saved: false });
    await expect(finish()).rejects.toMatchObject({ code: 'passkey.rejected' });
    expect(notified).toEqual([]);
  });
});
