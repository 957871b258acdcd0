import type { AccountImportService, ListPreferenceService } from '@portillon/account';
import type { ApplicationService } from '@portillon/application';
import type { AuditEntry, AuditService } from '@portillon/audit';
import type { AuthenticatorService } from '@portillon/authenticator';
import type { NotificationService } from '@portillon/notification';
import type { ApplicationEntry, SessionClientService } from '@portillon/openid';
import type { DeviceHistoryService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import { own } from '../testing/own.fixture';
import { KeptActivityService } from './kept-activity.service';
import { KeptApplicationsService } from './kept-applications.service';
import { PersonalRecordsService } from './personal-records.service';

const PAGE = 100;
/** One export has at most so many lines of activity. */
const MOST = 10_000;
const [NOON, ONE] = [new Date('2026-11-24T12:00:00Z'), new Date('2026-11-24T13:00:00Z')];

function entry(applicationId: string, createdAt: Date): ApplicationEntry {
  return { sessionId: 's1', applicationId, grantId: null, createdAt, lastUsedAt: createdAt, endedAt: null };
}

/** A person of so many lines in the journal. */
function records(lines: number, entries: ApplicationEntry[] = []) {
  const asked: string[] = [];
  const of = <T>(answer: T) => {
    return async (id: string) => (asked.push(id), answer);
  };
  const history = { sessionsOf: of([]), trustedDevicesOf: of([]) };
  const audit: Partial<AuditService> = {
    ofAccount: async (id, { cursor, limit }) => {
      asked.push(id);
      const from = Number(cursor ?? 0);
      const items = Array.from({ length: Math.min(limit, lines - from) }, () => ({}) as AuditEntry);
      const next = from + items.length;
      return { items, nextCursor: next < lines ? String(next) : null };
    },
  };
  const service = new PersonalRecordsService(
    history as Partial<DeviceHistoryService> as DeviceHistoryService,
    {
      heldBy: of({ passkeys: [], totpConfirmedAt: null, recoveryCodes: null }),
    } as Partial<AuthenticatorService> as AuthenticatorService,
    { all: of([]) } as Partial<ListPreferenceService> as ListPreferenceService,
    { linesOf: ({ id }) => of([])(id) } as Partial<AccountImportService> as AccountImportService,
    new KeptApplicationsService(
      {
        getAll: async (ids: string[]) =>
          ids.filter((id) => id !== 'gone').map((id) => ({ id, name: `The ${id}` })),
      } as unknown as ApplicationService,
      { entriesOf: of(entries) } as Partial<SessionClientService> as SessionClientService,
    ),
    new KeptActivityService(
      audit as AuditService,
      { deliveryLogOf: of([]) } as Partial<NotificationService> as NotificationService,
    ),
    new SettableClock(),
  );
  return { asked, collect: () => service.collect(own()) };
}

describe('everything that is kept of a person', () => {
  it('is of the person alone', async () => {
    const { asked, collect } = records(1);
    await collect();
    expect(new Set(asked)).toEqual(new Set(['claire']));
  });

  it('has the whole activity, page by page', async () => {
    const { collect } = records(2 * PAGE + 1);
    expect((await collect()).activity).toHaveLength(2 * PAGE + 1);
  });

  it('ends where it would no longer be a file of a few megabytes', async () => {
    const { collect } = records(MOST + PAGE);
    expect((await collect()).activity).toHaveLength(MOST);
  });

  it('names the applications that were entered, the latest first, those too that exist no more', async () => {
    const { collect } = records(1, [entry('gone', NOON), entry('agenda', ONE)]);
    const { applications } = await collect();
    expect(applications.map(({ applicationId, name }) => [applicationId, name])).toEqual([
      ['agenda', 'The agenda'],
      ['gone', null],
    ]);
  });
});
