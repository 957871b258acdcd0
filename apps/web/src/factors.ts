import { defineAsyncComponent, type Component } from 'vue';
import { signInWithRecoveryCode } from './api/recovery-code.api';
import { confirmWithTotp, signInWithTotp } from './api/totp.api';
import type { Challenge, Channel, FactorWay, Session } from './api/types';
import { withMessages } from './locales/with-messages';
import AppCodeEntry from './ui/codes/AppCodeEntry.vue';

/** A factor that the account holder gives without a message, as the pages ask for it. */
interface OwnFactor {
  /** The text of the button that leads to it. */
  label: string;
  /** Takes `submit`, the other `channels`, and `busy` and `problem` of a message; emits `send` with a channel. */
  panel: Component;
  signIn: (given: string, rememberBrowser: boolean) => Promise<Session>;
  /** In a session that is open. A last resort has none: it only opens one. */
  confirm?: (given: string) => Promise<Session>;
}

/** One row for each; a factor that the API lists and that has none does not compile. */
const factors: Record<Exclude<FactorWay, Channel>, OwnFactor> = {
  totp: { label: 'code.app', panel: AppCodeEntry, signIn: signInWithTotp, confirm: confirmWithTotp },
  'recovery-code': {
    label: 'code.recovery',
    // Not for the first load of those who have other factors.
    panel: defineAsyncComponent(
      withMessages(() => import('./ui/codes/RecoveryCodeEntry.vue'), 'recovery-codes'),
    ),
    signIn: (code) => signInWithRecoveryCode(code),
  },
};
/** The row of a factor; nothing of a code that is sent, and of other proofs. */
export function ownFactor(id: string | undefined): OwnFactor | undefined {
  return id !== undefined && id in factors ? factors[id as keyof typeof factors] : undefined;
}

/** The ways by which a message can be had: those of the server, and the one of the message that left already. */
export function channelsAmong(ways: readonly FactorWay[], challenge: Challenge | null): Channel[] {
  return challenge
    ? [challenge.channel, ...challenge.otherChannels]
    : ways.filter((way): way is Channel => !ownFactor(way));
}
