import { Logger } from '@nestjs/common';
import type { Reason } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { asProviderFailure, isCancelled, type Flaw } from './provider/provider-failure';

/** Why the browser returns without a proof: API error codes, and one for a user who cancelled at PSC. */
export type Refusal =
  | 'sign-in.cancelled'
  | 'sign-in.required'
  | 'identity.rejected'
  | 'account.not-linked'
  | 'account.already-linked'
  | 'session.required'
  | 'means.unavailable'
  | 'means.too-weak'
  | 'attempts.exceeded'
  | 'service.busy'
  | 'internal';

const TELLABLE = new Set<string>([
  'identity.rejected',
  'account.not-linked',
  'account.already-linked',
  'session.required',
  'means.unavailable',
  'means.too-weak',
  'attempts.exceeded',
  'service.busy',
] satisfies Refusal[]);

const logger = new Logger('ProSanteConnect');

/** PSC proved no identity. `evidence` is for the journal: the fault, and the identity that PSC named, once verified. */
export class Unproven extends Error {
  constructor(
    readonly code: Refusal,
    readonly reason: Reason,
    readonly evidence: { detail?: Flaw; subject?: string } = {},
  ) {
    super(reason);
  }
}

export function unproven(error: unknown, subject?: string): Unproven {
  // The user cancelled at PSC: this is not a failure.
  if (isCancelled(error)) return new Unproven('sign-in.cancelled', 'cancelled');
  const known = asProviderFailure(error);
  logger.log(`refused identity: ${known.message}`);
  const reason = known.code === 'means.unavailable' ? 'provider-unavailable' : 'identity-not-proven';
  return new Unproven(tellable(known), reason, { detail: known.flaw, ...(subject ? { subject } : {}) });
}

export function tellable(error: unknown): Refusal {
  if (error instanceof Unproven) return error.code;
  if (error instanceof AppError && TELLABLE.has(error.code)) return error.code as Refusal;
  return 'internal';
}
