import { OtpPolicy, OtpService } from '@portillon/otp';
import { CLIENT, Steps } from '@portillon/testing';
import { CodeCheckService } from './code-check.service';
import type { CodeRefusalService } from './code-refusal.service';
import type { SendLimitService } from './send-limit.service';
import { CLAIRE } from './testing/sign-in.fixture';

function checking() {
  const steps = new Steps();
  const service = new CodeCheckService(
    steps.of<OtpService>('otp', { check: async () => ({ status: 'missing' }) as never }),
    new OtpPolicy(),
    steps.of<CodeRefusalService>('refusals', { refuse: async () => Promise.reject(new Error('refused')) }),
    steps.of<SendLimitService>('limits', {}),
  );
  const check = (code: string) => service.check({ purpose: 'sign-in', binding: 'b', code }, CLAIRE, CLIENT);
  return { steps, check };
}

describe('a code that was typed', () => {
  it.each(['12345', '1234567', ''])('costs no attempt when it cannot be one: « %s »', async (code) => {
    const { steps, check } = checking();
    await expect(check(code)).rejects.toMatchObject({ code: 'validation.failed' });
    expect(steps.taken).toEqual([]);
  });

  it('is counted and compared when it has the digits of a code', async () => {
    const { steps, check } = checking();
    await expect(check('123456')).rejects.toThrow('refused');
    expect(steps.taken).toEqual(['otp.check', 'refusals.refuse']);
  });
});
