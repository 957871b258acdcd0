import { describe, expect, it } from 'vitest';
import { pathWithin } from './return-to';

describe('the page to come back to', () => {
  it.each(['/mon-compte', '/mon-compte/activite?x=1#y', '/'])('is the one that was wanted: %s', (path) => {
    expect(pathWithin(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    null,
    ['/mon-compte'],
  ])('is never another site: %j', (given) => {
    expect(pathWithin(given)).toBe('/');
  });

  it('is never the sign-in page again', () => {
    expect(pathWithin('/connexion?returnTo=/connexion')).toBe('/');
    expect(pathWithin('/mon-compte/../connexion/code')).toBe('/');
  });
});
