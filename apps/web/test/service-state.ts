import type { ServiceState } from '../src/api/types';
import { NOW } from './samples';

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

/** A service where all is well. */
export function serviceState(changes: Partial<ServiceState> = {}): ServiceState {
  const lastSent = { askedAt: at(-1), handedOverAt: at(-1 + 0.8 / 60), provider: 'relay' };
  return {
    at: at(0),
    mail: {
      state: 'well',
      since: null,
      providers: [{ name: 'relay', up: true, passedOver: false }],
      lastSent,
    },
    sms: { state: 'off', since: null, providers: [], lastSent: null },
    outbox: {
      state: 'well',
      lanes: [
        { lane: 'later', waiting: 0, oldestAt: null },
        { lane: 'bulk', waiting: 0, oldestAt: null },
      ],
      unreadable: 0,
    },
    proSanteConnect: { state: 'well' },
    journal: { state: 'well', sealedAt: at(-2), sequence: 1042, waitingSeconds: 3, missingKeys: [] },
    webhooks: { state: 'well', waiting: 0, failing: 0, failingEndpoints: 0 },
    database: { state: 'well', latencyMs: 3 },
    redis: { state: 'off', latencyMs: null },
    keys: { state: 'well', missingKeys: [] },
    clock: { state: 'well', aheadMs: 12 },
    durability: { state: 'well', risks: [], node: null },
    expiries: [],
    ...changes,
  };
}
