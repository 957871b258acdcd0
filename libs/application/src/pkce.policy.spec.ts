import { requiresPkce } from './pkce.policy';
import type { AuthMethod, PkceRule } from './application.types';

const ALL = ['required', 'nonce', 'off'] as const;

describe('a sign-in request', () => {
  it.each<[string, AuthMethod, PkceRule, string | undefined, readonly PkceRule[], boolean]>([
    ['needs PKCE by default', 'client_secret_basic', 'required', 'n', ALL, true],
    ['may carry a nonce instead', 'client_secret_basic', 'nonce', 'n', ALL, false],
    ['needs either', 'client_secret_basic', 'nonce', undefined, ALL, true],
    ['may carry neither where the risk is accepted', 'private_key_jwt', 'off', undefined, ALL, false],
    [
      'needs PKCE once the risk is not accepted any more',
      'private_key_jwt',
      'off',
      'n',
      ['required', 'nonce'],
      true,
    ],
    ['of a public client needs PKCE whatever its row says', 'none', 'nonce', 'n', ALL, true],
    ['of a public client needs PKCE even where it is off', 'none', 'off', 'n', ALL, true],
  ])('%s', (_, authMethod, pkce, nonce, offered, isRequired) => {
    expect(requiresPkce({ authMethod, pkce }, nonce, offered)).toBe(isRequired);
  });
});
