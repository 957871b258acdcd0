import type { ListPreferenceService } from '@portillon/account';
import type { AuditEntry, AuditService } from '@portillon/audit';
import type { AuthenticatorService } from '@portillon/authenticator';
import type { NotificationService } from '@portillon/notification';
import type { DeviceHistoryService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { OwnAccountService } from '../own-account.service';
import { OwnDataService } from './own-data.service';
import { client, own, session } from '../testing/own.fixture';

const PAGE = 100;
/** One export has at most so many lines of activity. */
const MOST = 10_000;

/** A person of so many lines in the journal. */
function ownData(lines: number) {
  const steps = new Steps();
  const asked: string[] = [];
  const service = new OwnDataService(
    steps.of<OwnAccountService>('own', { get: async () => own() }),
    steps.of<DeviceHistoryService>('history', {
      sessionsOf: async (id) => (asked.push(id), []),
      trustedDevicesOf: async (id) => (asked.push(id), []),
    }),
    steps.of<AuthenticatorService>('authenticators', {
      heldBy: async (id) => (asked.push(id), { passkeys: [], totpConfirmedAt: null, recoveryCodes: null }),
    }),
    steps.of<NotificationService>('notifications', { deliveryLogOf: async (id) => (asked.push(id), []) }),
    steps.of<ListPreferenceService>('lists', { all: async (id) => (asked.push(id), []) }),
    steps.of<AuditService>('audit', {
      record: async () => undefined,
      ofAccount: async (id, { cursor, limit }) => {
        asked.push(id);
        const from = Number(cursor ?? 0);
        const items = Array.from({ length: Math.min(limit, lines - from) }, () => ({}) as AuditEntry);
        const next = from + items.length;
        return { items, nextCursor: next < lines ? String(next) : null };
      },
    }),
    new SettableClock(),
  );
  return { steps, asked, collect: () => service.collect(session, client) };
}

describe('the data of a person', () => {
  it('is in the journal as taken out before any of it is read', async () => {
    const { steps, collect } = ownData(1);
    await collect();
    expect(steps.taken.slice(0, 3)).toEqual(['own.get', 'audit.record', 'history.sessionsOf']);
  });

  it('is that of the person alone', async () => {
    const { asked, collect } = ownData(1);
    await collect();
    expect(new Set(asked)).toEqual(new Set(['claire']));
  });

  it('has the whole activity, page by page', async () => {
    const { collect } = ownData(2 * PAGE + 1);
    expect((await collect()).activity).toHaveLength(2 * PAGE + 1);
  });

  it('ends where it would no longer be a file of a few megabytes', async () => {
    const { collect } = ownData(MOST + PAGE);
    expect((await collect()).activity).toHaveLength(MOST);
  });
});
