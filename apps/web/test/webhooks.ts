import type { AdminWebhook, AdminWebhookDelivery } from '../src/api/types';
import { NOW } from './samples';

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

export function webhook(changes: Partial<AdminWebhook> = {}): AdminWebhook {
  return {
    id: 'w1',
    structureId: null,
    name: 'Annuaire',
    url: 'https://annuaire.example/portillon',
    events: ['account.created', 'session.opened'],
    status: 'active',
    disabledReason: null,
    previousSecretUntil: null,
    createdAt: at(-10_000),
    updatedAt: at(-10_000),
    version: 4,
    ...changes,
  };
}

export function delivery(changes: Partial<AdminWebhookDelivery> = {}): AdminWebhookDelivery {
  return {
    id: 'd1',
    type: 'account.created',
    payload: '{"type":"account.created"}',
    state: 'delivered',
    attempts: 1,
    dueAt: null,
    lastStatus: 204,
    lastFailure: null,
    createdAt: at(-5),
    settledAt: at(-5),
    ...changes,
  };
}
