import { AppError } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, SettableClock, Steps } from '@portillon/testing';
import type { CodeCheckService } from './code-check.service';
import type { CodeRefusalService } from './code-refusal.service';
import { CodeSignInService } from './code-sign-in.service';
import type { BrowserRecognitionService } from '../session/browser-recognition.service';
import { OpenedSession, SessionOpeningService, SignInRefused } from '../session/session-opening.service';
import { SignInCompletionService } from '../session/sign-in-completion.service';
import { CLAIRE, SESSION } from '../testing/sign-in.fixture';

const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  principal: {},
  means: 'password',
  amr: ['pwd'],
} as unknown as PendingSignIn;
const ACCEPTED = {
  status: 'accepted',
  challengeId: 'c',
  channel: 'EMAIL',
  sentAt: new Date('2026-01-01'),
} as CodeAccepted;
const OPENED: OpenedSession = { account: CLAIRE, session: SESSION, sessionToken: 's' };
const SUBMISSION = {
  signInToken: 'token',
  code: '482913',
  rememberBrowser: true,
  client: CLIENT,
  browserCookie: undefined,
};

interface World {
  pendingSignIns?: Partial<PendingSignInService>;
  codes?: Partial<CodeCheckService>;
  openings?: Partial<SessionOpeningService>;
}

function signingIn({ pendingSignIns, codes, openings }: World = {}) {
  const steps = new Steps();
  const checked: unknown[] = [];
  const replayed: unknown[] = [];
  const clock = new SettableClock();
  const signIns = steps.of<PendingSignInService>('signIns', {
    find: async () => SIGN_IN,
    findEnded: async () => undefined,
    complete: async () => true,
    ...pendingSignIns,
  });
  const completion = new SignInCompletionService(
    steps.transactions,
    signIns,
    steps.of<BrowserRecognitionService>('browsers', { remember: async () => ({ id: 'b', token: 't' }) }),
    steps.of<SessionOpeningService>('openings', { open: async () => OPENED, ...openings }),
    clock,
  );
  const service = new CodeSignInService(
    signIns,
    steps.of<CodeCheckService>('codes', {
      settle: (_, opened) => opened,
      check: async (submission, _person, _client, facts) => {
        checked.push({ ...submission, ...facts });
        return ACCEPTED;
      },
      consume: async () => undefined,
      ...codes,
    }),
    completion,
    steps.of<CodeRefusalService>('refusals', {
      recordReplay: async (person, _client, facts) => void replayed.push({ ...person, ...facts }),
    }),
    clock,
  );
  return {
    steps,
    checked,
    replayed,
    submit: (changes = {}) => service.submit({ ...SUBMISSION, ...changes }),
  };
}

describe('the code step of a sign-in', () => {
  it('has the code counted and compared, then consumes it with all that it opens in one transaction', async () => {
    const { steps, submit } = signingIn();
    expect(await submit()).toMatchObject({ sessionToken: 's', browserToken: 't' });
    expect(steps.taken).toEqual([
      'signIns.find',
      'codes.check',
      'begin',
      'codes.consume(tx)',
      'codes.settle',
      'signIns.complete(tx)',
      'browsers.remember(tx)',
      'openings.open(tx)',
      'commit',
    ]);
  });

  it('is about this sign-in alone, and the journal has its means', async () => {
    const { checked, submit } = signingIn();
    await submit();
    const asked = { purpose: 'sign-in', binding: 'sign-in', code: '482913', means: 'password' };
    expect(checked).toEqual([asked]);
  });

  it('writes down a code for a sign-in that is over: a second click, or a replay', async () => {
    const over = { find: async () => undefined, findEnded: async () => SIGN_IN };
    const { replayed, submit } = signingIn({ pendingSignIns: over });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(replayed).toMatchObject([{ id: 'claire', means: 'password' }]);
  });

  it('does not even look at a code without a sign-in in progress', async () => {
    const { steps, submit } = signingIn({ pendingSignIns: { find: async () => undefined } });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken).toEqual(['signIns.find', 'signIns.findEnded']);
  });

  it('opens nothing for a code that is refused', async () => {
    const refused = new AppError('code.rejected');
    const { steps, submit } = signingIn({ codes: { check: () => Promise.reject(refused) } });
    await expect(submit()).rejects.toBe(refused);
    expect(steps.taken).toEqual(['signIns.find', 'codes.check']);
  });

  it('opens nothing, and writes it down, for the second of two with one right code', async () => {
    const second = new AppError('code.rejected');
    const { steps, submit } = signingIn({ codes: { consume: () => Promise.reject(second) } });
    await expect(submit()).rejects.toBe(second);
    expect(steps.taken.slice(2)).toEqual([
      'begin',
      'codes.consume(tx)',
      'codes.settle',
      'rollback',
      'refusals.recordReplay',
    ]);
  });

  it('opens nothing when the sign-in was ended meanwhile', async () => {
    const { steps, submit } = signingIn({ pendingSignIns: { complete: async () => false } });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken.slice(-2)).toEqual(['signIns.complete(tx)', 'rollback']);
  });

  it('keeps neither code nor browser when the account may no longer enter', async () => {
    const refused = new SignInRefused(undefined, 'deactivated');
    const { steps, submit } = signingIn({ openings: { open: () => Promise.reject(refused) } });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(steps.taken.at(-1)).toBe('rollback');
  });

  it('remembers no browser that the person did not want to', async () => {
    const { steps, submit } = signingIn();
    await submit({ rememberBrowser: false });
    expect(steps.taken).not.toContain('browsers.remember(tx)');
  });
});
