import { computed, onScopeDispose, ref } from 'vue';
import { useServerClockStore } from '../../stores/server-clock.store';

/** When the session ends without activity, and its latest end; server time, ISO 8601. */
export interface Limits {
  idleExpiresAt: string;
  expiresAt: string;
}

export interface IdleLimitOptions {
  /** Limits of the session; null when no one is signed in. */
  limits: () => Limits | null;
  /** Asks the server for the limits again: another tab may have extended them. */
  verify: () => Promise<void>;
}

/** The page warns 2 minutes before (RGAA 13.1). */
const WARNING_MS = 120_000;

type Phase = 'quiet' | 'idle' | 'absolute' | 'dismissed';

/** Watches the nearer limit: warns before it, then asks the server a last time. */
export function useIdleLimit({ limits, verify }: IdleLimitOptions) {
  const phase = ref<Phase>('quiet');
  const endsAt = ref(0);
  let asking = false;
  const clock = useServerClockStore();

  async function look() {
    if (asking) return;
    const left = millisecondsLeft(limits());
    if (left > WARNING_MS) phase.value = 'quiet';
    else if (phase.value === 'quiet' || left <= 0) await ask();
  }
  async function ask() {
    asking = true;
    await verify().finally(() => (asking = false));
    const known = limits();
    const left = millisecondsLeft(known);
    phase.value = !known || left > WARNING_MS ? 'quiet' : isAbsolute(known) ? 'absolute' : 'idle';
    endsAt.value = clock.now() + left;
  }
  function millisecondsLeft(known: Limits | null): number {
    if (!known) return Infinity;
    return Math.min(Date.parse(known.idleExpiresAt), Date.parse(known.expiresAt)) - clock.now();
  }
  const timer = setInterval(() => void look(), 1_000);
  onScopeDispose(() => clearInterval(timer));
  return {
    warning: computed(() => (phase.value === 'idle' || phase.value === 'absolute' ? phase.value : null)),
    endsAt,
    /** The person dismissed the notice that the session cannot be extended. */
    dismiss: () => (phase.value = 'dismissed'),
  };
}

function isAbsolute({ idleExpiresAt, expiresAt }: Limits): boolean {
  return Date.parse(expiresAt) <= Date.parse(idleExpiresAt);
}
