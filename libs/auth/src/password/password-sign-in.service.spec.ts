import type { FactorRegistry, OwnFactor } from '@portillon/access';
import type { PasswordAttemptService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import type { TrustedDeviceService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import type { AuthMetrics } from '../auth.metrics';
import type { CodeDeliveryService } from '../code/code-delivery.service';
import type { DeliveredCode } from '../code/code.types';
import type { CodeSignInService, StartedSignIn } from '../code/code-sign-in.service';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import {
  SessionOpening,
  SignInCompletionService,
  SignInRefused,
} from '../session/sign-in-completion.service';
import { CLAIRE, NEEDS_CODE, OPEN, PENDING, SESSION } from '../testing/sign-in.fixture';
import type { PasswordChecked, PasswordCheckService } from './password-check.service';
import { PasswordSignInService } from './password-sign-in.service';

const CODE_AT = new Date('2026-01-01');
const BY_CODE: PasswordChecked = { account: CLAIRE, known: undefined, admission: NEEDS_CODE };
const REMEMBERED: PasswordChecked = {
  account: CLAIRE,
  known: { browser: { id: 'browser' }, token: 'old' } as RecognizedBrowser,
  admission: { ...OPEN, acceptedAt: CODE_AT },
};
const STARTED = {
  signInToken: 't',
  pending: PENDING,
  alternatives: ['SMS'],
  sharedWorkstation: false,
} as StartedSignIn;
const REJECTED = new AppError('credentials.rejected');
const TURNED_AWAY = new AppError('means.unavailable');

interface World {
  checked?: PasswordChecked;
  /** Whether the browser is remembered still. */
  isRemembered?: boolean;
  open?: () => Promise<never>;
  /** Nothing: the account changed meanwhile. */
  start?: () => Promise<StartedSignIn | undefined>;
  turnsAway?: boolean;
  own?: OwnFactor[];
  deliver?: () => Promise<DeliveredCode>;
}

function signingIn(world: World = {}) {
  const { checked = BY_CODE, isRemembered = true, open, turnsAway = false, own = [] } = world;
  const { start = async () => STARTED, deliver = async () => PENDING } = world;
  const steps = new Steps();
  const openings: SessionOpening[] = [];
  const forgiven: unknown[] = [];
  const measured: number[] = [];
  const service = new PasswordSignInService(
    steps.transactions,
    steps.of<PasswordCheckService>('passwords', {
      refund: async () => undefined,
      refuseChanged: () => Promise.reject(REJECTED),
      requireFactor: async () => (turnsAway ? Promise.reject(TURNED_AWAY) : undefined),
    }),
    steps.of<PasswordAttemptService>('attempts', {
      succeeded: async (name, bucket) => void forgiven.push(name, bucket),
    }),
    steps.of<TrustedDeviceService>('browsers', { rotate: async () => (isRemembered ? 'new' : undefined) }),
    steps.of<SignInCompletionService>('completion', {
      open:
        open ??
        (async (opening) => {
          openings.push(opening);
          return { account: CLAIRE, session: SESSION, sessionToken: 's' };
        }),
    }),
    steps.of<CodeSignInService>('codeSignIn', { start }),
    steps.of<CodeDeliveryService>('delivery', { deliver }),
    steps.of<FactorRegistry>('factors', { of: async () => own }),
    steps.of<AuthMetrics>('metrics', { observePassword: (ms) => void measured.push(ms) }),
  );
  const signIn = () => service.signIn({ checked, begunAt: performance.now() }, CLIENT);
  return { steps, openings, forgiven, measured, signIn };
}

describe('a right password where a code still holds', () => {
  it('changes the browser’s secret before it opens the session, and forgives the wrong passwords with it', async () => {
    const { steps, signIn } = signingIn({ checked: REMEMBERED });
    const opened = { session: SESSION, sessionToken: 's', browserToken: 'new' };
    expect(await signIn()).toEqual({ status: 'signed-in', ...opened });
    // Browser, account, attempts: the order of a sign-in by code.
    const locked = ['browsers.rotate(tx)', 'completion.open(tx)', 'attempts.succeeded(tx)'];
    expect(steps.taken.slice(0, 5)).toEqual(['begin', ...locked, 'commit']);
  });

  it('is as fresh as the code that was given, not as the password', async () => {
    const { openings, forgiven, signIn } = signingIn({ checked: REMEMBERED });
    await signIn();
    expect(forgiven).toEqual(['claire.martin', 'browser']);
    const proved = { means: 'password', amr: ['pwd'], codeAcceptedAt: CODE_AT, authenticatedAt: CODE_AT };
    expect(openings).toMatchObject([{ read: CLAIRE, ...proved }]);
  });

  it('by a code given in another browser is not fresh at all, and forgives unknown browsers alone', async () => {
    const checked = { ...REMEMBERED, known: undefined };
    const { openings, forgiven, signIn } = signingIn({ checked });
    await signIn();
    expect(openings).toMatchObject([{ authenticatedAt: new Date(0), browserId: null }]);
    expect(forgiven).toEqual(['claire.martin', null]);
  });

  it.each<[string, World]>([
    ['the browser was forgotten', { isRemembered: false }],
    ['the account was closed', { open: () => Promise.reject(new SignInRefused(undefined, 'deactivated')) }],
    [
      'the structure has just asked for another means',
      { open: () => Promise.reject(new SignInRefused(CLAIRE, 'means-forbidden')) },
    ],
  ])('keeps the browser’s secret and asks for a code when %s meanwhile', async (_, world) => {
    const { steps, openings, signIn } = signingIn({ ...world, checked: REMEMBERED });
    expect(await signIn()).toMatchObject({ status: 'code-required' });
    expect(openings).toEqual([]);
    expect(steps.taken).toContain('rollback');
  });

  it('takes no failure of the database for a browser that was forgotten', async () => {
    const { signIn } = signingIn({ checked: REMEMBERED, open: () => Promise.reject(new Error('lost')) });
    await expect(signIn()).rejects.toThrow('lost');
  });
});

describe('a right password where none holds', () => {
  it('asks for a code', async () => {
    expect(await signingIn().signIn()).toEqual({ status: 'code-required', ...STARTED });
  });

  it('continues when the message did not leave: the person can ask for another code', async () => {
    const error = new AppError('delivery.failed');
    const { signIn } = signingIn({ deliver: () => Promise.reject(error) });
    expect(await signIn()).toEqual({ status: 'code-unsent', signInToken: 't', error });
  });

  it('sends nothing to a person who gives another factor first', async () => {
    const silent = { ...STARTED, pending: null };
    const { steps, signIn } = signingIn({ start: async () => silent, own: ['totp'] });
    expect(await signIn()).toMatchObject({ status: 'code-required', pending: null });
    expect(steps.taken).not.toContain('delivery.deliver');
  });

  it('begins nothing for a person without app where a code that is sent counts no more', async () => {
    const { steps, signIn } = signingIn({ turnsAway: true });
    await expect(signIn()).rejects.toBe(TURNED_AWAY);
    expect(steps.taken).not.toContain('codeSignIn.start');
  });

  it('gives the attempt back where it opens nothing', async () => {
    const busy = new AppError('service.busy');
    const { steps, signIn } = signingIn({ start: () => Promise.reject(busy) });
    await expect(signIn()).rejects.toBe(busy);
    expect(steps.taken).toContain('passwords.refund');
  });

  it('is refused, and stays counted, for an account that changed while it was hashed', async () => {
    const { steps, signIn } = signingIn({ start: async () => undefined });
    await expect(signIn()).rejects.toBe(REJECTED);
    expect(steps.taken).not.toContain('passwords.refund');
  });

  it('is measured up to its message', async () => {
    const { measured, signIn } = signingIn({ deliver: () => new Promise(() => undefined) });
    void signIn();
    await new Promise(setImmediate);
    expect(measured).toHaveLength(1);
  });
});
