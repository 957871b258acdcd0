import type { CodeTimePolicy, Presented, SignInPolicy, WorkplaceService } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type {
  CodeLimit,
  NewSession,
  PendingSignIn,
  PendingSignInService,
  SessionService,
  TrustedDeviceService,
} from '@portillon/session';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import { CLAIRE, OPEN, refusedFor, SESSION } from '../testing/sign-in.fixture';
import type { GivenFactor } from '../code/code-check.service';
import { SessionOpening, SignInCompletionService, SignInRefused } from './sign-in-completion.service';

const OPENING: SessionOpening = {
  accountId: 'claire',
  means: 'password',
  acr: null,
  amr: ['pwd', 'mail'],
  codeAcceptedAt: new Date('2026-01-01'),
  browserId: null,
  client: CLIENT,
};
const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  means: 'password',
  amr: ['pwd'],
  browserId: null,
  principal: {},
} as unknown as PendingSignIn;
const KNOWN = { ...SIGN_IN, browserId: 'browser' };
const PLACE = { rememberBrowser: true, client: CLIENT, browserCookie: 'cookie' };
const FACTS = { channel: 'EMAIL', data: { codeAgeSeconds: 4 } };

interface World {
  account?: Account | undefined;
  isForbidden?: boolean;
  limit?: CodeLimit;
  limited?: boolean;
  takesProof?: boolean;
  /** Whether the sign-in is in progress. */
  isOpen?: boolean;
  fault?: Error;
  /** Whether the cookie still has a token of the browser. */
  inCookie?: boolean;
  /** Whether the browser is still remembered. */
  kept?: boolean;
}

function completing(world: World = {}) {
  const { isForbidden = false, limit, limited = false, takesProof = true, fault } = world;
  const { isOpen = true, inCookie = true, kept = true } = world;
  const steps = new Steps();
  const clock = new SettableClock();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const opened: NewSession[] = [];
  const remembered: unknown[] = [];
  const service = new SignInCompletionService(
    steps.of<PendingSignInService>('signIns', { complete: async () => isOpen }),
    steps.of<TrustedDeviceService>('browsers', {
      tokenIn: (cookie, id) => (inCookie && cookie && id ? 'known token' : undefined),
      rotate: async () => (kept ? 'next token' : undefined),
      remember: async (device) => {
        remembered.push(device);
        return { id: 'new browser', token: 'first token' };
      },
    }),
    steps.of<AccountService>('accounts', {
      recordSignIn: async () => {
        if (fault) throw fault;
        return 'account' in world ? world.account : CLAIRE;
      },
      recordReachable: async () => undefined,
    }),
    steps.of<SessionService>('sessions', {
      open: async (request: NewSession) => {
        opened.push(request);
        return { session: SESSION, token: 's' };
      },
    }),
    { structureOf: async () => undefined } as unknown as WorkplaceService,
    {
      judge: (_: Account, { means, given }: Presented) => {
        const fades = means === 'password' && !takesProof && given?.code !== 'otp';
        if (isForbidden || fades) return refusedFor('means-forbidden');
        return { ...OPEN, enrolmentOnly: limited, limit };
      },
    } as unknown as SignInPolicy,
    { validUntil: () => new Date('2026-01-02') } as unknown as CodeTimePolicy,
    audit,
    clock,
  );
  const open = (changes: Partial<SessionOpening> = {}) =>
    steps.transactions.run((tx) => service.open({ ...OPENING, ...changes }, tx));
  const complete = (signIn = SIGN_IN, proof: GivenFactor['proof'] = { code: 'mail' }, place = PLACE) =>
    steps.transactions.run((tx) => service.complete(signIn, { proof, facts: FACTS }, place, tx));
  return { steps, clock, lines, entries, opened, remembered, open, complete };
}

