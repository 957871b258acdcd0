import type { OwnFactor, FactorRegistry } from '@portillon/access';
import { AppError, MetricsRegistry } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import type { CodeDeliveryService } from '../code/code-delivery.service';
import type { DeliveredCode } from '../code/code-delivery.types';
import type { CodeSignInStartService, StartedSignIn } from '../code/code-sign-in-start.service';
import type { PasswordChecked, PasswordCheckService } from './password-check.service';
import type { PasswordRefusalService } from './password-refusal.service';
import { PasswordSignInService } from './password-sign-in.service';
import { PasswordMetrics } from './password.metrics';
import type { RememberedSignIn, RememberedSignInService } from './remembered-sign-in.service';
import { CLAIRE, NEEDS_CODE, PENDING, SESSION } from '../testing/sign-in.fixture';

const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const CHECKED: PasswordChecked = { account: CLAIRE, known: undefined, admission: NEEDS_CODE };
const OPENED: RememberedSignIn = { session: SESSION, sessionToken: 's' };
const STARTED = {
  signInToken: 't',
  pending: PENDING,
  alternatives: ['SMS'],
  sharedWorkstation: false,
} as StartedSignIn;
const UNSENT = new AppError('delivery.failed');
const REFUSED = new AppError('credentials.rejected');

interface World {
  opened?: RememberedSignIn;
  started?: StartedSignIn;
  check?: () => Promise<PasswordChecked>;
  fails?: AppError;
  turnsAway?: boolean;
  own?: OwnFactor[];
  deliver?: () => Promise<DeliveredCode>;
}

const TURNED_AWAY = new AppError('means.unavailable');

function signingIn({ opened, started, check = async () => CHECKED, ...world }: World) {
  const { turnsAway = false, own = [], deliver = async () => PENDING, fails } = world;
  const steps = new Steps();
  const givenBack: AppError[] = [];
  const settle = async <Opened>(_: PasswordChecked, outcome: Promise<Opened>) => {
    void outcome.catch((error: AppError) => givenBack.push(error));
    return outcome;
  };
  const registry = new MetricsRegistry();
  const service = new PasswordSignInService(
    { ...steps.of<PasswordCheckService>('passwords', { check }), settle } as PasswordCheckService,
    steps.of<RememberedSignInService>('remembered', { open: async () => opened }),
    steps.of<CodeSignInStartService>('starts', {
      start: async () => (fails ? Promise.reject(fails) : started),
    }),
    steps.of<CodeDeliveryService>('codes', { deliver }),
    steps.of<PasswordRefusalService>('refusals', {
      rejectChanged: () => Promise.reject(REFUSED),
      requireFactor: async () => (turnsAway ? Promise.reject(TURNED_AWAY) : undefined),
    }),
    steps.of<FactorRegistry>('factors', { of: async () => own }),
    new PasswordMetrics(registry),
  );
  return { steps, registry, givenBack, signIn: () => service.signIn(REQUEST) };
}

describe('the password step of a sign-in', () => {
  it('opens a session where a code still holds, and asks for none', async () => {
    const { steps, signIn } = signingIn({ opened: OPENED, started: STARTED });
    expect(await signIn()).toEqual({ status: 'signed-in', ...OPENED });
    expect(steps.taken).toEqual(['passwords.check', 'remembered.open']);
  });

  it('asks for a code where none holds, and once for the factors that the person has', async () => {
    const { steps, signIn } = signingIn({ started: STARTED });
    expect(await signIn()).toEqual({ status: 'code-required', ...STARTED });
    const begun = ['passwords.check', 'remembered.open', 'factors.of', 'refusals.requireFactor'];
    expect(steps.taken).toEqual([...begun, 'starts.start', 'codes.deliver']);
  });

  it('continues when the message did not leave: the person can ask for another code', async () => {
    const { signIn } = signingIn({ started: STARTED, deliver: () => Promise.reject(UNSENT) });
    expect(await signIn()).toEqual({ status: 'code-unsent', signInToken: 't', error: UNSENT });
  });

  it('sends nothing to a person who gives another factor first', async () => {
    const { steps, signIn } = signingIn({ started: { ...STARTED, pending: null }, own: ['totp'] });
    expect(await signIn()).toMatchObject({ status: 'code-required', pending: null });
    expect(steps.taken).not.toContain('codes.deliver');
  });

  it('turns away a person without app where a code that is sent counts no more', async () => {
    const { steps, signIn } = signingIn({ started: STARTED, turnsAway: true });
    await expect(signIn()).rejects.toBe(TURNED_AWAY);
    expect(steps.taken.slice(-2)).toEqual(['factors.of', 'refusals.requireFactor']);
  });

  it('gives the attempt back where the right password opens nothing, and not where it is no longer right', async () => {
    const busy = new AppError('service.busy');
    const failing = signingIn({ fails: busy });
    await expect(failing.signIn()).rejects.toBe(busy);
    expect(failing.givenBack).toEqual([busy]);
    const changed = signingIn({});
    await expect(changed.signIn()).rejects.toBe(REFUSED);
    expect(changed.givenBack).toEqual([]);
  });

  it('refuses an account that changed while its password was hashed', async () => {
    const { steps, signIn } = signingIn({});
    await expect(signIn()).rejects.toBe(REFUSED);
    expect(steps.taken.slice(-2)).toEqual(['starts.start', 'refusals.rejectChanged']);
  });

  it('does nothing more for a password that is refused', async () => {
    const { steps, signIn } = signingIn({ opened: OPENED, check: () => Promise.reject(REFUSED) });
    await expect(signIn()).rejects.toBe(REFUSED);
    expect(steps.taken).toEqual(['passwords.check']);
  });

  it('is measured up to its message, for the right password alone', async () => {
    const measured = async ({ registry, signIn }: ReturnType<typeof signingIn>) => {
      await signIn().catch(() => undefined);
      return /portillon_password_seconds_count (\d+)/.exec(await registry.metrics())?.[1];
    };
    const never = new Promise<DeliveredCode>(() => undefined);
    const waiting = signingIn({ started: STARTED, deliver: () => never });
    void waiting.signIn();
    await new Promise(setImmediate);
    expect(await waiting.registry.metrics()).toContain('portillon_password_seconds_count 1');
    expect(await measured(signingIn({ opened: OPENED }))).toBe('1');
    expect(await measured(signingIn({ check: () => Promise.reject(REFUSED) }))).toBe('0');
  });
});
