import { SettableClock, Steps } from '@portillon/testing';
import { OtpAttemptService } from './otp-attempt.service';
import type { OtpSubjectRepository } from './otp-subject.repository';
import { OtpPolicy } from './otp.policy';

/** As often as `overtaken`, another attempt at the person's codes is counted first. */
function counting(overtaken: number) {
  const steps = new Steps();
  let others = overtaken;
  const subjects = steps.of<OtpSubjectRepository>('subjects', {
    findOrAdd: async (id) => ({ id, failures: 0, lockedUntilAt: null }),
    countAttempt: async () => others-- <= 0,
  });
  const attempts = new OtpAttemptService(subjects, new OtpPolicy(), new SettableClock());
  return { steps, count: () => attempts.count('claire') };
}

describe('an attempt at a code from a factor without messages', () => {
  it('is counted and committed in turn, after earlier ones', async () => {
    const { steps, count } = counting(1);
    expect(await count()).toEqual({ status: 'counted', lock: null });
    // Without a transaction each statement is committed before the next.
    const turn = ['subjects.findOrAdd', 'subjects.countAttempt'];
    expect(steps.taken).toEqual([...turn, ...turn]);
  });

  it('is given up when others are always counted first: it is not compared uncounted', async () => {
    await expect(counting(Infinity).count()).rejects.toMatchObject({
      code: 'service.busy',
      retryAfterSeconds: 1,
    });
  });
});
