import { applicationRequestOf } from './page-answers.service';

const BEHIND = encodeURIComponent('/demande?request=a-1_B');

describe('the request of an application that a page is for', () => {
  it.each(['/?request=a-1_B', '/demande?request=a-1_B', `/connexion?returnTo=${BEHIND}`])(
    'is recognised by its address: %s',
    (url) => expect(applicationRequestOf(url)).toBe('a-1_B'),
  );

  it.each([`/connexion?erreur=sign-in.cancelled&returnTo=${BEHIND}`, `/connexion/code?returnTo=${BEHIND}`])(
    'waits behind a sign-in: %s',
    (url) => expect(applicationRequestOf(url)).toBe('a-1_B'),
  );

  it.each([
    '/',
    '//',
    '/connexion',
    '/connexion?request=a-1_B',
    '/connexion?returnTo=%2Fmon-compte%3Frequest%3Da-1_B',
    '/connexion?returnTo=%2F%2Fevil.example%2Fdemande%3Frequest%3Da-1_B',
    '/mon-compte?request=a-1_B',
    '/demande?request=',
    '/demande?request=a%00b',
    `/demande?request=${'a'.repeat(65)}`,
  ])('is none: %s', (url) => expect(applicationRequestOf(url)).toBeUndefined());
});
