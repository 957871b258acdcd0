import type { Account, AccountService } from '@portillon/account';
import type { NewSession, SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import { SessionOpeningService, SignInRefused } from './session-opening.service';
import type { SignInPolicy } from './sign-in.policy';
import { CLAIRE, CLIENT, Steps, TX } from './testing/steps';

const OPENING = {
  accountId: 'claire',
  means: 'password',
  acr: null,
  amr: ['pwd', 'otp'],
  codeAcceptedAt: new Date('2026-01-01'),
  browserId: null,
  client: CLIENT,
} as const;

describe('a session that is opened', () => {
  let steps: Steps;
  let opened: NewSession | undefined;
  beforeEach(() => {
    steps = new Steps();
    opened = undefined;
  });

  const service = (account: Account | undefined, policy: object = {}) =>
    new SessionOpeningService(
      { recordSignIn: steps.note('lock and read account', account) } as unknown as AccountService,
      {
        open: async (request: NewSession, tx: EntityManager) => {
          opened = request;
          return steps.note('open session', { session: {}, token: 's' })(tx);
        },
      } as unknown as SessionService,
      {
        forbids: () => false,
        codeLimit: () => undefined,
        codeValidUntil: () => new Date('2026-01-02'),
        ...policy,
      } as unknown as SignInPolicy,
      steps.audit,
      new SettableClock(),
    );
  const open = (one: SessionOpeningService) => one.open({ ...OPENING, amr: [...OPENING.amr] }, TX);

  it('has the roles that the account has in its own transaction, not those that were read before', async () => {
    await open(service({ ...CLAIRE, roles: ['national-admin'] } as Account));
    expect(opened?.principal.roles).toEqual(['national-admin']);
    expect(steps.taken).toEqual([
      'lock and read account (tx)',
      'open session (tx)',
      'journal authn_login_success (tx)',
    ]);
  });

  it('is not opened for an account that is active no more', async () => {
    await expect(open(service(undefined))).rejects.toBeInstanceOf(SignInRefused);
    expect(steps.taken).toEqual(['lock and read account (tx)']);
  });

  it('is not opened where the structure has just asked for another means', async () => {
    const refused = open(service(CLAIRE, { forbids: () => true }));
    await expect(refused).rejects.toMatchObject({ reason: 'means-forbidden' });
    expect(steps.taken).toEqual(['lock and read account (tx)']);
  });

  it('is over with the emergency access that let its person in', async () => {
    const limit = { hours: null, until: '2026-01-01T12:00:00.000Z' };
    await service(CLAIRE, { codeLimit: () => limit }).open({ ...OPENING, amr: [], codeAcceptedAt: null }, TX);
    expect(opened?.codeValidUntilAt).toEqual(new Date(limit.until));
  });
});
