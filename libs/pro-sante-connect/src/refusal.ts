import { Logger } from '@nestjs/common';
import type { Reason } from '@portillon/audit';
import type { OpenedSession } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import { asProviderFailure, isCancelled } from './provider/provider-failure';
import type { Flaw } from './provider/provider-failure';

/** Why the browser returns without a proof: API error codes, and one for a user who cancelled at PSC. */
export type ProviderRefusal =
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

const PUBLIC_CODES = new Set<string>([
  'identity.rejected',
  'account.not-linked',
  'account.already-linked',
  'session.required',
  'means.unavailable',
  'means.too-weak',
  'attempts.exceeded',
  'service.busy',
] satisfies ProviderRefusal[]);

const logger = new Logger('ProSanteConnect');

/** PSC proved no identity. `evidence` is for the journal: the fault, and the identity that PSC named, once verified. */
export class Unproven extends Error {
  constructor(
    readonly code: ProviderRefusal,
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
  return new Unproven(publicCodeOf(known), reason, { detail: known.flaw, ...(subject ? { subject } : {}) });
}

export function publicCodeOf(error: unknown): ProviderRefusal {
  if (error instanceof Unproven) return error.code;
  if (error instanceof AppError && PUBLIC_CODES.has(error.code)) return error.code as ProviderRefusal;
  return 'internal';
}

/** The parameters that the browser takes to PSC. */
export interface AuthorizationRedirect {
  url: string;
  browserCookie: string;
}

/** The user continues without a session, from the requested page. */
export interface RefusedSignIn {
  status: 'refused';
  code: ProviderRefusal;
  returnTo: string;
  /** For a user who was proved but may not sign in: the token that ends their session at PSC. */
  signOutToken?: string;
}

/** The result of a sign-in. */
export type SignInResult =
  | { status: 'signed-in'; opened: OpenedSession; returnTo: string }
  | { status: 'choice'; token: string; returnTo: string }
  | RefusedSignIn;

/** The result of a link, for « Mon compte » to show. */
export type LinkResult = { status: 'linked' } | { status: 'not-linked'; code: ProviderRefusal };

/** Handles the browser's return from PSC. */
export type ProSanteConnectResult = SignInResult | LinkResult;
