import { DAY, HOUR, MINUTE, addMilliseconds } from '@portillon/kernel';
import { NO_POLICY } from '@portillon/structure';
import { SettableClock } from '@portillon/testing';
import { signingIn } from '../testing/real-sign-in.fixture';
import { DrawnDeployment, DrawnPerson, NOW, VOID_DIGEST } from '../testing/ways-in.fixture';

const DEPLOYMENT: DrawnDeployment = {
  options: {
    publicUrl: 'http://portillon.test',
    freshMs: 5 * MINUTE,
    administratorsNeedStrongMeans: false,
    recoveryCodes: false,
    codeWindowScope: 'browser',
    codeWindowMs: DAY,
    otherMeans: ['cpx', 'passkey'],
  },
  pscAway: false,
  channels: { EMAIL: true, SMS: true },
  smsBudget: 10,
  failing: [],
};

/** Nadia. Default: she has a password only, and her structure has no rules. */
function nadia(account: Partial<DrawnPerson['account']> = {}, rest: Partial<DrawnPerson> = {}): DrawnPerson {
  const hospital = { id: 'hospital', name: 'Hôpital des Trois Dames' };
  return {
    account: {
      id: '000001',
      username: 'nadia.benali',
      email: 'nadia@hopital.example',
      status: 'ACTIVE',
      structure: hospital,
      phone: null,
      codeChannel: 'EMAIL',
      nationalId: null,
      passwordDigest: 'digest',
      policy: NO_POLICY,
      emergency: null,
      emailUnreachableSince: null,
      erasureRequestedAt: null,
      invitedUntil: null,
      ...account,
    } as DrawnPerson['account'],
    passkeys: [],
    hasTotp: false,
    hasRecoveryCode: false,
    delay: undefined,
    codeLock: undefined,
    codes: [],
    neighboursFull: false,
    rememberedAt: null,
    ...rest,
  };
}

const answerFor = (person: DrawnPerson) =>
  signingIn([person], DEPLOYMENT, new SettableClock(NOW)).waysIn.of(person);
const reasonsOf = async (person: DrawnPerson) => (await answerFor(person)).reasons;

const canEnter = (person: DrawnPerson) =>
  signingIn([person], DEPLOYMENT, new SettableClock(NOW)).waysIn.canEnter(person);

describe('whether a person can enter', () => {
  const required = { ...NO_POLICY, strongMeansFrom: addMilliseconds(NOW, -DAY) };

  it('is yes by any means whose session is not limited to adding a strong means', async () => {
    expect(await canEnter(nadia())).toBe(true);
    expect(await canEnter(nadia({ policy: required, nationalId: '899700366240' }))).toBe(true);
  });

  it('is no of a closed account, and of a session that only adds a strong means', async () => {
    expect(await canEnter(nadia({ status: 'DEACTIVATED' }))).toBe(false);
    expect(await canEnter(nadia({ policy: required }))).toBe(false);
  });
});

