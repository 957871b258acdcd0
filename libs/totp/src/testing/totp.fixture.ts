import type { Account } from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { PendingSignIn, Session } from '@portillon/session';
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
  structure: null,
  policy: { totpIsStrong: false },
} as Account;

export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  proof: {},
  principal: { structure: null },
} as unknown as Session;

export const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  means: 'password',
  principal: { structure: null },
} as unknown as PendingSignIn;

/** A journal, and what it says: `authn_code_fail rejected`. */
export function journalOf(steps: Steps) {
  const lines: string[] = [];
  const audit = steps.of<AuditService>('audit', {
    record: async ({ name, reason }: AuditEvent) => void lines.push(reason ? `${name} ${reason}` : name),
  });
  return { audit, lines };
}
