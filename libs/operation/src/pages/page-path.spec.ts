import { isPagePath } from './static-files';

describe('a path', () => {
  it.each([
    '/',
    '/connexion',
    '/mon-compte/',
    '/v1.2/aide',
    '/a..b/c',
    '/apiculture',
    '/scimitar',
    '/mots./',
    '/Connexion',
    '/%',
  ])('is a page: %s', (path) => {
    expect(isPagePath(path)).toBe(true);
  });

  it.each([
    '/.env',
    '/.git/config',
    '/robots.txt',
    '/a/b.php',
    '/a.',
    '/api',
    '/api/x',
    '/health/x',
    '/scim',
    '/scim/v2',
    '/oidc/nope',
    '/SCIM/v2/Me',
    '/scim%2fv2/Me',
    '/%73cim/v2',
    '//scim/v2',
    '/oidc%2fzzz',
    '/Api',
    '/%2eenv',
    '/oidc/%',
  ])('is none: %s', (path) => {
    expect(isPagePath(path)).toBe(false);
  });

  it('of 15,000 points and a slash is recognised as no file at once', () => {
    // Measured in microseconds of processor time, which does not grow on a busy machine.
    const before = process.cpuUsage();
    expect(isPagePath(`/a${'.'.repeat(15_000)}/b`)).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(50_000);
  });
});
