import type { Account } from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
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
  displayName: 'Claire Martin',
  status: 'ACTIVE',
  email: 'claire@hopital.example',
  roles: ['professional'],
  structure: null,
  nationalId: '899700366240',
  passwordDigest: 'digest',
  passwordChangedAt: null,
  policy: {},
} as unknown as Account;

/** Claire's session, by password and code, in a browser that is remembered. */
export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  amr: ['pwd', 'otp'],
  browserId: 'browser',
  codeValidUntilAt: new Date('2026-01-02'),
  principal: { structure: null },
} as unknown as Session;

/** A journal, and what it says: `authn_login_success`, `authn_login_fail wrong-password`. */
export function journalOf(steps: Steps) {
  const lines: string[] = [];
  const audit = steps.of<AuditService>('audit', {
    record: async ({ name, reason }: AuditEvent) => void lines.push(reason ? `${name} ${reason}` : name),
  });
  return { audit, lines };
}
