import { AppError } from '@portillon/kernel';
import type { Steps } from '@portillon/testing';
import type { AccessRefusalService } from '../rights/access-refusal.service';

/** Refusals that throw as the real ones do. */
export function refusing(steps: Steps): AccessRefusalService {
  return steps.of<AccessRefusalService>('refusals', {
    forbid: async () => {
      throw new AppError('permission.denied');
    },
    hide: async () => {
      throw new AppError('not-found');
    },
  });
}
