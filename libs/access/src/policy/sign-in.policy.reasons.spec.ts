import type { Account } from '@portillon/account';
import type { StructurePolicy } from '@portillon/structure';
import { DAY, HOUR, addMilliseconds } from '@portillon/kernel';
import { clock, emergency, person, policiesOf, policy } from '../testing/policy.fixture';
import type { Presented, WayInReason } from './admission.types';

const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };
const at = (days: number) => addMilliseconds(clock.now(), days * DAY);
const LOCKED: WayInReason = { code: 'code-locked', blocks: true };
const NO_IDENTITY: WayInReason = { code: 'no-identity', blocks: true };
const NO_PASSWORD: WayInReason = { code: 'no-password', blocks: true };

function judged(presented: Presented, asked: Partial<StructurePolicy> = {}, rest: Partial<Account> = {}) {
  return policy.judge(person(asked, { structure: HOSPITAL, identity: null, ...rest }), presented);
}
const password = (known: Partial<Presented> = {}): Presented => ({ means: 'password', ...known });

describe('the reasons of a judgement: the state of the account', () => {
  it.each([
    ['erased', { status: 'DEACTIVATED', email: '' }, 'account-erased', undefined],
    ['closed', { status: 'DEACTIVATED', email: 'c@hopital.example' }, 'account-closed', undefined],
    ['invited', { status: 'INVITED', invitedUntil: at(1) }, 'invitation-sent', at(1)],
    ['invited too long ago', { status: 'INVITED', invitedUntil: at(0) }, 'invitation-over', at(0)],
    ['invited before this was recorded', { status: 'INVITED' }, 'invitation-sent', undefined],
  ] as const)('%s', (_state, account, code, until) => {
    const { opens, reasons } = judged(password({ stops: [NO_PASSWORD] }), {}, account);
    expect([opens, reasons]).toEqual([false, [{ code, blocks: true, ...(until && { until }) }]]);
  });

  it('are none of no account', () => {
    expect(policy.judge(undefined, password())).toEqual({ opens: false, refusal: 'unknown', reasons: [] });
  });
});

describe('the reasons of a judgement: the rules of the structure', () => {
  it('name the rule, since when, whose it is and what it accepts instead', () => {
    const { reasons } = judged(password(), { strongMeansFrom: at(-14) });
    const accepts = ['pro-sante-connect', 'cpx', 'passkey'];
    const rule = { blocks: true, since: at(-14), structure: HOSPITAL, accepts };
    expect(reasons).toEqual([{ code: 'strong-means-only', ...rule }]);
  });

  it('name the app among what is accepted where it counts as strong, and Pro Santé Connect alone where it must be', () => {
    const withApp = judged(password({ own: [] }), { strongMeansFrom: at(-14), totpIsStrong: true });
    expect(withApp.reasons[0]?.accepts).toEqual(['pro-sante-connect', 'cpx', 'passkey', 'totp']);
    const closed = judged(password(), { proSanteConnectFrom: at(-1), totpIsStrong: true });
    expect(closed.reasons).toMatchObject([
      { code: 'pro-sante-connect-only', since: at(-1), accepts: ['pro-sante-connect'] },
    ]);
  });

  it('name the identity that is to be verified, with the means that verify it', () => {
    const { reasons } = judged(password(), { identityRequiredFrom: at(-1) });
    const rule = { code: 'identity-unverified', since: at(-1), accepts: ['pro-sante-connect', 'cpx'] };
    expect(reasons).toMatchObject([rule]);
  });

  it('name what each passkey lacks where none is accepted, and nothing where one is', () => {
    const [synced, device] = [
      { kind: 'synced', identityProof: null },
      { kind: 'device', identityProof: null },
    ] as const;
    const asked = { passkeyKind: 'device', passkeyIdentity: 'proven' } as const;
    const { reasons } = judged({ means: 'passkey', passkeys: [synced, device, device] }, asked);
    const rule = { blocks: true, structure: HOSPITAL };
    expect(reasons).toEqual([
      { code: 'passkey-kind', ...rule },
      { code: 'passkey-identity', ...rule },
    ]);
    const proven = { kind: 'device', identityProof: 'cpx' } as const;
    const accepted = judged({ means: 'passkey', passkeys: [synced, proven] }, asked);
    expect(accepted).toMatchObject({ opens: true, needs: 'nothing', enrolmentOnly: false, reasons: [] });
  });

  it('say that there is no passkey beside a rule that would refuse it', () => {
    const { reasons } = judged({ means: 'passkey', passkeys: [] }, { proSanteConnectFrom: at(0) });
    expect(reasons.map(({ code }) => code)).toEqual(['pro-sante-connect-only', 'no-passkey']);
    expect(judged({ means: 'passkey', passkeys: [] })).toEqual({
      opens: false,
      refusal: 'means-forbidden',
      reasons: [{ code: 'no-passkey', blocks: true }],
    });
  });
});

