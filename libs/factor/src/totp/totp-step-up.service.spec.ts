import type { GivenFactor, StepUpCompletionService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import { SESSION } from '../testing/totp.fixture';
import type { TotpCheckService } from './totp-check.service';
import { TotpStepUpService } from './totp-step-up.service';

const GIVEN = { proof: { code: 'otp' } } as GivenFactor;
const CONFIRMED = { session: SESSION, sessionToken: 'next token' };

interface World {
  refusal?: AppError;
  /** Why the right code confirms nothing. */
  failure?: AppError;
}

function confirming({ refusal, failure }: World = {}) {
  const steps = new Steps();
  const asked: unknown[] = [];
  const settled: unknown[] = [];
  const service = new TotpStepUpService(
    steps.of<TotpCheckService>('checks', {
      require: async ({ id }, code) => {
        asked.push([id, code]);
        if (refusal) throw refusal;
        return GIVEN;
      },
      settle: ({ id }, _client, opened) => {
        settled.push(id);
        return opened;
      },
    }),
    steps.of<StepUpCompletionService>('completion', {
      complete: async ({ id }, given) => {
        asked.push([id, given]);
        if (failure) throw failure;
        return CONFIRMED;
      },
    }),
  );
  return { steps, asked, settled, confirm: () => service.confirm(SESSION, '482913', CLIENT) };
}

describe('the code of an app in a session that is open', () => {
  it('is checked for the person of the session, then renews that session', async () => {
    const { steps, asked, confirm } = confirming();
    expect(await confirm()).toBe(CONFIRMED);
    expect(steps.taken).toEqual(['checks.require', 'completion.complete', 'checks.settle']);
    expect(asked).toEqual([
      ['claire', '482913'],
      ['session', GIVEN],
    ]);
  });

  it('renews nothing when it is refused', async () => {
    const refusal = new AppError('totp.rejected');
    const { steps, confirm } = confirming({ refusal });
    await expect(confirm()).rejects.toBe(refusal);
    expect(steps.taken).toEqual(['checks.require']);
  });

  it('is settled for the person, recorded or not, when another request was first or the session has ended', async () => {
    for (const code of ['totp.rejected', 'session.required'] as const) {
      const failure = new AppError(code);
      const { settled, confirm } = confirming({ failure });
      await expect(confirm()).rejects.toBe(failure);
      expect(settled).toEqual(['claire']);
    }
  });
});
