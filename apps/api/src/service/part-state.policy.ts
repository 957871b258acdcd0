import { MINUTE } from '@portillon/kernel';
import type { ChannelHealth, WaitingLane } from '@portillon/notification';
import type { Check } from '../health/health.types';
import type { PartState } from './service-state.dto';

/** A message for later that has waited this long: its provider refuses it again and again, or no process sends. */
const QUEUE_LATE_MS = 10 * MINUTE;

/** `worst`: what it is while it does not answer. */
export function stateOfCheck({ status }: Check, worst: 'failing' | 'warning' = 'failing'): PartState {
  if (status === 'off') return 'off';
  return status === 'up' ? 'well' : worst;
}

/** Nothing leaves by a channel without a provider; with one of several, all leaves, until that one fails too. */
export function stateOfChannel({ status, providers }: ChannelHealth): PartState {
  if (status !== 'up') return status === 'off' ? 'off' : 'failing';
  return providers.every(({ up }) => up) ? 'well' : 'warning';
}

/** The bulk lane has hours: it goes at its own pace. */
export function stateOfOutbox(lanes: readonly WaitingLane[], unreadable: number, now: Date): PartState {
  const later = lanes.find(({ lane }) => lane === 'later')?.oldestAt;
  const isLate = later && now.getTime() - later.getTime() > QUEUE_LATE_MS;
  return isLate || unreadable > 0 ? 'warning' : 'well';
}

export function stateOfExpiry(at: Date | null, isDue: boolean, now: Date): PartState {
  if (!at || at <= now) return 'failing';
  return isDue ? 'warning' : 'well';
}
