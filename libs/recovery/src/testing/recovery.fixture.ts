import type { Account } from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { Steps } from '@portillon/testing';

export const CLIENT: Client = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  requestId: 'r1',
  locale: 'fr',
};

/** Claire's account, with these changes. */
export function claire(changes: Partial<Account> = {}): Account {
  return {
    id: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    status: 'ACTIVE',
    email: 'claire@hopital.example',
    locale: 'fr',
    structure: null,
    passwordDigest: 'digest',
    ...changes,
  } as Account;
}

/** A journal, and what it says: `user_invited`, `authn_password_reset_fail link-not-good`. */
export function journalOf(steps: Steps) {
  const lines: string[] = [];
  const audit = steps.of<AuditService>('audit', {
    record: async ({ name, reason }: AuditEvent) => void lines.push(reason ? `${name} ${reason}` : name),
  });
  return { audit, lines };
}
