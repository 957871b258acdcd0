import type { OutboundFailure } from '@portillon/outbound';
import type { EntityManager } from 'typeorm';

/** Events that an endpoint can subscribe to. */
export const WEBHOOK_EVENTS = [
  'account.created',
  'account.changed',
  'account.deactivated',
  'account.reactivated',
  'account.erased',
  'account.locked',
  'account.reported',
  'membership.opened',
  'membership.changed',
  'membership.ended',
  'session.opened',
  'session.ended',
  'factor.changed',
  'emergency_access.opened',
  'emergency_access.closed',
  'import.finished',
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** An event for subscribed endpoints. */
export interface WebhookEvent {
  type: WebhookEventType;
  /** Structure of the event; a structure's endpoints receive no others. */
  structureId: string | null;
  /** Whether it repeats an event for another structure of the person: the operator's endpoints have it already. */
  isCopy?: boolean;
  at: Date;
  /** Ids and words of the service: no name, address or number. */
  data: Readonly<Record<string, string | null>>;
}

export type WebhookStatus = 'active' | 'disabled';
/** `gone`: it answered 410. */
export type DisabledReason = 'administrator' | 'gone';

/** An endpoint that receives events. Its secret is shown once. */
export interface WebhookEndpoint {
  id: string;
  /** `null`: an endpoint of the operator, which receives events of every structure. */
  structureId: string | null;
  name: string;
  url: string;
  events: WebhookEventType[];
  status: WebhookStatus;
  disabledReason: DisabledReason | null;
  /** Until when the previous secret also signs. */
  previousSecretUntil: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A range of endpoints. */
export interface EndpointRange {
  structureIds?: readonly string[] | null;
  cursor?: string;
  limit: number;
}

export interface WebhookPage {
  items: WebhookEndpoint[];
  nextCursor: string | null;
}

export type NewWebhook = Pick<WebhookEndpoint, 'structureId' | 'name' | 'url' | 'events'>;
export type WebhookChanges = Partial<Pick<WebhookEndpoint, 'name' | 'url' | 'events' | 'status'>>;

/** `failed`: it is not retried automatically. */
export const DELIVERY_STATES = ['pending', 'sending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Reason why the last try failed. */
export type DeliveryFailure =
  OutboundFailure['reason'] | 'redirected' | 'refused' | 'gone' | 'endpoint-disabled';

/** Delivery of one event to one endpoint. */
export interface WebhookDelivery {
  /** The `webhook-id` of every try. */
  id: string;
  endpointId: string;
  type: string;
  /** The exact body. */
  payload: string;
  state: DeliveryState;
  attempts: number;
  /** Time of the next try. */
  dueAt: Date | null;
  /** Status of the endpoint's last answer. */
  lastStatus: number | null;
  lastFailure: DeliveryFailure | null;
  createdAt: Date;
  settledAt: Date | null;
}

export interface DeliveryPage {
  items: WebhookDelivery[];
  nextCursor: string | null;
}

/** State of the deliveries. */
export interface WebhookHealth {
  /** Number before their first try. */
  waiting: number;
  /** Number that failed and will be tried again. */
  failing: number;
  /** Endpoints of the failing ones. */
  failingEndpoints: number;
}

/**
 * Acts on an endpoint that answered 410, in the transaction that disables it. Add it with {@link
 * WebhookDeliveryService.subscribe}.
 */
export interface GoneWebhookSubscriber {
  webhookGone(endpoint: WebhookEndpoint, tx: EntityManager): Promise<unknown>;
}
