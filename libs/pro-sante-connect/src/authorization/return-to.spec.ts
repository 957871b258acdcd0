import { localPath } from './authorization-request.service';

const OURS = 'https://portillon.example';

describe('the page to open after signing in', () => {
  it.each(['/', '/mon-compte', '/mon-compte?onglet=1#haut', '/a/../mon-compte'])('may be %s', (path) => {
    expect(localPath(path, OURS)).toBe(new URL(path, OURS).href.slice(OURS.length));
  });

  it.each([
    undefined,
    null,
    ['/mon-compte', '/x'],
    { toString: '/x' },
    '',
    'mon-compte',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/a\r\nSet-Cookie: x=1',
    ' /mon-compte',
    'https://evil.example/',
    'https:/mon-compte',
    'javascript:alert(1)',
    '/..//evil.example',
    '/.//evil.example',
    '/api/sign-in/pro-sante-connect',
    '/API/session',
    '/connexion',
    '/connexion/exercice',
    '/demo/mailbox',
    '/é',
    `/${'x'.repeat(1_000)}`,
  ])('is the home page instead of %j', (returnTo) => {
    expect(localPath(returnTo, OURS)).toBe('/');
  });
});
