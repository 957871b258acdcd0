import * as api from '@portillon/api-client';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { call, send } from './call';
import { ApiProblem } from './problem';
import type { PasskeyCeremony, Session } from './types';

/** Called when the options say that several people use this workstation. */
type TellShared = (shared: boolean) => void;

/** Not for the first load: most people never begin a ceremony. */
const ceremonies = () => import('@simplewebauthn/browser');
/** What the browser says when the person gave up or took too long: nothing has failed. */
const GIVEN_UP = ['AbortError', 'NotAllowedError'];

/** Requests a challenge for any passkey: it takes no name and reveals nothing about accounts. */
export const beginPasskeySignIn = () => send(() => api.beginPasskeySignIn({ body: {} }));

/** The session; nothing when the person gave up. `here`: whether several people use this computer, as its address says. */
export async function signInWithPasskey(tell: TellShared, here: boolean): Promise<Session | undefined> {
  const answer = await beginPasskeySignIn();
  const begun = { ...answer, shared: answer.shared || here };
  tell(begun.shared);
  const credential = await answerOf(begun);
  return credential && openedWith(begun, credential);
}

/** Whether this browser can propose passkeys where a name is typed. Asked of itself: no library is loaded to know. */
export async function canAutofillPasskeys(): Promise<boolean> {
  const asked = window.PublicKeyCredential?.isConditionalMediationAvailable?.();
  return (await asked?.catch(() => false)) ?? false;
}

/**
 * The session of a passkey that was picked among what the browser proposes; nothing while none is, and when the
 * ceremony was aborted. `answered`: a passkey was picked.
 */
export async function autofillPasskey(
  begun: PasskeyCeremony,
  answered: () => void,
): Promise<Session | undefined> {
  const optionsJSON = begun.options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const credential = await ceremony(async () =>
    (await ceremonies()).startAuthentication({ optionsJSON, useBrowserAutofill: true }),
  );
  if (!credential) return undefined;
  answered();
  return openedWith(begun, credential);
}

/** Ends the ceremony that waits in the browser, if one does. */
export async function abortCeremony(): Promise<void> {
  (await ceremonies()).WebAuthnAbortService.cancelCeremony();
}

/** @throws ApiProblem, `passkey.unknown` once the browser was made to forget that passkey */
async function openedWith(begun: PasskeyCeremony, credential: AuthenticationResponseJSON): Promise<Session> {
  try {
    return (await send(() => api.signInWithPasskey({ body: { credential: { ...credential } } }))).session;
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'passkey.unknown') await forget(begun, credential);
    throw failure;
  }
}

/** Whether one of the person's passkeys confirms an act here. */
export async function canConfirmWithPasskey(): Promise<boolean> {
  const { items } = await send(() => api.listPasskeys());
  return items.some(({ accepted }) => accepted);
}

/** The session with a fresh proof; nothing when the person gave up. */
export async function confirmWithPasskey(): Promise<Session | undefined> {
  const credential = await answerOf(await send(() => api.beginPasskeyStepUp({ body: {} })));
  if (!credential) return undefined;
  return (await send(() => api.confirmWithPasskey({ body: { credential: { ...credential } } }))).session;
}

/** Whether it was added; false when the person gave up. @throws ApiProblem, `passkey.known` for one that is there already */
export async function addPasskey(
  name: string,
  currentPassword: string | undefined,
  tell: TellShared,
): Promise<boolean> {
  const begun = await call(() => api.beginPasskeyEnrolment({ body: { currentPassword } }));
  tell(begun.shared);
  const optionsJSON = begun.options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const credential = await ceremony(async () => (await ceremonies()).startRegistration({ optionsJSON }));
  if (!credential) return false;
  await call(() => api.addPasskey({ body: { name, credential: { ...credential } } }));
  return true;
}

export const listPasskeys = async () => (await call(() => api.listPasskeys())).items;
export const renamePasskey = (id: string, name: string) =>
  call(() => api.renamePasskey({ path: { id }, body: { name } }));
export const removePasskey = (id: string) => call(() => api.removePasskey({ path: { id } }));

/** On a shared workstation the telephone's QR code comes first, and not the computer's own passkeys: all who use it would have them. */
function answerOf({ options, shared }: PasskeyCeremony) {
  const asked = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const optionsJSON = shared ? { ...asked, hints: ['hybrid' as const, 'security-key' as const] } : asked;
  return ceremony(async () => (await ceremonies()).startAuthentication({ optionsJSON }));
}

async function ceremony<Credential>(work: () => Promise<Credential>): Promise<Credential | undefined> {
  try {
    return await work();
  } catch (failure) {
    const { name } = failure as Error;
    if (GIVEN_UP.includes(name)) return undefined;
    throw new ApiProblem(name === 'InvalidStateError' ? 'passkey.known' : 'passkey.failed');
  }
}

/** Informs a browser that supports it that this passkey is unknown here (WebAuthn level 3, 5.1.10). */
async function forget({ options }: PasskeyCeremony, { id: credentialId }: AuthenticationResponseJSON) {
  const { rpId } = options as { rpId?: string };
  const signals = window.PublicKeyCredential as unknown as {
    signalUnknownCredential?: (unknown: { rpId?: string; credentialId: string }) => Promise<void>;
  };
  await signals.signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined);
}
