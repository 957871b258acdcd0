import { defineAsyncComponent, type Component } from 'vue';
import { signInWithRecoveryCode } from './api/recovery-code.api';
import { confirmWithTotp, signInWithTotp } from './api/totp.api';
import type { Challenge, Channel, FactorWay, Session } from './api/types';
import { withMessages } from './locales/with-messages';
import AppCodeEntry from './ui/codes/AppCodeEntry.vue';

/** A factor that needs no message, with the component that asks for it. */
interface OwnFactor {
  /** Text of the button that opens it. */
  label: string;
  /** Component with the props `submit`, `channels`, `busy` and `problem`; emits `send` with a channel. */
  panel: Component;
  signIn: (given: string, rememberBrowser: boolean) => Promise<Session>;
  /** Present if it works in an open session. Recovery codes have none: they only open one. */
  confirm?: (given: string) => Promise<Session>;
}

/** One entry for each factor; the compiler reports a factor of the API without one. */
const factors: Record<Exclude<FactorWay, Channel>, OwnFactor> = {
  totp: { label: 'code.app', panel: AppCodeEntry, signIn: signInWithTotp, confirm: confirmWithTotp },
  'recovery-code': {
    label: 'code.recovery',
    // Not in the first load, for people with other factors.
    panel: defineAsyncComponent(
      withMessages(() => import('./ui/codes/RecoveryCodeEntry.vue'), 'recovery-codes'),
    ),
    signIn: (code) => signInWithRecoveryCode(code),
  },
};
/** Returns the entry of a factor; nothing for a sent code and other proofs. */
export function ownFactor(id: string | undefined): OwnFactor | undefined {
  return id !== undefined && id in factors ? factors[id as keyof typeof factors] : undefined;
}

/** Channels for a message: those that the server offers, and the one already used. */
export function channelsAmong(ways: readonly FactorWay[], challenge: Challenge | null): Channel[] {
  return challenge
    ? [challenge.channel, ...challenge.otherChannels]
    : ways.filter((way): way is Channel => !ownFactor(way));
}
