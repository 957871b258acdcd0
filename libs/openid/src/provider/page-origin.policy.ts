import type { ApplicationEntity } from '@portillon/application';

type Asking = Pick<ApplicationEntity, 'kind' | 'authMethod' | 'redirectUris'>;

/**
 * Whether a script of a page at `origin` may ask for this application's tokens: one that is made of pages alone, has no
 * secret that a page could give away, and is registered at that origin. `null`, of sandboxed frames and files, is none.
 */
export function isPageOf({ kind, authMethod, redirectUris }: Asking, origin: string): boolean {
  if (kind !== 'web' || authMethod !== 'none') return false;
  return redirectUris.some((uri) => new URL(uri).origin === origin);
}
