import {
  FactorRegistry,
  type Admission,
  type CodeChannelService,
  type OwnFactor,
  type Presented,
  type Refusal,
  type FactorPolicy,
  type SignInPolicy,
} from '@portillon/access';
import type { Account } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { Steps } from '@portillon/testing';
import type { CodeDeliveryService } from '../code/code-delivery.service';
import type { CodeRequest, DeliveredCode } from '../code/code.types';
import type { Counted } from '../limits/send-limits';

export const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  status: 'ACTIVE',
  email: 'claire@hopital.example',
  roles: ['professional'],
  structure: null,
  memberships: [],
  nationalId: '899700366240',
  passwordDigest: 'digest',
  passwordChangedAt: null,
  policy: {},
  identity: null,
} as unknown as Account;

/** Claire's session, by password and code, in a browser that is remembered. */
export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  amr: ['pwd', 'mail'],
  proof: { code: 'mail' },
  authenticatedAt: new Date('2026-01-01'),
  browserId: 'browser',
  codeValidUntilAt: new Date('2026-01-02'),
  principal: { structure: null },
} as unknown as Session;

/** A code that is written, by {@link codesOf}. */
export const PENDING = { message: { id: 'message' }, otherChannels: ['SMS'] } as unknown as DeliveredCode;

/** A code service that records its calls. `over`: the message limit that is reached. */
export function codesOf(steps: Steps, over?: Counted) {
  const issued: CodeRequest[] = [];
  const codes = steps.of<CodeDeliveryService>('codes', {
    countedSend: (request, work) => {
      if (over) throw new AppError('attempts.exceeded', { data: { counted: over } });
      return work(request);
    },
    issue: async (request: CodeRequest) => {
      issued.push(request);
      return PENDING;
    },
    send: async (request: CodeRequest) => {
      issued.push(request);
      return PENDING;
    },
    deliver: async () => PENDING,
  });
  return { codes, issued };
}

/** A user who gets codes by mail, or for whom codes confirm nothing. */
export function channelsOf(steps: Steps, takesCodes = true) {
  return steps.of<CodeChannelService>('channels', { of: () => (takesCodes ? ['EMAIL'] : []) });
}

/** The judgement of a means that opens a session. */
export const OPEN: Admission & { opens: true } = {
  opens: true,
  needs: 'nothing',
  enrolmentOnly: false,
  limit: undefined,
  acceptedAt: null,
  reasons: [],
};

export const NEEDS_CODE = { ...OPEN, needs: 'code' } as const;

export function refusedFor(refusal: Refusal): Admission {
  return { opens: false, refusal, reasons: [] };
}

/**
 * A policy that admits every account or none, by every means or, with `forbidden`, by all except the password. Its calls
 * are not recorded.
 */
export function policyOf({ admitted = true, forbidden = false }): SignInPolicy {
  return {
    judge: (account: Account | undefined, { means }: Presented) =>
      account && admitted && !(forbidden && means === 'password') ? OPEN : refusedFor('means-forbidden'),
  } as unknown as SignInPolicy;
}

/** The user's factors other than sent codes. */
export function factorsOf(own: readonly OwnFactor[]): FactorRegistry {
  const factors = new FactorRegistry({ acceptsOwn: () => true } as unknown as FactorPolicy);
  const presence = { holders: async (ids: readonly string[]) => new Set(ids) };
  for (const id of own) factors.register({ id, code: id === 'totp' ? 'otp' : null }, presence);
  return factors;
}
