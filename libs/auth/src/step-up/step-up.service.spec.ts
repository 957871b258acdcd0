import type { FactorPolicy, OwnFactor } from '@portillon/access';
import type { Account, AccountService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { CLIENT, Steps } from '@portillon/testing';
import type { CodeCheckService } from '../code/code-check.service';
import {
  channelsOf,
  CLAIRE,
  codesOf,
  factorsOf,
  PENDING,
  policyOf,
  SESSION,
} from '../testing/sign-in.fixture';
import type { SignInCompletionService } from '../session/sign-in-completion.service';
import { StepUpService } from './step-up.service';

const ACCEPTED = { status: 'accepted', channel: 'EMAIL' } as CodeAccepted;
const STEPPED = { session: SESSION, sessionToken: 'new token' };

interface World {
  codes?: Partial<CodeCheckService>;
  complete?: () => Promise<never>;
  account?: Account | undefined;
  takesCodes?: boolean;
  admitted?: boolean;
  forbidden?: boolean;
  own?: OwnFactor[];
}

function steppingUp(world: World = {}) {
  const { codes, complete, takesCodes = true, own = [], ...policy } = world;
  const steps = new Steps();
  const delivery = codesOf(steps);
  const checked: unknown[] = [];
  const refunded: unknown[] = [];
  const service = new StepUpService(
    steps.transactions,
    steps.of<AccountService>('accounts', {
      getForSignIn: async () => ('account' in world ? world.account : CLAIRE),
    }),
    policyOf(policy),
    { acceptsCodes: () => takesCodes } as unknown as FactorPolicy,
    factorsOf(own),
    channelsOf(steps, takesCodes),
    steps.of<CodeCheckService>('codes', {
      verify: async (asked) => {
        checked.push(asked);
        return ACCEPTED;
      },
      consume: async () => undefined,
      factorOf: () => ({ proof: { code: 'mail' }, facts: {} }),
      refundAfter: async (error) => void refunded.push(error),
      ...codes,
    }),
    delivery.codes,
    steps.of<SignInCompletionService>('completion', { stepUp: complete ?? (async () => STEPPED) }),
  );
  const submit = () => service.submit(SESSION, '482913', CLIENT);
  const request = (channel?: 'SMS') => service.request(SESSION, channel, CLIENT);
  return { steps, checked, refunded, issued: delivery.issued, submit, request };
}

describe('a code for a session that is open', () => {
  it('is counted and compared, then consumed with the session’s next token in one transaction', async () => {
    const { steps, checked, submit } = steppingUp();
    expect(await submit()).toEqual(STEPPED);
    const opened = ['codes.consume(tx)', 'codes.factorOf', 'completion.stepUp(tx)'];
    expect(steps.taken.slice(1)).toEqual(['codes.verify', 'begin', ...opened, 'commit']);
    expect(checked).toEqual([{ purpose: 'session', binding: 'session', code: '482913' }]);
  });

  it('changes nothing when it is refused', async () => {
    const refused = new AppError('code.rejected');
    const { steps, submit } = steppingUp({ codes: { verify: () => Promise.reject(refused) } });
    await expect(submit()).rejects.toBe(refused);
    expect(steps.taken).not.toContain('begin');
  });

  it('is given back where the session ended meanwhile', async () => {
    const ended = new AppError('session.required');
    const { steps, refunded, submit } = steppingUp({ complete: () => Promise.reject(ended) });
    await expect(submit()).rejects.toBe(ended);
    expect(refunded).toEqual([ended]);
    expect(steps.taken).toContain('rollback');
  });

  it('is not looked at where the structure takes none any more, nor for an account that was erased', async () => {
    const taken = steppingUp({ takesCodes: false });
    await expect(taken.submit()).rejects.toMatchObject({ code: 'code.not-accepted' });
    const erased = steppingUp({ account: undefined });
    await expect(erased.submit()).rejects.toMatchObject({ code: 'session.required' });
    expect([taken.checked, erased.checked]).toEqual([[], []]);
  });
});

describe('a code that a session asks for', () => {
  it('is good for this session alone', async () => {
    const { issued, request } = steppingUp();
    expect(await request('SMS')).toEqual({ pending: PENDING, alternatives: ['SMS'] });
    expect(issued).toMatchObject([{ purpose: 'session', binding: 'session', channel: 'SMS' }]);
  });

  it.each<[string, World]>([
    ['who was deactivated', { admitted: false }],
    ['whose structure now wants another means', { forbidden: true }],
  ])('is not sent to a person %s', async (_, world) => {
    const { issued, request } = steppingUp(world);
    await expect(request()).rejects.toMatchObject({ code: 'session.required' });
    expect(issued).toEqual([]);
  });

  it('does not leave for a person with an authenticator app, unless a channel is named', async () => {
    const { issued, request } = steppingUp({ own: ['totp'] });
    expect(await request()).toEqual({ pending: null, alternatives: ['totp', 'EMAIL'] });
    expect(issued).toEqual([]);
    expect(await request('SMS')).toEqual({ pending: PENDING, alternatives: ['SMS', 'totp'] });
    expect(issued).toHaveLength(1);
  });

  it('is not sent where a code opens nothing any more: it replaces no strong means', async () => {
    const { issued, request } = steppingUp({ takesCodes: false });
    await expect(request()).rejects.toMatchObject({ code: 'code.not-accepted' });
    const withApp = steppingUp({ takesCodes: false, own: ['totp'] });
    expect(await withApp.request()).toEqual({ pending: null, alternatives: ['totp'] });
    await expect(withApp.request('SMS')).rejects.toMatchObject({ code: 'code.not-accepted' });
    expect([issued, withApp.issued]).toEqual([[], []]);
  });
});
