import type { ResolvedAccessOptions } from '@portillon/access';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { DeviceRecognition, TrustedDevice, TrustedDeviceService } from '@portillon/session';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { CLAIRE } from '../testing/sign-in.fixture';
import { BrowserRecognitionService } from './browser-recognition.service';

const RECOGNISED = { status: 'recognised', browser: { id: 'browser' } as TrustedDevice, token: 't' } as const;
const REUSED = { status: 'reused', browserId: 'browser' } as const;

interface World {
  outcome?: DeviceRecognition;
  /** The browsers of the account. */
  browsers?: TrustedDevice[];
  scope?: 'browser' | 'account';
}

function meeting({ outcome = RECOGNISED, ...world }: World = {}) {
  const { browsers = [], scope = 'browser' } = world;
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const asked: unknown[] = [];
  const ended: string[] = [];
  const notified: unknown[] = [];
  const service = new BrowserRecognitionService(
    steps.of<TrustedDeviceService>('devices', {
      recognise: async (...request) => {
        asked.push(request);
        return outcome;
      },
      end: async (id, reason) => {
        ended.push(`${id} ${reason}`);
        return true;
      },
      list: async () => browsers,
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, details) => void notified.push([kind, id, details]),
    }),
    audit,
    { codeWindowScope: scope } as ResolvedAccessOptions,
  );
  return { lines, entries, asked, ended, notified, service };
}

describe('a browser at a sign-in', () => {
  it('is known by its cookie, for the person of the name alone', async () => {
    const { asked, service } = meeting();
    expect(await service.recognise('cookie', CLAIRE, CLIENT)).toBe(RECOGNISED);
    expect(asked).toEqual([['cookie', 'claire']]);
  });

  it('is looked up for a name without account too: response times do not differ', async () => {
    const { asked, service } = meeting({ outcome: { status: 'unknown' } });
    expect(await service.recognise('cookie', undefined, CLIENT)).toBeUndefined();
    expect(asked).toEqual([['cookie', '00000000-0000-0000-0000-000000000000']]);
  });

  it('is not known by a cookie that says nothing of the person, and nothing ends', async () => {
    const { lines, ended, service } = meeting({ outcome: { status: 'unknown' } });
    expect(await service.recognise(undefined, CLAIRE, CLIENT)).toBeUndefined();
    expect([ended, lines]).toEqual([[], []]);
  });

  it('is forgotten when its cookie was copied, and the person is notified', async () => {
    const { lines, entries, ended, notified, service } = meeting({ outcome: REUSED });
    expect(await service.recognise('cookie', CLAIRE, CLIENT)).toBeUndefined();
    expect(lines).toEqual(['browser_reuse_detected']);
    const data = { browserId: 'browser' };
    expect(entries).toMatchObject([{ outcome: 'FAILURE', accountId: 'claire', data }]);
    expect(ended).toEqual(['browser reused']);
    expect(notified).toEqual([['browser-reuse', 'claire', { client: CLIENT }]]);
  });

  it('stays as it is for an account that cannot be notified', async () => {
    const { lines, ended, notified, service } = meeting({ outcome: REUSED });
    expect(await service.recognise('cookie', undefined, CLIENT)).toBeUndefined();
    expect([ended, lines, notified]).toEqual([[], [], []]);
  });
});

describe('the code that still holds', () => {
  const browser = (codeAcceptedAt: Date, codeStillValid = true) =>
    ({ codeAcceptedAt, codeStillValid }) as TrustedDevice;
  const [EARLY, LATE, LATEST] = [new Date('2026-01-01'), new Date('2026-01-02'), new Date('2026-01-03')];
  const browsers = [browser(EARLY), browser(LATE), browser(LATEST, false)];

  it('is that of this browser alone', async () => {
    const { service } = meeting({ browsers });
    expect(await service.acceptedAt(CLAIRE, { browser: browser(EARLY), token: 't' })).toEqual(EARLY);
    expect(await service.acceptedAt(CLAIRE, { browser: browser(EARLY, false), token: 't' })).toBeNull();
    expect(await service.acceptedAt(CLAIRE, undefined)).toBeNull();
  });

  it('is the latest of all browsers where the deployment counts those', async () => {
    expect(await meeting({ browsers, scope: 'account' }).service.acceptedAt(CLAIRE, undefined)).toEqual(LATE);
    expect(await meeting({ scope: 'account' }).service.acceptedAt(CLAIRE, undefined)).toBeNull();
  });
});
