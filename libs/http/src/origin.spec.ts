import type { FastifyRequest } from 'fastify';
import { foreignOrigin } from './origin';

const OURS = 'https://portillon.example';
const asked = (method: string, headers: Record<string, string>) =>
  foreignOrigin({ method, headers } as unknown as FastifyRequest, OURS)?.code;

describe('a state-changing request', () => {
  it.each([
    ['of our own page', { origin: OURS, 'sec-fetch-site': 'same-origin' }],
    ['of a client that is no browser', {}],
    ['typed by a person', { 'sec-fetch-site': 'none' }],
  ])('%s passes', (_, headers) => expect(asked('POST', headers)).toBeUndefined());

  it.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['of another port', { origin: `${OURS}:8443` }],
    ['of our name over HTTP', { origin: 'http://portillon.example' }],
    ['of a name that begins like ours', { origin: `${OURS}.evil.example` }],
    ['of a sandboxed frame', { origin: 'null' }],
    ['of a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }],
    ['of another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused', (_, headers) => expect(asked('DELETE', headers)).toBe('origin.refused'));

  it('may be read from anywhere', () =>
    expect(asked('GET', { origin: 'https://evil.example' })).toBeUndefined());
});
