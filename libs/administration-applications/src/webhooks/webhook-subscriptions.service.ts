import { Injectable, OnModuleInit } from '@nestjs/common';
import { MembershipService } from '@portillon/account';
import { AuditSealService, AuditService, JournalLine, JournalSubscriber } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import { EndedSession, SessionEndSubscriber, SessionService } from '@portillon/session';
import {
  GoneWebhookSubscriber,
  WebhookDeliveryService,
  WebhookEndpoint,
  WebhookEvent,
  WebhookOutboxService,
} from '@portillon/webhook';
import type { WebhookEventType } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';

/** The webhook event of each journal event. */
const TYPES = new Map<string, WebhookEventType>(
  Object.entries({
    user_created: 'account.created',
    user_activated: 'account.changed',
    user_updated: 'account.changed',
    privilege_permissions_changed: 'account.changed',
    email_changed: 'account.changed',
    email_change_confirmed: 'account.changed',
    email_change_applied: 'account.changed',
    account_change_confirmed: 'account.changed',
    account_change_applied: 'account.changed',
    locale_changed: 'account.changed',
    user_archived: 'account.deactivated',
    user_reactivated: 'account.reactivated',
    user_deleted: 'account.erased',
    authn_login_lock: 'account.locked',
    authn_code_lock: 'account.locked',
    event_reported: 'account.reported',
    membership_opened: 'membership.opened',
    membership_changed: 'membership.changed',
    membership_ended: 'membership.ended',
    authn_login_success: 'session.opened',
    authn_password_change: 'factor.changed',
    authn_password_reset: 'factor.changed',
    authn_factors_reset: 'factor.changed',
    phone_changed: 'factor.changed',
    phone_removed: 'factor.changed',
    phone_verified: 'factor.changed',
    code_channel_changed: 'factor.changed',
    card_linked: 'factor.changed',
    ecps_linked: 'factor.changed',
    identity_linked: 'factor.changed',
    identity_unlinked: 'factor.changed',
    passkey_added: 'factor.changed',
    passkey_removed: 'factor.changed',
    passkey_identity_proven: 'factor.changed',
    totp_added: 'factor.changed',
    totp_removed: 'factor.changed',
    recovery_codes_created: 'factor.changed',
    recovery_codes_ended: 'factor.changed',
    authz_admin: 'emergency_access.opened',
    users_imported: 'import.finished',
  }),
);

/** The journal events that webhooks deliver. */
export const DELIVERED_EVENTS: readonly string[] = [...TYPES.keys()];

/** The webhook event of a journal line, with ids alone; undefined when webhooks do not deliver it. */
export function webhookEventOf(line: JournalLine): WebhookEvent | undefined {
  const type = TYPES.get(line.name);
  if (!type) return undefined;
  const { id: eventId, accountId, structureId, happenedAt, data } = line;
  const ids = { eventId, accountId, structureId };
  const closed = type === 'emergency_access.opened' && data['act'] === 'close';
  return {
    type: closed ? 'emergency_access.closed' : type,
    structureId,
    at: happenedAt,
    data: type === 'import.finished' ? { ...ids, importId: String(data['import']) } : ids,
  };
}

/**
 * The event for each other structure of the person: in its own name, since it may not learn where else they work, and
 * without the line, which its administrators may not read. A membership concerns its own structure alone.
 */
function copiesFor(structureIds: readonly string[], event: WebhookEvent): WebhookEvent[] {
  if (event.type.startsWith('membership.')) return [];
  const others = structureIds.filter((id) => id !== event.structureId);
  return others.map((structureId) => {
    return { ...event, structureId, isCopy: true, data: { ...event.data, eventId: null, structureId } };
  });
}

/** Publishes to webhooks what the journal and the sessions announce, and records webhooks that their receiver ended. */
@Injectable()
export class WebhookSubscriptionsService
  implements OnModuleInit, JournalSubscriber, SessionEndSubscriber, GoneWebhookSubscriber
{
  constructor(
    private readonly seals: AuditSealService,
    private readonly sessions: SessionService,
    private readonly memberships: MembershipService,
    private readonly deliveries: WebhookDeliveryService,
    private readonly outbox: WebhookOutboxService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.seals.subscribe(this);
    this.sessions.subscribe(this);
    this.deliveries.subscribe(this);
  }

  /** Journal events reach webhooks within a minute, so that no request waits for it. */
  async linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<void> {
    const events = lines.map(webhookEventOf).filter((event) => event !== undefined);
    const people = events.flatMap(({ data }) => data['accountId'] ?? []);
    const structuresOf = await this.memberships.findStructures(people, tx);
    const all = events.flatMap((event) => {
      const { accountId } = event.data;
      return [event, ...copiesFor(accountId ? structuresOf(accountId, event.at) : [], event)];
    });
    await this.outbox.publishAll(all, tx);
  }

  /**
   * Every end of a session, whatever its cause, in the transaction that ends it: the journal has no line of a session that
   * expires.
   */
  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    const ended = await this.sessions.ended(ids, tx);
    const events = ended.flatMap((session) => {
      const event = this.#eventOf(session);
      return [event, ...copiesFor(session.structureIds, event)];
    });
    await this.outbox.publishAll(events, tx);
  }

  /** A webhook's own receiver ended it, not an administrator. */
  async webhookGone({ id, structureId }: WebhookEndpoint, tx: EntityManager): Promise<void> {
    const data = { webhook: id };
    await this.audit.record(
      { name: 'webhook_disabled', outcome: 'SUCCESS', reason: 'gone', structureId, data },
      tx,
    );
  }

  #eventOf({ id, accountId, structureId, reason }: EndedSession): WebhookEvent {
    const data = { eventId: null, accountId, structureId, sessionId: id, cause: reason ?? 'erased' };
    return { type: 'session.ended', structureId, at: this.clock.now(), data };
  }
}
