import type { Account } from '@portillon/account';
import type {
  AuthenticationResponseJSON,
  Passkey,
  PasskeyAssertionService,
  VerifiedAssertion,
} from '@portillon/authenticator';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { Session } from '@portillon/session';
import type { Steps } from '@portillon/testing';

export const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  status: 'ACTIVE',
  structure: null,
} as Account;

export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  amr: ['pwd', 'mail'],
  proof: { code: 'mail' },
  signedInAt: new Date('2026-11-24T15:39:00.000Z'),
  authenticatedAt: new Date('2026-11-24T15:39:00.000Z'),
  principal: { structure: null },
} as unknown as Session;

export const PASSKEY: Passkey = {
  id: 'passkey',
  accountId: 'claire',
  name: 'Clé',
  kind: 'device',
  identityProof: null,
  identityProvedAt: null,
  createdAt: new Date(0),
  lastUsedAt: null,
};

export const VERIFIED = { status: 'verified', passkey: PASSKEY } as VerifiedAssertion;
/** The start of a ceremony. */
export const CHALLENGE = { options: {}, cookie: 'cookie' } as Awaited<
  ReturnType<PasskeyAssertionService['begin']>
>;
export const RESPONSE = {} as AuthenticationResponseJSON;

/** The mails that were sent, by kind: `passkey-added claire`, with their facts. */
export function noticesOf(steps: Steps) {
  const notified: string[] = [];
  const details: unknown[] = [];
  const notices = steps.of<SecurityNoticeService>('notices', {
    notify: async (kind, { id }, given) => {
      notified.push(`${kind} ${id}`);
      details.push(given);
    },
  });
  return { notices, notified, details };
}
