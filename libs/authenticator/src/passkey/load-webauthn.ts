/** Loaded with the first ceremony: with what it stands on, it is a tenth of a start. */
export function loadWebauthn() {
  return import('@simplewebauthn/server');
}
