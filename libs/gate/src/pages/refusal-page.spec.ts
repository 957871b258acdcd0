import type { FastifyReply } from 'fastify';
import { redirectTo, showRefusal } from './refusal-page';

function answer(reply: (to: FastifyReply) => void) {
  const headers: Record<string, string> = { 'strict-transport-security': 'max-age=1' };
  const sent = { status: 0, body: undefined as string | undefined };
  const to = {
    removeHeader: (name: string) => (delete headers[name], to),
    header: (name: string, value: string) => ((headers[name] = value), to),
    type: (value: string) => ((headers['content-type'] = value), to),
    status: (code: number) => ((sent.status = code), to),
    send: (body?: string) => ((sent.body = body), to),
  };
  reply(to as unknown as FastifyReply);
  return { ...sent, headers };
}

describe('what browsers are answered on the host of an application', () => {
  it('is where to go, kept by no cache, and nothing about HTTPS, which is for its own server to say', () => {
    const { status, body, headers } = answer((to) => redirectTo(to, 'https://portillon.example'));
    expect([status, body]).toEqual([302, undefined]);
    expect(headers).toEqual({ 'cache-control': 'no-store', location: 'https://portillon.example' });
    expect(answer((to) => redirectTo(to, '/', 401)).status).toBe(401);
  });

  it.each([
    ['forbidden', 403],
    ['level-unmet', 403],
    ['lost', 400],
  ] as const)('is a page that takes nothing from anywhere: %s, %d', (kind, code) => {
    const { status, body, headers } = answer((to) => showRefusal(to, kind));
    expect(status).toBe(code);
    expect(body).toMatch(/^<!doctype html><html lang="fr">/);
    expect(body).toContain('<section lang="en">');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none';style-src 'sha256-/) as string,
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('leads a person back to where they began when their way was lost, and nowhere else', () => {
    expect(answer((to) => showRefusal(to, 'lost')).body).toContain('<a href="/">');
    expect(answer((to) => showRefusal(to, 'forbidden')).body).not.toContain('<a ');
  });
});
