import { AppError } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import type { CodeSignInStartService, StartedSignIn } from '../code/code-sign-in-start.service';
import type { PasswordChecked, PasswordCheckService } from './password-check.service';
import type { PasswordRefusalService } from './password-refusal.service';
import { PasswordSignInService } from './password-sign-in.service';
import type { RememberedSignIn, RememberedSignInService } from './remembered-sign-in.service';
import type { OwnFactor, SecondFactorRegistry } from '@portillon/access';
import { CLAIRE, policyOf, SESSION } from '../testing/sign-in.fixture';

const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const CHECKED: PasswordChecked = { account: CLAIRE, known: undefined, decision: { status: 'code-required' } };
const OPENED: RememberedSignIn = { session: SESSION, sessionToken: 's' };
const STARTED = { signInToken: 't', pending: {} } as StartedSignIn;
const REFUSED = new AppError('credentials.rejected');

interface World {
  opened?: RememberedSignIn;
  started?: StartedSignIn;
  check?: () => Promise<PasswordChecked>;
  takesCodes?: boolean;
  own?: OwnFactor[];
}

const TURNED_AWAY = new AppError('means.unavailable');

function signingIn({ opened, started, check = async () => CHECKED, takesCodes = true, own = [] }: World) {
  const steps = new Steps();
  const service = new PasswordSignInService(
    steps.of<PasswordCheckService>('passwords', { check }),
    steps.of<RememberedSignInService>('remembered', { open: async () => opened }),
    steps.of<CodeSignInStartService>('codes', { start: async () => started }),
    steps.of<PasswordRefusalService>('refusals', {
      refuseChanged: () => Promise.reject(REFUSED),
      turnAway: () => Promise.reject(TURNED_AWAY),
    }),
    policyOf({ takesCodes }),
    steps.of<SecondFactorRegistry>('factors', { of: async () => own }),
  );
  return { steps, signIn: () => service.signIn(REQUEST) };
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
    expect(steps.taken).toEqual(['passwords.check', 'remembered.open', 'factors.of', 'codes.start']);
  });

  it('turns away who has no app where a code that is sent counts no more, whatever the browser remembers', async () => {
    const { steps, signIn } = signingIn({ opened: OPENED, started: STARTED, takesCodes: false });
    await expect(signIn()).rejects.toBe(TURNED_AWAY);
    expect(steps.taken).toEqual(['passwords.check', 'factors.of', 'refusals.turnAway']);
    const withApp = signingIn({ opened: OPENED, started: STARTED, takesCodes: false, own: ['totp'] });
    expect(await withApp.signIn()).toMatchObject({ status: 'code-required' });
    expect(withApp.steps.taken).toEqual(['passwords.check', 'factors.of', 'codes.start']);
  });

  it('refuses an account that changed while its password was hashed', async () => {
    const { steps, signIn } = signingIn({});
    await expect(signIn()).rejects.toBe(REFUSED);
    expect(steps.taken.slice(-2)).toEqual(['codes.start', 'refusals.refuseChanged']);
  });

  it('does nothing more for a password that is refused', async () => {
    const { steps, signIn } = signingIn({ opened: OPENED, check: () => Promise.reject(REFUSED) });
    await expect(signIn()).rejects.toBe(REFUSED);
    expect(steps.taken).toEqual(['passwords.check']);
  });
});
