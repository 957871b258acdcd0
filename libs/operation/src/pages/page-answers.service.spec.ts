import type { AccessCookies, MeansRegistry } from '@portillon/access';
import type { SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { ServiceDescription } from '../service/service-description.service';
import { PageAnswersService, applicationRequestOf, pageWithAnswers } from './page-answers.service';

/** Returns the application request for which the page describes the service. */
async function describedFor(url: string): Promise<string | undefined> {
  let asked: string | undefined;
  const description = {
    read: async (_client: object, request?: string) => void (asked = request),
  } as unknown as ServiceDescription;
  const answers = new PageAnswersService(
    description,
    { list: () => [] } as unknown as MeansRegistry,
    { find: async () => null } as unknown as SessionService,
    { session: () => undefined } as unknown as AccessCookies,
    new SettableClock(),
  );
  await answers.answersFor({ url, ip: '192.0.2.1', id: 'r', headers: {} } as unknown as FastifyRequest);
  return asked;
}

it('a page to which an application sent the browser describes the service for its request', async () => {
  expect(await describedFor('/?request=a-1_B')).toBe('a-1_B');
  expect(await describedFor('/connexion')).toBeUndefined();
});

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

const PAGE =
  '<html><head><title>Portillon</title></head><body><span class="bold">Portillon</span></body></html>';
const blockOf = (html: string) =>
  /<script type="application\/json" id="answers">(.*?)<\/script>/s.exec(html)![1]!;

describe('the answers in a page', () => {
  it.each(['</script><script>alert(1)</script>', '<!--<script>', '&lt;', '\u2028', '$& $1', '</head>'])(
    'stay data, and whole, when a name is %j',
    (name) => {
      const html = pageWithAnswers(PAGE, { service: { name } });
      expect(blockOf(html)).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(blockOf(html))).toEqual({ service: { name } });
      expect(html.split('<script')).toHaveLength(2);
    },
  );

  it('are in the head, before the scripts, and name the service before the script runs', () =>
    expect(pageWithAnswers(PAGE, { service: { name: 'Accès <CHU> & Cie' } })).toBe(
      '<html><head><title>Accès &#60;CHU&#62; &#38; Cie</title><script type="application/json" id="answers">{"service":{"name":"Accès \\u003cCHU\\u003e \\u0026 Cie"}}</script></head><body><span class="bold">Accès &#60;CHU&#62; &#38; Cie</span></body></html>',
    ));
});
