import { onScopeDispose } from 'vue';
import {
  abortCeremony,
  autofillPasskey,
  beginPasskeySignIn,
  canAutofillPasskeys,
} from '../../api/passkey.api';
import { ApiProblem } from '../../api/problem';
import type { PasskeyCeremony, Session } from '../../api/types';

/** Browsers know of no limit here: the challenge is renewed before the server's. */
const RENEWED_AT = 3 / 4;

interface Ends {
  signedIn: (session: Session) => Promise<void>;
  refused: (problem: ApiProblem) => void;
  /** Whether the computer is one person's own. */
  own: () => boolean;
}

/**
 * Lets the browser propose passkeys where the user name is typed (WebAuthn's conditional mediation), on a browser that
 * is one person's own. What fails before a passkey is picked is said nowhere: the button stays.
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

  /** Resolves when no challenge of a proposal can come any more, and take in the cookie the place of another. */
  async function withdraw(): Promise<void> {
    current += 1;
    proposed = false;
    clearTimeout(renewal);
    if (waiting) await abortCeremony();
    waiting = false;
    await asked;
  }

  /** Not behind another page, whose challenge would be lost; and anew on return, as that page may have taken the cookie. */
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
