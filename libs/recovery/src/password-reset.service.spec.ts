import type { ResetRequestService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import { CLIENT, Steps } from '@portillon/testing';
import { PasswordResetService } from './password-reset.service';
import type { ResetLimitService } from './reset-limit.service';

describe('who forgot a password', () => {
  const resets = (count: () => Promise<void>) => {
    const steps = new Steps();
    const limits = steps.of<ResetLimitService>('limits', { countRequest: count });
    const requests = steps.of<ResetRequestService>('requests', { ask: async () => undefined });
    return { steps, service: new PasswordResetService(limits, requests) };
  };

  it('is counted and put in the queue, and not looked up: the answer costs the same for every name', async () => {
    const { steps, service } = resets(async () => undefined);
    await service.request('nobody.at.all', CLIENT);
    expect(steps.taken).toEqual(['limits.countRequest', 'requests.ask']);
  });

  it('is not even put in the queue by an address block that asks too often', async () => {
    const refused = new AppError('attempts.exceeded');
    const { steps, service } = resets(() => Promise.reject(refused));
    await expect(service.request('claire.martin', CLIENT)).rejects.toBe(refused);
    expect(steps.taken).toEqual(['limits.countRequest']);
  });
});
