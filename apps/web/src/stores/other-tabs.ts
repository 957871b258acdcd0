const NAME = 'portillon.sign-out';

/** Informs the browser's other tabs of the service that this one signed out. */
export function otherTabs(signedOut: () => void) {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = signedOut;
  return { tellSignedOut: () => channel.postMessage(null) };
}
