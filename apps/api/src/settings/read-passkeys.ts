import { isIP } from 'node:net';
import type { EnvironmentReader } from './environment-reader';
import type { PasskeySettings } from './settings';

/** Passkeys are offered when the operator says so: a browser makes them for a domain, and never for an address. */
export function passkeys(read: EnvironmentReader, place: { publicUrl: string }): PasskeySettings | null {
  const named = read.text('PASSKEY_RP_ID');
  if (read.choice('PASSKEYS', ['on', 'off'], 'off') === 'off') return null;
  const { hostname } = new URL(place.publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const rpId = named ?? host;
  if (isIP(host))
    read.refuse('PASSKEYS', 'needs a PUBLIC_URL with a domain: no passkey is made for an address');
  else if (rpId !== host && !(host.endsWith(`.${rpId}`) && rpId.includes('.')))
    read.refuse('PASSKEY_RP_ID', 'must be the domain of PUBLIC_URL, or one above it');
  return { rpId };
}
