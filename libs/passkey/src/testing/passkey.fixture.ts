import type { Account } from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { AuthenticationResponseJSON, Passkey, VerifiedAssertion } from '@portillon/authenticator';
import type { Client } from '@portillon/http';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { Session } from '@portillon/session';
import type { Steps } from '@portillon/testing';

export const CLIENT: Client = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  requestId: 'r1',
  locale: 'fr',
};

export const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  status: 'ACTIVE',
  structure: null,
} as Account;

export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  amr: ['pwd', 'otp'],
  proof: { code: 'mail' },
  signedInAt: new Date('2026-11-24T15:39:00.000Z'),
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
export const RESPONSE = {} as AuthenticationResponseJSON;

/** A journal, and what it says: `authn_login_fail passkey-unknown`. */
export function journalOf(steps: Steps) {
  const lines: string[] = [];
  const audit = steps.of<AuditService>('audit', {
    record: async ({ name, reason }: AuditEvent) => void lines.push(reason ? `${name} ${reason}` : name),
  });
  return { audit, lines };
}

/** Mails, and of what kind they were: `passkey-added claire`. */
export function noticesOf(steps: Steps) {
  const notified: string[] = [];
  const notices = steps.of<SecurityNoticeService>('notices', {
    notify: async (kind, { id }) => void notified.push(`${kind} ${id}`),
  });
  return { notices, notified };
}
