import { isIP } from 'node:net';
import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

/** Passkeys are offered when the operator turns them on: a browser creates them for a domain, never for an IP address. */
export function passkeys(read: EnvironmentReader, place: { publicUrl: string }): Settings['passkeys'] {
  const named = read.text('PASSKEY_RP_ID');
  const relatedOrigins = read.origins('PASSKEY_RELATED_ORIGINS', ['https:']);
  if (read.choice('PASSKEYS', ['on', 'off'], 'off') === 'off') return null;
  const { hostname, origin } = new URL(place.publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const rpId = named ?? host;
  if (isIP(host))
    read.refuse('PASSKEYS', 'needs a PUBLIC_URL with a domain: no passkey is made for an address');
  else if (!isOwnDomain(rpId, host) && !relatedOrigins.includes(origin))
    read.refuse(
      'PASSKEY_RP_ID',
      'must be the domain of PUBLIC_URL, one above it, or a former one to whose passkeys PASSKEY_RELATED_ORIGINS lets the origin of PUBLIC_URL',
    );
  return { rpId, relatedOrigins };
}

function isOwnDomain(rpId: string, host: string): boolean {
  return rpId === host || (host.endsWith(`.${rpId}`) && rpId.includes('.'));
}
