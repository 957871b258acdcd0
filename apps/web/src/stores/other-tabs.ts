const NAME = 'portillon.sign-out';

/** The browser's other tabs of the service, which hear at once that this one signed out. */
export function otherTabs(signedOut: () => void) {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = signedOut;
  return { tellSignedOut: () => channel.postMessage(null) };
}
