import type { ApplicationEntity } from './application.entity';
import type { PkceRule } from './application.types';

/** Whether a sign-in request of this application needs a `code_challenge`. A rule that is no longer offered is ignored. */
export function requiresPkce(
  { authMethod, pkce }: Pick<ApplicationEntity, 'authMethod' | 'pkce'>,
  nonce: string | undefined,
  offered: readonly PkceRule[],
): boolean {
  if (authMethod === 'none' || !offered.includes(pkce)) return true;
  return pkce === 'required' || (pkce === 'nonce' && !nonce);
}
