import type { OutboundFailure } from '@portillon/outbound';

/** Events that an endpoint can subscribe to. */
export const WEBHOOK_EVENTS = [
  'account.created',
  'account.changed',
  'account.deactivated',
  'account.reactivated',
  'account.erased',
  'account.locked',
  'session.opened',
  'session.ended',
  'factor.changed',
  'emergency_access.opened',
  'emergency_access.closed',
  'import.finished',
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** Something that happened, for the endpoints that want to know. */
export interface WebhookEvent {
  type: WebhookEventType;
  /** Where; a structure's own endpoints hear of nothing else. */
  structureId: string | null;
  at: Date;
  /** Ids, and words of ours: no name, address or number. */
  data: Readonly<Record<string, string | null>>;
}

export type WebhookStatus = 'active' | 'disabled';
/** `gone`: it answered 410. */
export type DisabledReason = 'administrator' | 'gone';

/** Where events are sent. Its secret is given once. */
export interface WebhookEndpoint {
  id: string;
  /** `null`: the operator's own, which hears of every structure. */
  structureId: string | null;
  name: string;
  url: string;
  events: WebhookEventType[];
  status: WebhookStatus;
  disabledReason: DisabledReason | null;
  /** Until when the secret before the present one signs too. */
  previousSecretUntil: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Which endpoints, from which on. */
export interface EndpointRange {
  structureId?: string;
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

/** Why the last try brought nothing, when it did not. */
export type DeliveryFailure =
  OutboundFailure['reason'] | 'redirected' | 'refused' | 'gone' | 'endpoint-disabled';

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  /** The `webhook-id` of every try. */
  id: string;
  endpointId: string;
  type: string;
  /** What is sent, to the letter. */
  payload: string;
  state: DeliveryState;
  attempts: number;
  /** When it is tried next. */
  dueAt: Date | null;
  /** What the endpoint answered last. */
  lastStatus: number | null;
  lastFailure: DeliveryFailure | null;
  createdAt: Date;
  settledAt: Date | null;
}

export interface DeliveryPage {
  items: WebhookDelivery[];
  nextCursor: string | null;
}

/** How the deliveries are. */
export interface WebhookHealth {
  /** What waits for its first try. */
  waiting: number;
  /** What was tried in vain and is tried again. */
  failing: number;
  /** The endpoints of these. */
  failingEndpoints: number;
}
