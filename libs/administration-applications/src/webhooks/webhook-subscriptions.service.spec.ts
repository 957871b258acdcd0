import type { MembershipService } from '@portillon/account';
import type { AuditEvent, AuditSealService, AuditService, JournalLine } from '@portillon/audit';
import type { EndedSession, SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { WebhookDeliveryService, WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { endpoint } from '../testing/webhook.fixture';
import {
  WebhookSubscriptionsService,
  DELIVERED_EVENTS,
  webhookEventOf,
} from './webhook-subscriptions.service';

const LIBS = join(__dirname, '../../..');

/** All that the journals of the libs can say. */
function journals(): string {
  const files = readdirSync(LIBS).flatMap((lib) => {
    const sources = join(LIBS, lib, 'src');
    const names = existsSync(sources) ? readdirSync(sources, { encoding: 'utf8', recursive: true }) : [];
    return names.filter((name) => name.endsWith('.journal.ts')).map((name) => join(sources, name));
  });
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

function line(name: string, changes: Partial<JournalLine> = {}): JournalLine {
  const ids = { id: 'event', accountId: 'claire', structureId: 'hospital' };
  const client = { address: '192.0.2.7', device: 'Firefox' };
  return { name, ...ids, ...client, happenedAt: new Date(0), data: {}, ...changes };
}

describe('what webhooks say of the journal', () => {
  it('is said of words that the journal has', () => {
    const words = journals();
    expect(DELIVERED_EVENTS.filter((name) => !words.includes(`    ${name}: {`))).toEqual([]);
  });

  it('is a type, the time and ids, and nothing else of the line', () => {
    expect(webhookEventOf(line('authn_login_success'))).toEqual({
      type: 'session.opened',
      structureId: 'hospital',
      at: new Date(0),
      data: { eventId: 'event', accountId: 'claire', structureId: 'hospital' },
    });
  });

  it('distinguishes the opening of an emergency access from its end', () => {
    const access = (act: string) => webhookEventOf(line('authz_admin', { data: { act } }))?.type;
    expect(access('open')).toBe('emergency_access.opened');
    expect(access('close')).toBe('emergency_access.closed');
  });

  it('names the import that is finished', () => {
    const data = { import: 'import', state: 'DONE', total: 3 };
    expect(webhookEventOf(line('users_imported', { accountId: null, data }))?.data).toEqual({
      eventId: 'event',
      accountId: null,
      structureId: 'hospital',
      importId: 'import',
    });
  });

  it('is empty for internal events', () => {
    expect(webhookEventOf(line('authn_login_fail'))).toBeUndefined();
    expect(webhookEventOf(line('constructor'))).toBeUndefined();
  });
});

function subscriptions(sessions: Partial<SessionService> = {}, places: Record<string, string[]> = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const published: WebhookEvent[] = [];
  const recorded: AuditEvent[] = [];
  const subscribed: unknown[] = [];
  const subscribe = (one: unknown) => void subscribed.push(one);
  const service = new WebhookSubscriptionsService(
    { subscribe } as unknown as AuditSealService,
    { subscribe, ...sessions } as unknown as SessionService,
    steps.of<MembershipService>('memberships', {
      findStructures: async () => (accountId) => places[accountId] ?? [],
    }),
    { subscribe } as unknown as WebhookDeliveryService,
    steps.of<WebhookOutboxService>('outbox', {
      publishAll: async (events) => void published.push(...events),
    }),
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
    clock,
  );
  return { steps, clock, published, recorded, subscribed, service };
}

const LINE: JournalLine = {
  id: 'line',
  name: 'authn_login_success',
  accountId: 'claire',
  structureId: 'hospital',
  address: null,
  device: null,
  happenedAt: new Date(0),
  data: {},
};

describe('webhooks hear of what the journal says', () => {
  it('when it is sealed, of all its lines at once, in the transaction that seals them', async () => {
    const { steps, published, subscribed, service } = subscriptions();
    service.onModuleInit();
    expect(subscribed).toEqual([service, service, service]);
    const closed = { ...LINE, id: 'closed', name: 'user_archived', structureId: 'clinic' };
    const lines = [LINE, { ...LINE, name: 'authn_login_fail' }, closed];
    await steps.transactions.run((tx: EntityManager) => service.linesSealed(lines, tx));
    expect(steps.taken).toContain('outbox.publishAll(tx)');
    expect(published).toMatchObject([
      { type: 'session.opened', structureId: 'hospital', data: { eventId: 'line' } },
      { type: 'account.deactivated', structureId: 'clinic', data: { eventId: 'closed' } },
    ]);
  });

  it('in each structure of the person, which reads neither the line nor where else they work', async () => {
    const { published, service } = subscriptions({}, { claire: ['hospital', 'clinic'] });
    await service.linesSealed([LINE, { ...LINE, accountId: null }], {} as EntityManager);
    const clinic = { type: 'session.opened', structureId: 'clinic', at: LINE.happenedAt, isCopy: true };
    expect(published).toMatchObject([{ structureId: 'hospital' }, clinic, { structureId: 'hospital' }]);
    expect(published[1]!.data).toEqual({ eventId: null, accountId: 'claire', structureId: 'clinic' });
    await service.linesSealed([{ ...LINE, name: 'membership_ended' }], {} as EntityManager);
    expect(published.slice(3)).toMatchObject([{ type: 'membership.ended', structureId: 'hospital' }]);
  });
});

const ENDED: EndedSession[] = [
  { id: 'one', accountId: 'claire', structureId: 'hospital', structureIds: ['hospital'], reason: 'expired' },
  { id: 'two', accountId: 'paul', structureId: 'clinic', structureIds: [], reason: 'sign-out' },
  {
    ...{ id: 'three', accountId: 'nadia', reason: null },
    ...{ structureId: 'hospital', structureIds: ['clinic', 'hospital'] },
  },
];

describe('webhooks hear of the end of sessions', () => {
  const { clock, published, service } = subscriptions({ ended: async () => ENDED });

  beforeAll(async () => {
    await service.sessionsEnded(['one', 'two', 'three'], {} as EntityManager);
  });

  it('each in its structure, and in the others of the account holder', () => {
    const ended = published.map(({ structureId, data }) => [structureId, data['sessionId']]);
    expect(ended).toEqual([
      ['hospital', 'one'],
      ['clinic', 'two'],
      ['hospital', 'three'],
      ['clinic', 'three'],
    ]);
  });

  it('by ids and with its cause, the erasure of the account too', () => {
    expect(published[0]).toEqual({
      type: 'session.ended',
      structureId: 'hospital',
      at: clock.now(),
      data: {
        eventId: null,
        accountId: 'claire',
        structureId: 'hospital',
        sessionId: 'one',
        cause: 'expired',
      },
    });
    expect(published[2]).toMatchObject({ data: { accountId: 'nadia', cause: 'erased' } });
  });
});

it('a webhook that a 410 disabled is in the journal of its structure, in the same transaction', async () => {
  const { steps, recorded, service } = subscriptions();
  await steps.transactions.run((tx) => service.webhookGone(endpoint(), tx));
  expect(steps.taken).toContain('audit.record(tx)');
  expect(recorded).toEqual([
    {
      name: 'webhook_disabled',
      outcome: 'SUCCESS',
      reason: 'gone',
      structureId: 'hospital',
      data: { webhook: 'webhook' },
    },
  ]);
});