describe('the end of a sign-in', () => {
  it('ends the sign-in and locks the browser before the account', async () => {
    const { steps, complete } = completing();
    expect(await complete(KNOWN)).toEqual({
      session: SESSION,
      sessionToken: 's',
      browserToken: 'next token',
    });
    const order = [
      'signIns.complete(tx)',
      'browsers.rotate(tx)',
      'accounts.recordSignIn(tx)',
      'sessions.open(tx)',
    ];
    expect(steps.taken.filter((step) => order.includes(step))).toEqual(order);
  });

  it('opens what password and code prove together, from the moment the code was right', async () => {
    const { clock, opened, entries, complete } = completing();
    await complete(KNOWN);
    const proved = { means: 'password', acr: null, amr: ['pwd', 'mail'], proof: { code: 'mail' } };
    expect(opened).toMatchObject([{ ...proved, codeAcceptedAt: clock.now(), browserId: 'browser' }]);
    expect(entries.at(-1)).toMatchObject({ name: 'authn_login_success', ...FACTS });
  });

  it('records a browser that the person had not used before, remembered or not', async () => {
    const account = { ...CLAIRE, policy: {} } as Account;
    for (const [signIn, rememberBrowser, isNew] of [
      [SIGN_IN, true, true],
      [SIGN_IN, false, true],
      [KNOWN, true, undefined],
    ] as const) {
      const { entries, complete } = completing({ account });
      await complete(signIn, { code: 'mail' }, { ...PLACE, rememberBrowser });
      expect(entries.at(-1)?.data?.['newBrowser']).toBe(isNew);
    }
  });

  it('calls a recovery code no one-time password', async () => {
    const { opened, complete } = completing();
    await complete(KNOWN, { recovered: true });
    expect(opened).toMatchObject([{ amr: ['pwd'], proof: { recovered: true } }]);
  });

  it('is none where the sign-in was over, and says no more of an account that may no longer enter', async () => {
    for (const world of [{ isOpen: false }, { account: undefined }, { isForbidden: true }]) {
      const { opened, complete } = completing(world);
      await expect(complete()).rejects.toMatchObject({ code: 'sign-in.required' });
      expect(opened).toEqual([]);
    }
  });

  it('never disguises an internal failure as a refusal', async () => {
    const fault = new Error('database gone');
    await expect(completing({ fault }).complete()).rejects.toBe(fault);
  });
});

describe('the browser in which a code was given', () => {
  it('gets its next token when it is known, and no other line in the journal', async () => {
    const { lines, remembered, complete } = completing();
    expect(await complete(KNOWN)).toMatchObject({ browserToken: 'next token' });
    expect([remembered, lines]).toEqual([[], ['authn_login_success']]);
  });

  it.each<[string, PendingSignIn, World]>([
    ['it is not known', SIGN_IN, {}],
    ['its cookie was cleared', KNOWN, { inCookie: false }],
    ['it was forgotten meanwhile', KNOWN, { kept: false }],
  ])('is remembered anew, with a line of the journal, where %s', async (_, signIn, world) => {
    const { clock, entries, remembered, opened, complete } = completing(world);
    expect(await complete(signIn)).toMatchObject({ browserToken: 'first token' });
    const device = { address: CLIENT.address, userAgent: CLIENT.userAgent };
    expect(remembered).toEqual([{ accountId: 'claire', codeAcceptedAt: clock.now(), device }]);
    const data = { browserId: 'new browser' };
    expect(entries[0]).toMatchObject({ name: 'browser_remembered', accountId: 'claire', data });
    expect(opened).toMatchObject([data]);
  });

  it('is not remembered where the person does not want it, nor at a shared workstation', async () => {
    const principal = { ...SIGN_IN.principal, sharedWorkstation: true as const };
    for (const [signIn, rememberBrowser] of [
      [KNOWN, false],
      [{ ...KNOWN, principal }, true],
    ] as const) {
      const { opened, remembered, complete } = completing();
      const completed = await complete(signIn, { code: 'mail' }, { ...PLACE, rememberBrowser });
      expect(completed.browserToken).toBeUndefined();
      expect([remembered, opened[0]?.browserId]).toEqual([[], null]);
    }
  });
});

