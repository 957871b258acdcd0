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
type OnShared = (shared: boolean) => void;

/** Not in the first load: most people never use a passkey. */
const ceremonies = () => import('@simplewebauthn/browser');
/** The browser's error when the person cancelled or took too long: not a failure. */
const GIVEN_UP = ['AbortError', 'NotAllowedError'];

/** Requests a challenge for any passkey: it takes no name and reveals nothing about accounts. */
export const beginPasskeySignIn = () => send(() => api.beginPasskeySignIn({ body: {} }));

/** Returns the session, or nothing after a cancellation. `here`: whether several people use this computer. */
export async function signInWithPasskey(onShared: OnShared, here: boolean): Promise<Session | undefined> {
  const answer = await beginPasskeySignIn();
  const begun = { ...answer, shared: answer.shared || here };
  onShared(begun.shared);
  const credential = await answerOf(begun);
  return credential && openedWith(begun, credential);
}

/** Whether this browser can propose passkeys in the user name field. Does not load the library. */
export async function canAutofillPasskeys(): Promise<boolean> {
  const asked = window.PublicKeyCredential?.isConditionalMediationAvailable?.();
  return (await asked?.catch(() => false)) ?? false;
}

/**
 * Returns the session of the passkey that the person picks from the browser's proposals; nothing when the ceremony is
 * aborted. Calls `answered` when a passkey is picked.
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

/** Aborts the ceremony that waits in the browser, if any. */
export async function abortCeremony(): Promise<void> {
  (await ceremonies()).WebAuthnAbortService.cancelCeremony();
}

/** @throws ApiProblem, `passkey.unknown` after asking the browser to forget that passkey */
async function openedWith(begun: PasskeyCeremony, credential: AuthenticationResponseJSON): Promise<Session> {
  try {
    return (await send(() => api.signInWithPasskey({ body: { credential: { ...credential } } }))).session;
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'passkey.unknown') await forget(begun, credential);
    throw failure;
  }
}

/** Whether this device has a passkey of the person that can confirm an action. */
export async function canConfirmWithPasskey(): Promise<boolean> {
  const { items } = await send(() => api.listPasskeys());
  return items.some(({ accepted }) => accepted);
}

/** Returns the session with a fresh proof; nothing when the person cancelled. */
export async function confirmWithPasskey(): Promise<Session | undefined> {
  const credential = await answerOf(await send(() => api.beginPasskeyStepUp({ body: {} })));
  if (!credential) return undefined;
  return (await send(() => api.confirmWithPasskey({ body: { credential: { ...credential } } }))).session;
}

/** Returns false when the person cancelled. @throws ApiProblem, `passkey.known` when the passkey exists */
export async function addPasskey(
  name: string,
  currentPassword: string | undefined,
  onShared: OnShared,
): Promise<boolean> {
  const begun = await call(() => api.beginPasskeyEnrolment({ body: { currentPassword } }));
  onShared(begun.shared);
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

/** On a shared workstation the phone's QR code comes first: every user could use the computer's passkeys. */
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