describe('the reasons of a judgement: what stops the person', () => {
  it('follow the rule, and those of the code are left out where a rule ends the sign-in before it', () => {
    const presented = password({ stops: [NO_PASSWORD], codeStops: [LOCKED] });
    expect(judged(presented).reasons).toEqual([NO_PASSWORD, LOCKED]);
    const ruled = judged(presented, { strongMeansFrom: at(-14) });
    expect(ruled.reasons.map(({ code }) => code)).toEqual(['strong-means-only', 'no-password']);
    const byCard = judged({ means: 'cpx', stops: [NO_IDENTITY], codeStops: [LOCKED] });
    expect(byCard.reasons).toEqual([NO_IDENTITY]);
  });

  it('count of the code step only where a code is needed', () => {
    const stopped = { codeStops: [LOCKED] };
    expect(judged(password({ ...stopped, acceptedAt: clock.now() }))).toMatchObject({
      opens: true,
      needs: 'nothing',
      acceptedAt: clock.now(),
    });
    const given = judged(password({ ...stopped, given: { code: 'mail' } }));
    expect(given).toMatchObject({ opens: true, needs: 'nothing', acceptedAt: null });
    expect(judged(password(stopped))).toMatchObject({ opens: false });
    expect(judged(password())).toMatchObject({ opens: true, needs: 'code', reasons: [] });
  });
});

describe('the reasons of a judgement: what hinders or is to be known', () => {
  it('say until when a session adds a strong means alone', () => {
    const asked = { strongMeansFrom: at(-1) };
    const [reason] = judged(password(), asked).reasons;
    const accepts = ['pro-sante-connect', 'cpx', 'passkey'];
    const rule = { since: at(-1), until: at(13), structure: HOSPITAL, accepts };
    expect(reason).toEqual({ code: 'enrolment-only', blocks: false, ...rule });
    expect(judged({ means: 'cpx' }, asked).reasons).toEqual([]);
  });

  it('say no end of it to a person whose recovery code still opens it', () => {
    const { policy: recovering } = policiesOf({ recoveryCodes: true });
    const past = person({ strongMeansFrom: at(-14) });
    const { reasons } = recovering.judge(past, password({ own: ['recovery-code'] }));
    expect(reasons).toMatchObject([{ code: 'enrolment-only', blocks: false, since: at(-14) }]);
    expect(reasons[0]).not.toHaveProperty('until');
  });

  it('say that mails come back where the code would leave by mail', () => {
    const since = at(-2);
    const codesOf = (sendsBy?: 'EMAIL' | 'SMS') =>
      judged(password({ sendsBy }), {}, { emailUnreachableSince: since }).reasons;
    expect(codesOf('EMAIL')).toEqual([{ code: 'mail-unreachable', blocks: false, since }]);
    expect([codesOf('SMS'), codesOf()]).toEqual([[], []]);
    expect(judged(password({ sendsBy: 'EMAIL' })).reasons).toEqual([]);
  });

  it('end with the open emergency access, for its own means', () => {
    const until = addMilliseconds(clock.now(), HOUR);
    const open = { code: 'emergency-access', blocks: false, until };
    const limit = { hours: null, until: until.toISOString() };
    const opened = { ...emergency('password') };
    expect(judged(password(), { strongMeansFrom: at(-14) }, opened)).toMatchObject({
      opens: true,
      needs: 'code',
      limit,
      reasons: [open],
    });
    expect(judged({ means: 'cpx' }, {}, opened).reasons).toEqual([]);
    expect(judged({ means: 'cpx' }, { proSanteConnectFrom: at(0) }, emergency('cpx')).reasons).toEqual([
      open,
    ]);
  });
});
