import { AppError } from '@portillon/kernel';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, SettableClock, Steps } from '@portillon/testing';
import { CLAIRE, SESSION } from '../testing/sign-in.fixture';
import type { GivenFactor } from './given-factor.types';
import type { BrowserRecognitionService, RememberedCode } from './browser-recognition.service';
import { SessionOpening, SessionOpeningService, SignInRefused } from './session-opening.service';
import { SignInCompletionService } from './sign-in-completion.service';

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
  /** Why the factor is not this caller's. */
  used?: AppError;
  isOpen?: boolean;
  refusal?: Error;
}

function completing({ used, isOpen = true, refusal }: World = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const opened: SessionOpening[] = [];
  const remembered: RememberedCode[] = [];
  const service = new SignInCompletionService(
    steps.transactions,
    steps.of<PendingSignInService>('signIns', { complete: async () => isOpen }),
    steps.of<BrowserRecognitionService>('browsers', {
      remember: async (code) => {
        remembered.push(code);
        return { id: 'remembered browser', token: 'browser token' };
      },
    }),
    steps.of<SessionOpeningService>('openings', {
      open: async (opening) => {
        opened.push(opening);
        if (refusal) throw refusal;
        return { account: CLAIRE, session: SESSION, sessionToken: 's' };
      },
    }),
    clock,
  );
  const factor = steps.of<Pick<GivenFactor, 'consume'>>('factor', {
    consume: async () => {
      // What takes time while the factor is used up belongs to no code's hours.
      clock.advance(1_000);
      if (used) throw used;
    },
  });
  const complete = (signIn = SIGN_IN, proof: GivenFactor['proof'] = { code: 'mail' }, place = PLACE) =>
    service.complete(signIn, { ...factor, proof, facts: FACTS }, place);
  return { steps, clock, opened, remembered, complete };
}

describe('the end of a sign-in', () => {
  it('uses the factor up, ends the sign-in, remembers the browser and opens the session in one transaction', async () => {
    const { steps, complete } = completing();
    expect(await complete()).toEqual({ session: SESSION, sessionToken: 's', browserToken: 'browser token' });
    expect(steps.taken).toEqual([
      'begin',
      'factor.consume(tx)',
      'signIns.complete(tx)',
      'browsers.remember(tx)',
      'openings.open(tx)',
      'commit',
    ]);
  });

  it('opens what password and code prove together, from the moment the code was right', async () => {
    const { clock, opened, remembered, complete } = completing();
    const acceptedAt = clock.now();
    await complete(KNOWN);
    expect(opened).toEqual([
      {
        accountId: 'claire',
        means: 'password',
        acr: null,
        amr: ['pwd', 'mail'],
        codeAcceptedAt: acceptedAt,
        browserId: 'remembered browser',
        client: CLIENT,
        proof: { code: 'mail' },
        inNewBrowser: false,
        facts: FACTS,
      },
    ]);
    const code = {
      person: { id: 'claire', structure: undefined },
      browserId: 'browser',
      cookie: 'cookie',
      client: CLIENT,
    };
    expect(remembered).toEqual([{ ...code, codeAcceptedAt: acceptedAt }]);
  });

  it('records a browser that the person had not used before, remembered or not', async () => {
    const { opened, complete } = completing();
    await complete();
    await complete(SIGN_IN, { code: 'mail' }, { ...PLACE, rememberBrowser: false });
    expect(opened).toMatchObject([{ inNewBrowser: true }, { inNewBrowser: true }]);
  });

  it('remembers no browser that the person did not want to, and binds the session to none', async () => {
    const { opened, remembered, complete } = completing();
    const place = { ...PLACE, rememberBrowser: false };
    expect(await complete(KNOWN, { code: 'mail' }, place)).not.toHaveProperty(
      'browserToken',
      expect.anything(),
    );
    expect(remembered).toEqual([]);
    expect(opened[0]?.browserId).toBeNull();
  });

  it('remembers no browser of a shared workstation, though it is asked to', async () => {
    const { opened, remembered, complete } = completing();
    const principal = { ...KNOWN.principal, sharedWorkstation: true as const };
    expect((await complete({ ...KNOWN, principal })).browserToken).toBeUndefined();
    expect([remembered, opened[0]?.browserId]).toEqual([[], null]);
  });

  it('calls a recovery code no one-time password', async () => {
    const { opened, complete } = completing();
    await complete(KNOWN, { recovered: true });
    expect(opened).toMatchObject([{ amr: ['pwd'], proof: { recovered: true } }]);
  });
});

describe('a sign-in that cannot end', () => {
  it('opens nothing with a factor that another caller used', async () => {
    const used = new AppError('code.rejected');
    const { steps, complete } = completing({ used });
    await expect(complete()).rejects.toBe(used);
    expect(steps.taken).toEqual(['begin', 'factor.consume(tx)', 'rollback']);
  });

  it('uses no factor up where it was over', async () => {
    const { steps, complete } = completing({ isOpen: false });
    await expect(complete()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).toEqual(['begin', 'factor.consume(tx)', 'signIns.complete(tx)', 'rollback']);
  });

  it('keeps neither factor nor browser of an account that may no longer enter, and says no more than that it is over', async () => {
    const { steps, complete } = completing({ refusal: new SignInRefused(undefined, 'deactivated') });
    await expect(complete()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken.slice(-2)).toEqual(['openings.open(tx)', 'rollback']);
  });

  it('never disguises an internal failure as a refusal', async () => {
    const gone = new Error('database gone');
    await expect(completing({ refusal: gone }).complete()).rejects.toBe(gone);
  });
});
