import type { ApplicationEntity } from '@portillon/application';

type Asking = Pick<ApplicationEntity, 'kind' | 'authMethod' | 'redirectUris'>;

/**
 * Whether a script at `origin` may request this application's tokens. The application must have pages only, no secret that
 * a page could reveal, and a registration at that origin. `null`, the origin of sandboxed frames and files, is refused.
 */
export function isPageOf({ kind, authMethod, redirectUris }: Asking, origin: string): boolean {
  if (kind !== 'web' || authMethod !== 'none') return false;
  return redirectUris.some((uri) => new URL(uri).origin === origin);
}
