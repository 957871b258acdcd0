import { onScopeDispose } from 'vue';
import {
  abortCeremony,
  autofillPasskey,
  beginPasskeySignIn,
  canAutofillPasskeys,
} from '../../api/passkey.api';
import { ApiProblem } from '../../api/problem';
import type { PasskeyCeremony, Session } from '../../api/types';

/** Browsers set no time limit here: the challenge is renewed before it expires at the server. */
const RENEWED_AT = 3 / 4;

interface Ends {
  signedIn: (session: Session) => Promise<void>;
  refused: (problem: ApiProblem) => void;
  /** Whether only one person uses the computer. */
  own: () => boolean;
}

/**
 * Lets the browser propose passkeys in the user name field (WebAuthn's conditional mediation), unless several people
 * use it. Errors before a passkey is picked are not shown: the button stays.
 */
export function usePasskeyAutofill({ signedIn, refused, own }: Ends) {
  /** Results of an earlier proposal are ignored. */
  let current = 0;
  let proposed = false;
  let waiting = false;
  let renewal: ReturnType<typeof setTimeout> | undefined;
  let asked: Promise<PasskeyCeremony | undefined> = Promise.resolve(undefined);

  async function propose(): Promise<void> {
    await withdraw();
    const mine = current;
    proposed = true;
    if (!own() || !(await canAutofillPasskeys()) || mine !== current) return;
    asked = beginPasskeySignIn().catch(() => undefined);
    const begun = await asked;
    if (!begun || begun.shared || mine !== current) return;
    renewal = setTimeout(renew, (begun.options as { timeout: number }).timeout * RENEWED_AT);
    await listen(begun, mine);
  }

  async function listen(begun: PasskeyCeremony, mine: number): Promise<void> {
    let answered = false;
    waiting = true;
    try {
      const session = await autofillPasskey(begun, () => {
        answered = true;
        clearTimeout(renewal);
      });
      if (session && mine === current) await signedIn(session);
    } catch (failure) {
      if (!answered || mine !== current || !(failure instanceof ApiProblem)) return;
      refused(failure);
      void propose();
    }
  }

  /** Resolves when no more challenge of a proposal can arrive and replace another one in the cookie. */
  async function withdraw(): Promise<void> {
    current += 1;
    proposed = false;
    clearTimeout(renewal);
    if (waiting) await abortCeremony();
    waiting = false;
    await asked;
  }

  /**
   * Not in a hidden page, whose challenge would replace another page's; renewed on return, as the other page may have
   * taken the cookie.
   */
  function renew(): void {
    if (proposed && !document.hidden) void propose();
  }

  document.addEventListener('visibilitychange', renew);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', renew);
    void withdraw();
  });
  return { propose, withdraw };
}
