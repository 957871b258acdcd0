import { isPageOf } from './client-metadata';

const PAGES = { kind: 'web', authMethod: 'none', redirectUris: ['https://dossiers.example/retour'] } as const;

function isAllowed(origin: string, changes: object = {}): boolean {
  return isPageOf({ ...PAGES, redirectUris: [...PAGES.redirectUris], ...changes }, origin);
}

describe('a script that asks for tokens', () => {
  it('may, from a page where its application is registered', () => {
    expect(isAllowed('https://dossiers.example')).toBe(true);
    const redirectUris = [...PAGES.redirectUris, 'https://essai.example/retour'];
    expect(isAllowed('https://dossiers.example', { redirectUris })).toBe(true);
  });

  it.each([
    'https://evil.example',
    'http://dossiers.example',
    'https://dossiers.example:8443',
    'https://dossiers.example.evil.example',
    'https://dossiers.example/',
    'null',
    '',
  ])('may not from %j', (origin) => {
    expect(isAllowed(origin)).toBe(false);
  });

  it.each([
    ['an application with a secret', { authMethod: 'client_secret_post' }],
    ['the gate', { kind: 'gate' }],
    ['an installed application', { kind: 'native', redirectUris: ['fr.hopital.dossiers:/retour'] }],
  ])('may not for %s', (_, changes) => {
    for (const origin of ['https://dossiers.example', 'null']) expect(isAllowed(origin, changes)).toBe(false);
  });
});
