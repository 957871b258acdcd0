import { AppError } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { CodeCheckService } from './code-check.service';
import type { CodeRefusalService } from './code-refusal.service';
import { CodeSignInService } from './code-sign-in.service';
import type { KnownBrowserService } from './known-browser.service';
import { SessionOpeningService, SignInRefused } from './session-opening.service';
import { CLAIRE, CLIENT, Steps } from './testing/steps';

const SIGN_IN = { id: 'sign-in', accountId: 'claire', principal: {}, means: 'password', amr: ['pwd'] };
const ACCEPTED = { status: 'accepted', challengeId: 'c', sentAt: new Date('2026-01-01') } as CodeAccepted;
const SUBMISSION = {
  signInToken: 'token',
  code: '482913',
  rememberBrowser: true,
  client: CLIENT,
  browserCookie: undefined,
};

describe('the code step of a sign-in', () => {
  let steps: Steps;
  beforeEach(() => {
    steps = new Steps();
  });

  const service = (changes: { pendingSignIns?: object; codes?: object; openings?: object } = {}) =>
    new CodeSignInService(
      {
        find: steps.note('find sign-in', SIGN_IN as unknown as PendingSignIn),
        findEnded: steps.note('find ended', undefined),
        complete: steps.note('complete sign-in', true),
        ...changes.pendingSignIns,
      } as unknown as PendingSignInService,
      {
        check: steps.note('check code', ACCEPTED),
        consume: steps.note('consume code', undefined),
        giveBack: steps.note('give hits back', undefined),
        ...changes.codes,
      } as unknown as CodeCheckService,
      steps.transactions,
      {
        remember: steps.note('remember browser', { id: 'b', token: 't' }),
      } as unknown as KnownBrowserService,
      {
        open: steps.note('open session', { account: CLAIRE, session: {}, sessionToken: 's' }),
        ...changes.openings,
      } as unknown as SessionOpeningService,
      { recordReplay: steps.note('journal replay', undefined) } as unknown as CodeRefusalService,
      new SettableClock(),
    );

  it('checks, then consumes, completes, remembers and opens in one transaction', async () => {
    expect(await service().submit(SUBMISSION)).toMatchObject({ sessionToken: 's', browserToken: 't' });
    expect(steps.taken).toEqual([
      'find sign-in',
      'check code',
      'consume code (tx)',
      'complete sign-in (tx)',
      'remember browser (tx)',
      'open session (tx)',
      'commit',
      'give hits back',
    ]);
  });

  it('does not even look at a code without a sign-in in progress', async () => {
    const pendingSignIns = { find: steps.note('find sign-in', undefined) };
    await expect(service({ pendingSignIns }).submit(SUBMISSION)).rejects.toMatchObject({
      code: 'sign-in.required',
    });
    expect(steps.taken).toEqual(['find sign-in', 'find ended']);
  });

  it('opens nothing for a code that is refused', async () => {
    const refused = new AppError('code.rejected');
    const codes = { check: () => Promise.reject(refused) };
    await expect(service({ codes }).submit(SUBMISSION)).rejects.toBe(refused);
    expect(steps.taken).toEqual(['find sign-in']);
  });

  it('opens nothing, and writes it down, for the second of two with one right code', async () => {
    const codes = { consume: () => Promise.reject(new AppError('code.rejected')) };
    await expect(service({ codes }).submit(SUBMISSION)).rejects.toMatchObject({ code: 'code.rejected' });
    expect(steps.taken).toEqual(['find sign-in', 'check code', 'roll back', 'journal replay']);
  });

  it('opens nothing when the sign-in was ended meanwhile', async () => {
    const pendingSignIns = { complete: steps.note('complete sign-in', false) };
    await expect(service({ pendingSignIns }).submit(SUBMISSION)).rejects.toMatchObject({
      code: 'sign-in.required',
    });
    expect(steps.taken.slice(-2)).toEqual(['complete sign-in (tx)', 'roll back']);
  });

  it('keeps neither code nor browser when the account may no longer enter', async () => {
    const openings = { open: () => Promise.reject(new SignInRefused(undefined, 'deactivated')) };
    await expect(service({ openings }).submit(SUBMISSION)).rejects.toMatchObject({
      code: 'sign-in.required',
    });
    expect(steps.taken.at(-1)).toBe('roll back');
  });

  it('remembers no browser that the person did not want to', async () => {
    await service().submit({ ...SUBMISSION, rememberBrowser: false });
    expect(steps.taken).not.toContain('remember browser (tx)');
  });
});
