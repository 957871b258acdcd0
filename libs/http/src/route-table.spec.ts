import Fastify from 'fastify';
import type { FastifyRequest } from 'fastify';
import { RouteTable } from './route-table';

describe('a request that no route took', () => {
  const fastify = Fastify();
  const routes = new RouteTable(fastify);
  fastify.get('/coupons/:id', () => ({}));
  fastify.post('/coupons/export', () => ({}));
  const refused = (id: string) => routes.refusalOf({ url: `/coupons/${id}?x=1` } as FastifyRequest).code;

  it.each(['x', '%20'])('is no other method of a path whose id is longer than any: %s', (letter) => {
    expect(refused(letter.repeat(100))).toBe('method.not-allowed');
    expect(refused(letter.repeat(101))).toBe('not-found');
    expect(refused(`${letter}/y`)).toBe('not-found');
  });

  it('names the methods of the path itself, and not those of an id in its place', () => {
    const allowed = (path: string) => routes.refusalOf({ url: path } as FastifyRequest).data['allow'];
    expect(allowed('/coupons/export')).toEqual(['POST']);
    expect(allowed('/coupons/x')).toEqual(['GET', 'HEAD']);
  });
});