describe('the answer about a person', () => {
  it('is nothing where they enter as usual', async () => {
    const { canEnter, by, reasons, ways } = await answerFor(nadia());
    expect({ canEnter, by, reasons }).toEqual({ canEnter: 'yes', by: ['password'], reasons: [] });
    expect(ways.map(({ means, codes }) => [means, codes])).toEqual([
      ['pro-sante-connect', []],
      ['cpx', []],
      ['passkey', []],
      ['password', ['EMAIL']],
    ]);
  });

  it.each(['reported', 'incident', 'closing'] as const)(
    'is that the password is void, why and since when: %s',
    async (reason) => {
      const since = addMilliseconds(NOW, -DAY);
      const void_ = { passwordDigest: VOID_DIGEST, passwordVoid: { reason, since } };
      const code = `password-void-${reason}`;
      const kept = await answerFor(nadia(void_));
      expect(kept).toMatchObject({ canEnter: 'no', by: [], reasons: [{ code, blocks: true, since }] });
      const byCard = await answerFor(nadia({ ...void_, nationalId: '899700366240' }));
      expect(byCard).toMatchObject({ canEnter: 'only-by', by: ['cpx'], reasons: [{ code }] });
    },
  );

  it('is the rule of the structure with its date, what it takes, and what of that they lack', async () => {
    const since = addMilliseconds(NOW, -23 * DAY);
    const kept = await answerFor(nadia({ policy: { ...NO_POLICY, strongMeansFrom: since } }));
    expect(kept.canEnter).toBe('no');
    expect(kept.reasons).toMatchObject([
      {
        code: 'strong-means-only',
        since,
        structure: { id: 'hospital', name: 'Hôpital des Trois Dames' },
        accepts: ['cpx', 'passkey'],
      },
      { code: 'no-identity' },
      { code: 'no-passkey' },
    ]);
  });

  it('is that the identity is to be verified, and since when', async () => {
    const policy = { ...NO_POLICY, identityRequiredFrom: addMilliseconds(NOW, -DAY) };
    const kept = await answerFor(nadia({ policy, identity: null }));
    expect(kept.canEnter).toBe('no');
    expect(kept.reasons[0]).toMatchObject({
      code: 'identity-unverified',
      since: addMilliseconds(NOW, -DAY),
      accepts: ['cpx'],
    });
    const verified = { method: 'face-to-face' as const, at: NOW };
    expect(await answerFor(nadia({ policy, identity: verified }))).toMatchObject({ canEnter: 'yes' });
    const linked = await answerFor(nadia({ policy, identity: null, nationalId: '899700366240' }));
    expect(linked).toMatchObject({ canEnter: 'only-by', by: ['cpx'] });
  });

  describe('in an outage of SMS', () => {
    const down = { ...DEPLOYMENT, failing: ['SMS' as const] };
    const phone = { number: '+33600000178', verifiedAt: NOW };
    const awayReasons = async (person: DrawnPerson) =>
      (await signingIn([person], down, new SettableClock(NOW)).waysIn.of(person)).reasons;

    it('is a notice to those who receive codes by SMS, with mail if it works', async () => {
      const sms = nadia({ phone, codeChannel: 'SMS' });
      const away = { code: 'channel-away', blocks: false, channel: 'SMS', since: NOW };
      expect(await awayReasons(sms)).toEqual([{ ...away, instead: 'EMAIL' }]);
      expect(await reasonsOf(sms)).toEqual([]);
    });

    it('is why those cannot enter who have no other channel and no code that still holds', async () => {
      const mailDown: DrawnDeployment = { ...DEPLOYMENT, failing: ['EMAIL'] };
      const away = { code: 'channel-away', blocks: true, channel: 'EMAIL', since: NOW };
      const answer = (person: DrawnPerson, deployment = mailDown) =>
        signingIn([person], deployment, new SettableClock(NOW)).waysIn.of(person);
      expect(await answer(nadia())).toMatchObject({ canEnter: 'no', reasons: [away] });
      const withCard = nadia({ nationalId: '899700366240' });
      expect(await answer(withCard)).toMatchObject({ canEnter: 'only-by', by: ['cpx'], reasons: [away] });
      expect(await answer(nadia({}, { hasTotp: true }))).toMatchObject({ canEnter: 'yes', reasons: [] });
      const perPerson = { ...mailDown.options, codeWindowScope: 'account' } as const;
      const remembered = nadia({}, { rememberedAt: addMilliseconds(NOW, -HOUR) });
      const everywhere = { ...mailDown, options: perPerson };
      expect(await answer(remembered, everywhere)).toMatchObject({ canEnter: 'yes', reasons: [] });
    });

    it('is nothing for those who use mail or an app', async () => {
      expect(await awayReasons(nadia({ phone }))).toEqual([]);
      expect(await awayReasons(nadia({ phone, codeChannel: 'SMS' }, { hasTotp: true }))).toEqual([]);
    });
  });

  it('is until when a session adds a means alone', async () => {
    const since = addMilliseconds(NOW, -DAY);
    const { canEnter, by, reasons } = await answerFor(
      nadia({ policy: { ...NO_POLICY, strongMeansFrom: since } }),
    );
    expect({ canEnter, by }).toEqual({ canEnter: 'enrolment-only', by: ['password'] });
    expect(reasons[0]).toMatchObject({
      code: 'enrolment-only',
      since,
      until: addMilliseconds(since, 14 * DAY),
    });
  });

  it('is a card alone where the rule leaves one', async () => {
    const policy = { ...NO_POLICY, strongMeansFrom: addMilliseconds(NOW, -23 * DAY) };
    const { canEnter, by, reasons } = await answerFor(nadia({ policy, nationalId: '899700366240' }));
    expect({ canEnter, by }).toEqual({ canEnter: 'only-by', by: ['cpx'] });
    expect(reasons).toMatchObject([{ code: 'strong-means-only' }]);
  });

  it.each([
    ['erased', { status: 'DEACTIVATED', email: '' }, 'account-erased'],
    ['closed', { status: 'DEACTIVATED' }, 'account-closed'],
    ['invited', { status: 'INVITED', invitedUntil: addMilliseconds(NOW, 1) }, 'invitation-sent'],
    ['invited, too long ago', { status: 'INVITED', invitedUntil: NOW }, 'invitation-over'],
    ['invited before this was noted', { status: 'INVITED' }, 'invitation-sent'],
  ] as const)('is the state of the account and nothing else: %s', async (_state, account, code) => {
    const reasons = await reasonsOf(nadia(account, { codeLock: { retryAt: null } }));
    expect(reasons.map((one) => one.code)).toEqual([code]);
  });

  it.each([
    ['a lock', { delay: { until: addMilliseconds(NOW, HOUR), isLock: true } }, 'password-locked'],
    [
      'a wait of seconds, which is no lock',
      { delay: { until: addMilliseconds(NOW, 1), isLock: false } },
      'password-wait',
    ],
    ['a lock of the code step', { codeLock: { retryAt: addMilliseconds(NOW, HOUR) } }, 'code-locked'],
    ['one that no time ends', { codeLock: { retryAt: null } }, 'code-closed'],
  ] as const)('is %s', async (_what, rest, code) => {
    expect(await reasonsOf(nadia({}, rest))).toMatchObject([{ code }]);
  });
});
