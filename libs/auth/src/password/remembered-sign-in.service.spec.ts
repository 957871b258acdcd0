import type { PasswordAttemptService } from '@portillon/credential';
import type { TrustedDeviceService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import type { PasswordChecked } from './password-check.service';
import { RememberedSignInService } from './remembered-sign-in.service';
import { SessionOpening, SessionOpeningService, SignInRefused } from '../session/session-opening.service';
import { CLAIRE, NEEDS_CODE, OPEN, SESSION } from '../testing/sign-in.fixture';

const CODE_AT = new Date('2026-01-01');
const CHECKED: PasswordChecked = {
  account: CLAIRE,
  known: { browser: { id: 'browser' }, token: 'old' } as RecognizedBrowser,
  admission: { ...OPEN, acceptedAt: CODE_AT },
};

interface World {
  /** Whether the browser is remembered still. */
  isRemembered?: boolean;
  open?: () => Promise<never>;
}

function returning({ isRemembered = true, open }: World = {}) {
  const steps = new Steps();
  const openings: SessionOpening[] = [];
  const forgiven: unknown[] = [];
  const service = new RememberedSignInService(
    steps.transactions,
    steps.of<PasswordAttemptService>('attempts', {
      succeeded: async (name, bucket) => void forgiven.push(name, bucket),
    }),
    steps.of<TrustedDeviceService>('browsers', { rotate: async () => (isRemembered ? 'new' : undefined) }),
    steps.of<SessionOpeningService>('openings', {
      open:
        open ??
        (async (opening) => {
          openings.push(opening);
          return { account: CLAIRE, session: SESSION, sessionToken: 's' };
        }),
    }),
  );
  return { steps, openings, forgiven, open: (checked = CHECKED) => service.open(checked, CLIENT) };
}

describe('a sign-in where a code still holds', () => {
  it('changes the browser’s secret, opens the session and forgives the wrong passwords, in one transaction', async () => {
    const { steps, open } = returning();
    expect(await open()).toEqual({ session: SESSION, sessionToken: 's', browserToken: 'new' });
    expect(steps.taken).toEqual([
      'begin',
      'browsers.rotate(tx)',
      'openings.open(tx)',
      'attempts.succeeded(tx)',
      'commit',
    ]);
  });

  it('is as fresh as the code that was given, not as the password', async () => {
    const { openings, open } = returning();
    await open();
    expect(openings).toMatchObject([
      { read: CLAIRE, means: 'password', amr: ['pwd'], codeAcceptedAt: CODE_AT, authenticatedAt: CODE_AT },
    ]);
  });

  it('forgets the wrong passwords of this browser, or of all that are unknown, and no others', async () => {
    const { forgiven, open } = returning();
    await open();
    await open({ ...CHECKED, known: undefined });
    expect(forgiven).toEqual(['claire.martin', 'browser', 'claire.martin', null]);
  });

  it('by a code given in another browser is not fresh at all', async () => {
    const { openings, open } = returning();
    await open({ ...CHECKED, known: undefined });
    expect(openings).toMatchObject([{ authenticatedAt: new Date(0), browserId: null }]);
  });

  it('is none while a code is still required', async () => {
    const { steps, open } = returning();
    expect(await open({ ...CHECKED, admission: NEEDS_CODE })).toBeUndefined();
    expect(steps.taken).toEqual([]);
  });

  it('opens nothing when the browser was forgotten meanwhile', async () => {
    const { steps, openings, open } = returning({ isRemembered: false });
    expect(await open()).toBeUndefined();
    expect(openings).toEqual([]);
    // The stored secret of the browser does not change.
    expect(steps.taken.at(-1)).toBe('rollback');
  });

  it.each([
    ['the account was closed or its password changed', new SignInRefused(undefined, 'deactivated')],
    ['the structure has just asked for another means', new SignInRefused(CLAIRE, 'means-forbidden')],
  ])('keeps the browser’s secret when %s', async (_, refused) => {
    const { steps, open } = returning({ open: () => Promise.reject(refused) });
    expect(await open()).toBeUndefined();
    expect(steps.taken.at(-1)).toBe('rollback');
  });

  it('takes no failure of the database for a browser that was forgotten', async () => {
    const { open } = returning({ open: () => Promise.reject(new Error('connection lost')) });
    await expect(open()).rejects.toThrow('connection lost');
  });
});
