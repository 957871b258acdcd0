import type { AccessCookies, MeansRegistry } from '@portillon/access';
import type { SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { ServiceDescription } from '../service/service-description.service';
import { PageAnswersService } from './page-answers.service';

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
