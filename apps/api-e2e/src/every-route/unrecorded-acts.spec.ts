import { Contract } from '../harness/applications/contract';
import { useStage } from '../harness/server/stage';
import { actsOn } from './recorded-acts';
import { answersOn } from './recorded-answers';
import type { Visitor } from '../harness/people/visitor';

const ON = { PASSKEYS: 'on', TOTP: 'on', RECOVERY_CODES: 'on' };
/** When a session was used last, counts of attempts, the journal itself, and what jobs of the server write by themselves. */
const LEFT_OUT = [
  'session',
  'auditEvent',
  'auditSeal',
  'auditCounter',
  'keyAnnouncement',
  'passwordAttempt',
  'rateLimit',
  'schemaMigration',
  'noticeLink',
  'notificationPace',
  'smsRoute',
  'smsProvider',
  'writeProbe',
  'writerNode',
];
/** What jobs go on with meanwhile: which there are is compared, not how far each is. */
const OF_JOBS: Record<string, string> = {
  notification:
    "SELECT accountId, kind FROM notification WHERE kind NOT LIKE 'notice.%' AND kind <> 'membership-proposal'",
  membershipProposal: 'SELECT id, roles, refusedAt, closedAt FROM membershipProposal',
  notice: 'SELECT subjectId, kind, occurrences FROM notice',
  webhookDelivery: 'SELECT id FROM webhookDelivery',
};

/** Operations that change nothing the journal records, or whose event is checked in another test. */
const NOT_HERE = [
  // Asks or begins: nothing is changed by it, or by a job that follows.
  'POST /api/admin/events/proof',
  'POST /api/password-resets',
  'POST /api/password-resets/holder',
  'POST /api/invitations/holder',
  'POST /api/security-notices/event',
  'POST /api/membership-proposals/look',
  'POST /api/account/passkeys/options',
  'POST /api/account/totp',
  'POST /api/account/card/presentation',
  'POST /api/account/pro-sante-connect',
  'POST /api/account/strong-means/prompted',
  'PUT /api/account/lists/{list}',
  'POST /api/admin/applications/{id}/explain',
  'POST /api/admin/applications/{id}/test',
  'POST /api/admin/accounts/import',
  // With a card, with a job, with a webhook's receiver: in the specs of these.
  'POST /api/account/card',
  'POST /api/admin/accounts/imports/{id}/start',
  'POST /api/admin/accounts/imports/{id}/undo',
  'POST /api/admin/webhooks/{id}/test',
  'POST /api/admin/webhooks/{id}/deliveries/{deliveryId}/replay',
];

describe('an act that the journal cannot record', () => {
  const stage = useStage({ environment: ON });
  let national: Visitor;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const acts = { ...actsOn(stage, () => national), ...answersOn(stage, () => national) };

  async function dump(): Promise<Record<string, string[]>> {
    const { columns } = await stage.database.schema();
    const tables = [...new Set(columns.map(({ table }) => table))].filter(
      (table) => !LEFT_OUT.includes(table),
    );
    const dumped: Record<string, string[]> = {};
    for (const table of tables) {
      const rows = await stage.database.rows<object>(OF_JOBS[table] ?? `SELECT * FROM ${table}`);
      dumped[table] = rows.map((row) => JSON.stringify(row)).sort();
    }
    return dumped;
  }

  /** How many messages left that their request waits for: codes and test messages. Notices leave later. */
  function awaited(): number {
    const isAwaited = ({ text }: { text?: string }) => /^ {4}\d{6}$|essai=/m.test(text ?? '');
    return stage.twilio.messages.length + stage.smtp.mails.filter(isAwaited).length;
  }

  async function withoutJournal<Result>(work: () => Promise<Result>): Promise<Result> {
    await stage.database.execute('ALTER TABLE auditEvent RENAME TO auditEventAway');
    try {
      return await work();
    } finally {
      await stage.database.execute('ALTER TABLE auditEventAway RENAME TO auditEvent');
    }
  }

  it.each(Object.keys(acts))('%s leaves every table as it was, and sends no code', async (operation) => {
    const [method] = operation.split(' ', 1);
    const { path, body, by = national, version } = await acts[operation]!();
    const seen = version ?? (method === 'PATCH' ? (await by.get(path)).body.version : 1);
    const act = () => by.send(method!, path, body, { headers: { 'if-match': `"${String(seen)}"` } });
    const [before, sent] = [await dump(), awaited()];
    const failed = await withoutJournal(act);
    expect(failed.outcome).toBe('500 internal');
    expect(await dump()).toEqual(before);
    expect(awaited()).toBe(sent);
    const done = await act();
    expect([done.outcome, done.status < 300]).toEqual([expect.any(String), true]);
  });

  it.each([
    'accounts/{id}',
    'accounts/{id}/devices',
    'accounts/{id}/means',
    'accounts/{id}/ways-in',
    'accounts/export',
    'events/export',
  ])('gives nothing of /api/admin/%s, whose reading is recorded', async (page) => {
    const { id } = await stage.person();
    const read = () => national.get(`/api/admin/${page.replace('{id}', id)}`);
    expect((await withoutJournal(read)).outcome).toBe('500 internal');
    expect((await read()).status).toBe(200);
  });

  it('includes every action of administration and of « Mon compte »', () => {
    const operations = new Contract().operations
      .filter(
        ({ method, path }) =>
          method !== 'GET' &&
          /^\/api\/(account|admin|password-resets|invitations|membership-proposals|security-notices)(\/|$)/.test(
            path,
          ),
      )
      .map(({ method, path }) => `${method} ${path}`);
    expect(operations.filter((one) => !(one in acts) && !NOT_HERE.includes(one))).toEqual([]);
    expect([...Object.keys(acts), ...NOT_HERE].filter((one) => !operations.includes(one))).toEqual([]);
  });
});
