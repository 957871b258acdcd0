import { AppError } from '@portillon/kernel';
import { CodeAccepted, OtpPolicy, OtpService } from '@portillon/otp';
import type { NotificationService } from '@portillon/notification';
import { CLIENT, Steps } from '@portillon/testing';
import { CodeCheckService } from './code-check.service';
import type { CodeRefusalService } from './code-refusal.service';
import { CLAIRE } from '../testing/sign-in.fixture';

const ACCEPTED = { status: 'accepted', challengeId: 'c' } as CodeAccepted;

function checking({ isRight = false, isFirst = true } = {}) {
  const steps = new Steps();
  const service = new CodeCheckService(
    steps.of<OtpService>('otp', {
      check: async () => (isRight ? ACCEPTED : ({ status: 'missing' } as never)),
      consume: async () => isFirst,
      refund: async () => Promise.reject(new AppError('service.busy')),
    }),
    new OtpPolicy(),
    steps.of<CodeRefusalService>('refusals', { refuse: async () => Promise.reject(new Error('refused')) }),
    steps.of<NotificationService>('notifications', { recordAnswer: async () => undefined }),
  );
  const check = (code: string) => service.check({ purpose: 'sign-in', binding: 'b', code }, CLAIRE, CLIENT);
  const consume = (channel: CodeAccepted['channel'] = 'EMAIL') =>
    steps.transactions.run((tx) => service.consume({ ...ACCEPTED, channel }, tx));
  const settle = (failure: Error) => service.settle(ACCEPTED, Promise.reject(failure));
  return { steps, check, consume, settle };
}

describe('a code that was typed', () => {
  it.each(['12345', '1234567', ''])('costs no attempt when it cannot be one: « %s »', async (code) => {
    const { steps, check } = checking();
    const failure: AppError = await check(code).catch((error) => error);
    expect(failure).toMatchObject({ code: 'validation.failed', errors: [{ field: 'code', code: 'format' }] });
    expect(steps.taken).toEqual([]);
  });

  it('is counted and compared when it has the digits of a code, and refused when it is wrong', async () => {
    const { steps, check } = checking();
    await expect(check('123456')).rejects.toThrow('refused');
    expect(steps.taken).toEqual(['otp.check', 'refusals.refuse']);
  });

  it('is handed back to be consumed when it is right', async () => {
    const { steps, check } = checking({ isRight: true });
    expect(await check('123456')).toBe(ACCEPTED);
    expect(steps.taken).toEqual(['otp.check']);
  });

  it('opens nothing to all callers but the first, in the transaction of what it opens', async () => {
    const { steps, consume } = checking();
    await consume();
    expect(steps.taken).toEqual(['begin', 'otp.consume(tx)', 'commit']);
    await expect(checking({ isFirst: false }).consume()).rejects.toMatchObject({ code: 'code.rejected' });
  });

  it('is given back when what it opens fails, and not to the second of two with one code', async () => {
    const { steps, settle } = checking();
    for (const failure of [new AppError('service.busy'), new Error('a fault')]) {
      await expect(settle(failure)).rejects.toBe(failure);
    }
    await expect(settle(new AppError('code.rejected'))).rejects.toMatchObject({ code: 'code.rejected' });
    expect(steps.taken).toEqual(['otp.refund', 'otp.refund']);
  });

  it('counts for the provider that brought it by SMS', async () => {
    const { steps, consume } = checking();
    await consume('SMS');
    expect(steps.taken).toEqual(['begin', 'otp.consume(tx)', 'notifications.recordAnswer(tx)', 'commit']);
  });
});