describe('a session that is opened', () => {
  it('has the roles that the account has in its own transaction, not those that were read before', async () => {
    const account = { ...CLAIRE, roles: ['national-admin'] } as Account;
    const { steps, lines, opened, open } = completing({ account });
    expect(await open()).toEqual({ account, session: SESSION, sessionToken: 's' });
    expect(opened[0]?.principal.roles).toEqual(['national-admin']);
    expect(steps.taken).toContain('audit.record(tx)');
    expect(lines).toEqual(['authn_login_success']);
  });

  it('shows that the mailbox is there again, when its code opened it and no other', async () => {
    const account = { ...CLAIRE, emailUnreachableSince: new Date('2026-01-01') };
    const { steps, open } = completing({ account });
    await open({ proof: { code: 'sms' } });
    expect(steps.taken).not.toContain('accounts.recordReachable(tx)');
    await open({ proof: { code: 'mail' } });
    expect(steps.taken).toContain('accounts.recordReachable(tx)');
  });

  it('is not opened for an account that is active no more', async () => {
    const { opened, open } = completing({ account: undefined });
    const refusal = await open().catch((error) => error);
    expect(refusal).toBeInstanceOf(SignInRefused);
    expect(refusal).toMatchObject({ account: undefined, reason: 'deactivated' });
    expect(opened).toEqual([]);
  });

  it('is not opened where the structure has just asked for another means', async () => {
    const { opened, open } = completing({ account: CLAIRE, isForbidden: true });
    await expect(open()).rejects.toMatchObject({ reason: 'means-forbidden' });
    expect(opened).toEqual([]);
  });

  it('is opened by the code of an app, and by no code that was sent, where those count no more', async () => {
    const { opened, open } = completing({ account: CLAIRE, takesProof: false });
    await expect(open({ proof: { code: 'mail' } })).rejects.toMatchObject({ reason: 'means-forbidden' });
    await expect(open()).rejects.toMatchObject({ reason: 'means-forbidden' });
    expect(opened).toEqual([]);
    await open({ proof: { code: 'otp' } });
    await open({ means: 'cpx' });
    expect(opened).toHaveLength(2);
  });

  it('adds a strong means and does nothing else where the date of the structure has come', async () => {
    const { opened, open } = completing({ account: CLAIRE, limited: true });
    await open({ proof: { code: 'mail' } });
    expect(opened[0]?.proof).toEqual({ code: 'mail', limitedTo: 'enrolment' });
  });

  it('is known as one of a shared workstation, and reports a new browser from elsewhere alone', async () => {
    const policy = { ...CLAIRE.policy, sharedWorkstations: true, egressAddresses: ['192.0.2.0/24'] };
    const structure = { id: 'hospital', name: 'Hôpital', finess: null };
    const place = { structure, roles: [], function: null, manages: true, policy, branding: undefined };
    const { opened, entries, open } = completing({ account: { ...CLAIRE, policy, memberships: [place] } });
    await open({ inNewBrowser: true, client: { ...CLIENT, address: '192.0.2.9' } });
    await open({ inNewBrowser: true, client: { ...CLIENT, address: '198.51.100.9' } });
    expect(opened.map(({ principal }) => principal.sharedWorkstation)).toEqual([true, true]);
    expect(entries.map(({ data }) => data?.['newBrowser'])).toEqual([undefined, true]);
  });

  it('holds as long as its code, or needs none while it lasts', async () => {
    const { opened, open } = completing({ account: CLAIRE });
    await open();
    await open({ means: 'cpx', codeAcceptedAt: null });
    expect(opened.map(({ codeValidUntilAt }) => codeValidUntilAt)).toEqual([new Date('2026-01-02'), null]);
  });

  it('is over with the emergency access that allowed it', async () => {
    const limit = { hours: null, until: '2026-01-01T12:00:00.000Z' };
    const { opened, open } = completing({ account: CLAIRE, limit });
    await open({ codeAcceptedAt: null });
    expect(opened[0]?.codeValidUntilAt).toEqual(new Date(limit.until));
  });
});
