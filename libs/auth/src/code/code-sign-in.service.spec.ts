import type { OwnFactor } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { PasswordAttemptService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import type { CodeCheckService } from './code-check.service';
import { CodeSignInService } from './code-sign-in.service';
import type { Counted } from '../limits/send-limits';
import type { PasswordChecked } from '../password/password-check.service';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import type { SignInCompletionService } from '../session/sign-in-completion.service';
import {
  channelsOf,
  CLAIRE,
  codesOf,
  factorsOf,
  NEEDS_CODE,
  PENDING,
  policyOf,
  SESSION,
} from '../testing/sign-in.fixture';

const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  principal: {},
  means: 'password',
  amr: ['pwd'],
} as unknown as PendingSignIn;
const ACCEPTED = { status: 'accepted', challengeId: 'c', channel: 'EMAIL' } as CodeAccepted;
const OPENED = { session: SESSION, sessionToken: 's', browserToken: 't' };
const SUBMISSION = {
  signInToken: 'token',
  code: '482913',
  rememberBrowser: true,
  client: CLIENT,
  browserCookie: undefined,
};
const CHECKED: PasswordChecked = { account: CLAIRE, known: undefined, admission: NEEDS_CODE };

interface World {
  codes?: Partial<CodeCheckService>;
  /** Nothing: the sign-in is over. */
  signIn?: PendingSignIn | undefined;
  ended?: PendingSignIn;
  complete?: () => Promise<never>;
  /** The account as a transaction reads it. */
  held?: Account | undefined;
  /** The message limit that is reached. */
  over?: Counted;
  own?: OwnFactor[];
  takesCodes?: boolean;
  admitted?: boolean;
  forbidden?: boolean;
}

function signingIn(world: World = {}) {
  const { codes, ended, complete, over, own = [], takesCodes = true, ...policy } = world;
  const steps = new Steps();
  const checked: unknown[] = [];
  const replayed: unknown[] = [];
  const refunded: unknown[] = [];
  const begun: unknown[] = [];
  const delivery = codesOf(steps, over);
  const service = new CodeSignInService(
    steps.transactions,
    steps.of<PendingSignInService>('signIns', {
      find: async () => ('signIn' in world ? world.signIn : SIGN_IN),
      findEnded: async () => ended,
      start: async (request) => {
        begun.push(request);
        return { signIn: SIGN_IN, token: 'token' };
      },
    }),
    steps.of<CodeCheckService>('codes', {
      verify: async (submission, _person, _client, facts) => {
        checked.push({ ...submission, ...facts });
        return ACCEPTED;
      },
      consume: async () => undefined,
      factorOf: () => ({ proof: { code: 'mail' }, facts: {} }),
      refundAfter: async (error) => void refunded.push(error),
      recordReplay: async (person, _client, facts) => void replayed.push({ ...person, ...facts }),
      ...codes,
    }),
    delivery.codes,
    steps.of<SignInCompletionService>('completion', { complete: complete ?? (async () => OPENED) }),
    steps.of<AccountService>('accounts', {
      getForSignIn: async () => CLAIRE,
      lockForUpdate: async () => ('held' in world ? world.held : CLAIRE),
    }),
    steps.of<PasswordAttemptService>('attempts', {
      succeeded: async (name, bucket) => void begun.push([name, bucket]),
    }),
    policyOf(policy),
    channelsOf(steps, takesCodes),
    factorsOf(own),
  );
  return {
    steps,
    checked,
    replayed,
    refunded,
    begun,
    service,
    issued: delivery.issued,
    submit: (changes = {}) => service.submit({ ...SUBMISSION, ...changes }),
    start: (by = CHECKED) => service.start(by, own, CLIENT),
    resend: () => service.resend('token', 'EMAIL', CLIENT),
  };
}

