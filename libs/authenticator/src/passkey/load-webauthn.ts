/** Loads the library with the first ceremony: with its dependencies it takes a tenth of the start time. */
export function loadWebauthn() {
  return import('@simplewebauthn/server');
}
