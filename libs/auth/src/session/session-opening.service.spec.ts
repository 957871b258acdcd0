import type { CodeTimePolicy, Presented, SignInPolicy } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { CodeLimit, NewSession, SessionService } from '@portillon/session';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import { SessionOpening, SessionOpeningService, SignInRefused } from './session-opening.service';
import { CLAIRE, OPEN, refusedFor, SESSION } from '../testing/sign-in.fixture';

const OPENING: SessionOpening = {
  accountId: 'claire',
  means: 'password',
  acr: null,
  amr: ['pwd', 'mail'],
  codeAcceptedAt: new Date('2026-01-01'),
  browserId: null,
  client: CLIENT,
};

interface World {
  account?: Account;
  isForbidden?: boolean;
  limit?: CodeLimit;
  limited?: boolean;
  takesProof?: boolean;
}

function opening({ account, isForbidden = false, limit, limited = false, takesProof = true }: World) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const opened: NewSession[] = [];
  const service = new SessionOpeningService(
    steps.of<AccountService>('accounts', {
      recordSignIn: async () => account,
      recordReachable: async () => undefined,
    }),
    steps.of<SessionService>('sessions', {
      open: async (request: NewSession) => {
        opened.push(request);
        return { session: SESSION, token: 's' };
      },
    }),
    {
      judge: (_: Account, { means, given }: Presented) => {
        const fades = means === 'password' && !takesProof && given?.code !== 'otp';
        if (isForbidden || fades) return refusedFor('means-forbidden');
        return { ...OPEN, enrolmentOnly: limited, limit };
      },
    } as unknown as SignInPolicy,
    { validUntil: () => new Date('2026-01-02') } as unknown as CodeTimePolicy,
    audit,
    new SettableClock(),
  );
  const open = (changes: Partial<SessionOpening> = {}) =>
    steps.transactions.run((tx) => service.open({ ...OPENING, ...changes }, tx));
  return { steps, lines, entries, opened, open };
}

describe('a session that is opened', () => {
  it('has the roles that the account has in its own transaction, not those that were read before', async () => {
    const account = { ...CLAIRE, roles: ['national-admin'] } as Account;
    const { steps, lines, opened, open } = opening({ account });
    expect(await open()).toEqual({ account, session: SESSION, sessionToken: 's' });
    expect(opened[0]?.principal.roles).toEqual(['national-admin']);
    const inside = ['accounts.recordSignIn(tx)', 'sessions.open(tx)', 'audit.record(tx)'];
    expect(steps.taken).toEqual(['begin', ...inside, 'commit']);
    expect(lines).toEqual(['authn_login_success']);
  });

  it('shows that the mailbox is there again, when its code opened it and no other', async () => {
    const account = { ...CLAIRE, emailUnreachableSince: new Date('2026-01-01') };
    const { steps, open } = opening({ account });
    await open({ proof: { code: 'sms' } });
    expect(steps.taken).not.toContain('accounts.recordReachable(tx)');
    await open({ proof: { code: 'mail' } });
    expect(steps.taken).toContain('accounts.recordReachable(tx)');
  });

  it('is not opened for an account that is active no more', async () => {
    const { steps, open } = opening({});
    const refusal = await open().catch((error) => error);
    expect(refusal).toBeInstanceOf(SignInRefused);
    expect(refusal).toMatchObject({ account: undefined, reason: 'deactivated' });
    expect(steps.taken).toEqual(['begin', 'accounts.recordSignIn(tx)', 'rollback']);
  });

  it('is not opened where the structure has just asked for another means', async () => {
    const { opened, open } = opening({ account: CLAIRE, isForbidden: true });
    await expect(open()).rejects.toMatchObject({ reason: 'means-forbidden' });
    expect(opened).toEqual([]);
  });

  it('is opened by the code of an app, and by no code that was sent, where those count no more', async () => {
    const { opened, open } = opening({ account: CLAIRE, takesProof: false });
    await expect(open({ proof: { code: 'mail' } })).rejects.toMatchObject({ reason: 'means-forbidden' });
    await expect(open()).rejects.toMatchObject({ reason: 'means-forbidden' });
    expect(opened).toEqual([]);
    await open({ proof: { code: 'otp' } });
    await open({ means: 'cpx' });
    expect(opened).toHaveLength(2);
  });

  it('adds a strong means and does nothing else where the date of the structure has come', async () => {
    const { opened, open } = opening({ account: CLAIRE, limited: true });
    await open({ proof: { code: 'mail' } });
    expect(opened[0]?.proof).toEqual({ code: 'mail', limitedTo: 'enrolment' });
  });

  it('is known as one of a shared workstation, and reports a new browser from elsewhere alone', async () => {
    const policy = { ...CLAIRE.policy, sharedWorkstations: true, egressAddresses: ['192.0.2.0/24'] };
    const { opened, entries, open } = opening({ account: { ...CLAIRE, policy } });
    await open({ inNewBrowser: true, client: { ...CLIENT, address: '192.0.2.9' } });
    await open({ inNewBrowser: true, client: { ...CLIENT, address: '198.51.100.9' } });
    expect(opened.map(({ principal }) => principal.sharedWorkstation)).toEqual([true, true]);
    expect(entries.map(({ data }) => data?.['newBrowser'])).toEqual([undefined, true]);
  });

  it('holds as long as its code, or needs none while it lasts', async () => {
    const { opened, open } = opening({ account: CLAIRE });
    await open();
    await open({ means: 'cpx', codeAcceptedAt: null });
    expect(opened.map(({ codeValidUntilAt }) => codeValidUntilAt)).toEqual([new Date('2026-01-02'), null]);
  });

  it('is over with the emergency access that allowed it', async () => {
    const limit = { hours: null, until: '2026-01-01T12:00:00.000Z' };
    const { opened, open } = opening({ account: CLAIRE, limit });
    await open({ codeAcceptedAt: null });
    expect(opened[0]?.codeValidUntilAt).toEqual(new Date(limit.until));
  });
});
