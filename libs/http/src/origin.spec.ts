import type { FastifyRequest, FastifyReply } from 'fastify';
import { foreignOrigin, isForCrossOrigin, isPreflight, letOwnPagesRead } from './origin';

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

const ORIGIN = 'https://portillon.example';
const CARD = { origin: 'https://carte.portillon.example', paths: ['/api/sign-in/cpx'] };

const request = (method: string, url: string, headers: Record<string, string> = {}) =>
  ({ method, url, headers }) as unknown as FastifyRequest;

function headersFor(asked: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => (headers[name] = value) };
  letOwnPagesRead(asked, reply as unknown as FastifyReply, ORIGIN);
  return headers;
}

describe('a call of our pages to the card’s origin', () => {
  it('is one of the paths named, to the letter', () => {
    expect(isForCrossOrigin(request('POST', '/api/sign-in/cpx?x=1'), CARD)).toBe(true);
    for (const url of ['/api/sign-in/cpx/', '/api/sign-in/CPX', '/api/session', '//api/sign-in/cpx'])
      expect(isForCrossOrigin(request('POST', url), CARD)).toBe(false);
    expect(isForCrossOrigin(request('POST', '/api/sign-in/cpx'), undefined)).toBe(false);
  });

  it('may be read, with credentials, by them alone', () => {
    expect(headersFor(request('POST', '/', { origin: ORIGIN }))).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    for (const origin of [
      'https://evil.example',
      'null',
      `${ORIGIN}.evil.example`,
      'http://portillon.example',
    ])
      expect(headersFor(request('POST', '/', { origin }))).toEqual({ vary: 'Origin' });
  });

  it('is asked for before it is made', () => {
    const asked = { origin: ORIGIN, 'access-control-request-method': 'POST' };
    expect(isPreflight(request('OPTIONS', '/', asked), ORIGIN)).toBe(true);
    expect(isPreflight(request('POST', '/', asked), ORIGIN)).toBe(false);
    expect(isPreflight(request('OPTIONS', '/', { ...asked, origin: 'https://evil.example' }), ORIGIN)).toBe(
      false,
    );
    expect(isPreflight(request('OPTIONS', '/', { origin: ORIGIN }), ORIGIN)).toBe(false);
  });
});