describe('the code step of a sign-in', () => {
  it('has the code counted and compared, then consumes it with all that it opens in one transaction', async () => {
    const { steps, submit } = signingIn();
    expect(await submit()).toEqual(OPENED);
    const opened = ['codes.consume(tx)', 'codes.factorOf', 'completion.complete(tx)'];
    expect(steps.taken).toEqual(['signIns.find', 'codes.verify', 'begin', ...opened, 'commit']);
  });

  it('is about this sign-in alone, and the journal has its means', async () => {
    const { checked, submit } = signingIn();
    await submit();
    const asked = { purpose: 'sign-in', binding: 'sign-in', code: '482913', means: 'password' };
    expect(checked).toEqual([asked]);
  });

  it('writes down a code for a sign-in that is over: a second click, or a replay', async () => {
    const { checked, replayed, submit } = signingIn({ signIn: undefined, ended: SIGN_IN });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(replayed).toMatchObject([{ id: 'claire', means: 'password' }]);
    expect(checked).toEqual([]);
  });

  it('does not even look at a code without a sign-in in progress', async () => {
    const { checked, replayed, submit } = signingIn({ signIn: undefined });
    await expect(submit()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect([checked, replayed]).toEqual([[], []]);
  });

  it('opens nothing for a code that is refused, and gives no attempt back', async () => {
    const refused = new AppError('code.rejected');
    const { steps, refunded, submit } = signingIn({ codes: { verify: () => Promise.reject(refused) } });
    await expect(submit()).rejects.toBe(refused);
    expect(steps.taken).not.toContain('begin');
    expect(refunded).toEqual([]);
  });

  it('opens nothing, and writes it down, for the second of two with one right code', async () => {
    const second = new AppError('code.rejected');
    const { steps, replayed, submit } = signingIn({ codes: { consume: () => Promise.reject(second) } });
    await expect(submit()).rejects.toBe(second);
    expect(steps.taken).toContain('rollback');
    expect(steps.taken).not.toContain('completion.complete(tx)');
    expect(replayed).toHaveLength(1);
  });

  it('gives the attempt back when what the code opens fails', async () => {
    const over = new AppError('sign-in.required');
    const { steps, refunded, replayed, submit } = signingIn({ complete: () => Promise.reject(over) });
    await expect(submit()).rejects.toBe(over);
    expect([refunded, replayed]).toEqual([[over], []]);
    expect(steps.taken).toContain('rollback');
  });
});

describe('between the password and the code', () => {
  it('the account is held before a sign-in begins and its code is written, in one transaction', async () => {
    const { steps, start } = signingIn();
    expect(await start()).toEqual({ signInToken: 'token', pending: PENDING, alternatives: ['SMS'] });
    const inside = [
      'accounts.lockForUpdate(tx)',
      'attempts.succeeded(tx)',
      'signIns.start(tx)',
      'codes.issue(tx)',
    ];
    expect(steps.taken.slice(-6)).toEqual(['begin', ...inside, 'commit']);
  });

  it('the sign-in is that of a password, in this browser, whose wrong passwords are forgotten', async () => {
    const { begun, start } = signingIn();
    await start();
    await start({ ...CHECKED, known: { browser: { id: 'browser' } } as RecognizedBrowser });
    const byPassword = { means: 'password', amr: ['pwd'], principal: { accountId: 'claire' } };
    expect(begun).toMatchObject([
      ['claire.martin', null],
      { ...byPassword, browserId: null },
      ['claire.martin', 'browser'],
      { ...byPassword, browserId: 'browser' },
    ]);
  });

  it('the code goes to the address of that moment, not to the one before the hash', async () => {
    const moved = { ...CLAIRE, email: 'claire@clinique.example' } as Account;
    const { issued, start } = signingIn({ held: moved });
    await start();
    const sending = { purpose: 'sign-in', account: moved, client: CLIENT };
    expect(issued).toEqual([{ ...sending, binding: 'sign-in', begins: true }]);
  });

  it('nothing begins when a limit of messages is reached', async () => {
    const { begun, start } = signingIn({ over: 'address-block' });
    await expect(start()).rejects.toThrow('attempts.exceeded');
    expect(begun).toEqual([]);
  });

  it.each<OwnFactor[][]>([[[]], [['totp']]])(
    'nothing begins for an account that was closed, or whose password changed, meanwhile, with %p',
    async (own) => {
      const { begun, start } = signingIn({ held: undefined, own });
      expect(await start()).toBeUndefined();
      expect(begun).toEqual([]);
    },
  );

  it('no message is written, nor counted, for a person with an authenticator app', async () => {
    const { issued, start } = signingIn({ over: 'address-block', own: ['totp'] });
    expect(await start()).toEqual({ signInToken: 'token', pending: null, alternatives: ['totp', 'EMAIL'] });
    expect(issued).toEqual([]);
  });

  it('a recovery code is named last, beside what else the person has', async () => {
    const factors = async (own: OwnFactor[]) => (await signingIn({ own }).start())?.alternatives;
    expect(await factors(['recovery-code'])).toEqual(['SMS', 'recovery-code']);
    expect(await factors(['totp', 'recovery-code'])).toEqual(['totp', 'EMAIL', 'recovery-code']);
  });

  it('no message is written where a recovery code alone still opens something', async () => {
    const { issued, start } = signingIn({ own: ['recovery-code'], takesCodes: false });
    expect(await start()).toMatchObject({ pending: null });
    expect(issued).toEqual([]);
  });
});

describe('another code for a sign-in', () => {
  it('is sent to its account holder, by the channel that was asked for', async () => {
    const { issued, resend } = signingIn();
    expect(await resend()).toBe(PENDING);
    expect(issued).toMatchObject([{ purpose: 'sign-in', binding: 'sign-in', channel: 'EMAIL' }]);
  });

  it.each<[string, World]>([
    ['without a sign-in in progress', { signIn: undefined }],
    ['to who was deactivated since the password', { admitted: false }],
    ['where the structure now wants another means', { forbidden: true }],
  ])('is not sent %s', async (_, world) => {
    const { issued, resend } = signingIn(world);
    await expect(resend()).rejects.toMatchObject({ code: 'sign-in.required' });
    expect(issued).toEqual([]);
  });
});

describe('the delivery state of the latest code', () => {
  it('is hidden without a sign-in in progress', async () => {
    const { service } = signingIn({ signIn: undefined });
    await expect(service.receipt('token')).rejects.toMatchObject({ code: 'sign-in.required' });
  });
});
