import { createHash } from 'node:crypto';

/** Loads the library with the first ceremony: with its dependencies it takes a tenth of the start time. */
export function loadWebauthn() {
  return import('@simplewebauthn/server');
}

/** Search key of a credential, whose id has up to 1,023 bytes. */
export function credentialDigest(credentialId: string): string {
  return createHash('sha256').update(Buffer.from(credentialId, 'base64url')).digest('hex');
}

/** Data of the browser about the requesting page, which the library does not check. */
interface ClientData {
  crossOrigin?: unknown;
}

/** Whether the page was embedded in a page of another origin, or does not state it. */
export function isCrossOrigin(clientDataJSON: string): boolean {
  try {
    const { crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as ClientData;
    return crossOrigin !== undefined && crossOrigin !== false;
  } catch {
    return true;
  }
}
