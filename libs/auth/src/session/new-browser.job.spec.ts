import type { AuditSealService, JournalLine } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { IN_NEW_BROWSER, NewBrowserJob } from './new-browser.job';

const SIGN_IN = {
  name: 'authn_login_success',
  accountId: 'claire',
  address: '192.0.2.1',
  device: 'Firefox',
  data: IN_NEW_BROWSER,
} as unknown as JournalLine;

/** The notices that these journal lines cause. */
async function noticesOf(...lines: JournalLine[]) {
  const notified: unknown[] = [];
  const subscribers: NewBrowserJob[] = [];
  const seals = { subscribe: (job: NewBrowserJob) => subscribers.push(job) };
  const notices = { notifyAll: async (kind: string, all: unknown[]) => void notified.push([kind, all]) };
  const job = new NewBrowserJob(
    seals as unknown as AuditSealService,
    notices as unknown as SecurityNoticeService,
  );
  job.onModuleInit();
  for (const subscriber of subscribers) await subscriber.linesSealed(lines, {} as EntityManager);
  return notified;
}

describe('a sign-in in a browser that the person had not used before', () => {
  it('is notified to the person, with its place', async () => {
    const client = { address: '192.0.2.1', userAgent: 'Firefox' };
    expect(await noticesOf(SIGN_IN)).toEqual([['new-browser', [{ subjectId: 'claire', client }]]]);
  });

  it('is notified where the journal keeps no address any more', async () => {
    const client = { address: '', userAgent: '' };
    const [[, notified]] = (await noticesOf({ ...SIGN_IN, address: null, device: null })) as [
      [string, unknown],
    ];
    expect(notified).toEqual([{ subjectId: 'claire', client }]);
  });

  it('is notified to each person of the lines', async () => {
    const [[, notified]] = (await noticesOf(SIGN_IN, { ...SIGN_IN, accountId: 'paul' })) as [
      [string, unknown],
    ];
    expect(notified).toMatchObject([{ subjectId: 'claire' }, { subjectId: 'paul' }]);
  });
});

describe('any other line of the journal', () => {
  it.each<[string, Partial<JournalLine>]>([
    ['a sign-in in a known browser', { data: {} }],
    ['a word that merely looks like it', { data: { newBrowser: 'true' } }],
    ['a refusal', { name: 'authn_login_fail' }],
    ['a sign-in of a person who was erased', { accountId: null }],
  ])('tells nothing: %s', async (_, line) => {
    expect(await noticesOf({ ...SIGN_IN, ...line } as JournalLine)).toEqual([['new-browser', []]]);
  });
});
