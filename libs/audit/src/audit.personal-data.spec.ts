import { AuditPersonalData } from './audit.personal-data';
import type { AuditService } from './journal/audit.service';
import type { AuditEntry } from './journal/audit.types';

const CLAIRE = { id: 'claire', username: 'claire.martin', email: 'claire@hopital.example', nationalId: null };
const PAGE = 100;
/** One export has at most so many entries. */
const MOST = 10_000;

/** How many entries an export has, of an account with so many. */
async function exportedOf(lines: number): Promise<number> {
  const audit: Partial<AuditService> = {
    ofAccount: async (id, { cursor, limit }) => {
      expect(id).toBe('claire');
      const from = Number(cursor ?? 0);
      const items = Array.from({ length: Math.min(limit, lines - from) }, () => ({}) as AuditEntry);
      const next = from + items.length;
      return { items, nextCursor: next < lines ? String(next) : null };
    },
  };
  return (await new AuditPersonalData(audit as AuditService).export(CLAIRE)).activity!.length;
}

it('exports all activity of the account holder, page by page', async () => {
  expect(await exportedOf(2 * PAGE + 1)).toBe(2 * PAGE + 1);
});

it('ends an export that would exceed a few megabytes', async () => {
  expect(await exportedOf(MOST + PAGE)).toBe(MOST);
});
