import type { OwnFactor } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import type { PasswordAttemptService } from '@portillon/credential';
import type { PendingSignIn, PendingSignInService } from '@portillon/session';
import { CLIENT, Steps } from '@portillon/testing';
import { CodeSignInStartService } from './code-sign-in-start.service';
import type { RecognizedBrowser } from '../session/browser-recognition.service';
import type { PasswordChecked } from '../password/password-check.service';
import type { Counted } from '../limits/send-limits';
import { CLAIRE, NEEDS_CODE, PENDING, channelsOf, codesOf, factorsOf } from '../testing/sign-in.fixture';

const CHECKED: PasswordChecked = { account: CLAIRE, known: undefined, admission: NEEDS_CODE };

/** `held`: the account as the transaction reads it. `over`: the message limit that is reached. */
function starting(held: Account | undefined, over?: Counted, own: OwnFactor[] = [], takesCodes = true) {
  const steps = new Steps();
  const { codes, issued } = codesOf(steps, over);
  const begun: unknown[] = [];
  const service = new CodeSignInStartService(
    steps.transactions,
    steps.of<AccountService>('accounts', { lockForUpdate: async () => held }),
    steps.of<PasswordAttemptService>('attempts', {
      succeeded: async (name, bucket) => void begun.push([name, bucket]),
    }),
    steps.of<PendingSignInService>('signIns', {
      start: async (request) => {
        begun.push(request);
        return { signIn: { id: 'sign-in' } as PendingSignIn, token: 'token' };
      },
    }),
    codes,
    channelsOf(steps, takesCodes),
    factorsOf(own),
  );
  return { steps, issued, begun, start: (checked = CHECKED) => service.start(checked, own, CLIENT) };
}

describe('between the password and the code', () => {
  it('the account is held before a sign-in begins and its code is written, in one transaction', async () => {
    const { steps, start } = starting(CLAIRE);
    expect(await start()).toEqual({ signInToken: 'token', pending: PENDING, alternatives: ['SMS'] });
    expect(steps.taken).toEqual([
      'channels.of',
      'codes.countedSend',
      'begin',
      'accounts.lockForUpdate(tx)',
      'attempts.succeeded(tx)',
      'signIns.start(tx)',
      'codes.issue(tx)',
      'commit',
    ]);
  });

  it('the sign-in is that of a password, in this browser, whose wrong passwords are forgotten', async () => {
    const { begun, start } = starting(CLAIRE);
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
    const { issued, start } = starting(moved);
    await start();
    const sending = { purpose: 'sign-in', account: moved, client: CLIENT };
    expect(issued).toEqual([{ ...sending, binding: 'sign-in', begins: true }]);
  });

  it('nothing begins when a limit of messages is reached', async () => {
    const { steps, start } = starting(CLAIRE, 'address-block');
    await expect(start()).rejects.toThrow('attempts.exceeded');
    expect(steps.taken).toEqual(['channels.of', 'codes.countedSend']);
  });

  it('nothing begins for an account that was closed, or whose password changed, meanwhile', async () => {
    const { steps, start } = starting(undefined);
    expect(await start()).toBeUndefined();
    expect(steps.taken.slice(2)).toEqual(['begin', 'accounts.lockForUpdate(tx)', 'commit']);
  });

  it('no message is written, nor counted, for a person with an authenticator app', async () => {
    const { steps, start } = starting(CLAIRE, 'address-block', ['totp']);
    expect(await start()).toEqual({ signInToken: 'token', pending: null, alternatives: ['totp', 'EMAIL'] });
    expect(steps.taken).toEqual([
      'begin',
      'accounts.lockForUpdate(tx)',
      'attempts.succeeded(tx)',
      'signIns.start(tx)',
      'channels.of',
      'commit',
    ]);
  });

  it('a recovery code is named last, beside what else the person has', async () => {
    const ways = async (own: OwnFactor[]) => (await starting(CLAIRE, undefined, own).start())?.alternatives;
    expect(await ways(['recovery-code'])).toEqual(['SMS', 'recovery-code']);
    expect(await ways(['totp', 'recovery-code'])).toEqual(['totp', 'EMAIL', 'recovery-code']);
  });

  it('no message is written where a recovery code alone still opens something', async () => {
    const { issued, start } = starting(CLAIRE, undefined, ['recovery-code'], false);
    expect(await start()).toMatchObject({ pending: null });
    expect(issued).toEqual([]);
  });

  it('nothing begins with an authenticator app either, for an account that was closed meanwhile', async () => {
    expect(await starting(undefined, undefined, ['totp']).start()).toBeUndefined();
  });
});
