import { identify } from './identification';
import type { Correlation, ProviderService } from './provider.service';

async function identified(token: Record<string, unknown>, claims: Record<string, unknown> = {}) {
  const provider = {
    identify: async () => ({
      idToken: 'header.claims.signature',
      token: { sub: 'f:claire', acr: 'eidas1', ...token },
      claims: { SubjectNameID: '899700366240', ...claims },
    }),
  };
  return identify(provider as unknown as ProviderService, '?code=x', {} as Correlation);
}

describe('a person whom Pro Santé Connect proves', () => {
  it.each([
    [
      { given_name: 'Claire', family_name: 'MARTIN' },
      { givenName: 'Claire', familyName: 'MARTIN' },
    ],
    [{ family_name: 'MARTIN' }, { givenName: null, familyName: 'MARTIN' }],
    [
      { given_name: 12, family_name: ['MARTIN'] },
      { givenName: null, familyName: null },
    ],
  ])('is named as it states: %j', async (claims, names) => {
    expect((await identified({}, claims)).names).toEqual(names);
  });

  it.each<[string, boolean, Record<string, unknown>]>([
    ['by its own means, of which it says nothing', false, {}],
    ['by the e-CPS', false, { amr: ['ecps'] }],
    ['by a provider of which it passes on the words', true, { amr: ['fido', 'mfa'] }],
    ['by a provider that it names', true, { identity_provider: 'chu-exemple' }],
  ])('%s, was proved by another provider: %s', async (_, delegated, token) => {
    expect(await identified(token, { authMode: 'CARD' })).toMatchObject({ delegated, card: true });
  });
});
