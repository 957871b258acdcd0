import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { claire } from '../testing/administrator.fixture';
import type { AccountTraceService } from './account-trace.service';
import { ErasureEffectService } from './erasure-effect.service';

function erasure(pseudonym: string | undefined, refusal?: Error) {
  const steps = new ActSteps(claire(), refusal);
  const service = new ErasureEffectService(
    steps.lastAdministrator,
    steps.of<AccountAdministrationService>('administration', { erase: async () => pseudonym }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.of<AccountTraceService>('traces', { erase: async () => undefined }),
  );
  const apply = () => steps.transactions.run((tx) => service.apply(claire(), { is: 'asked' }, tx));
  return { steps, apply };
}

describe('what an erasure does', () => {
  it('takes the name away, ends whatever is open, then erases its traces, in one transaction', async () => {
    const { steps, apply } = erasure('efface-1');
    expect(await apply()).toBe(true);
    expect(steps.taken).toEqual([
      'begin',
      'lastAdministrator.requireAnother(tx)',
      'administration.erase(tx)',
      'factorReset.endAll(tx)',
      'traces.erase(tx)',
      'commit',
    ]);
  });

  it('touches nothing else when the ground holds no longer', async () => {
    const { steps, apply } = erasure(undefined);
    expect(await apply()).toBe(false);
    expect(steps.taken.slice(-2)).toEqual(['administration.erase(tx)', 'commit']);
  });

  it('is refused for the last national administrator', async () => {
    const { steps, apply } = erasure('efface-1', new AppError('administrator.last'));
    await expect(apply()).rejects.toMatchObject({ code: 'administrator.last' });
    expect(steps.taken).not.toContain('administration.erase(tx)');
  });
});
