import type { AccountService } from '@portillon/account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { ResolvedOpenidOptions } from '../../openid.options';
import {
  application,
  AskedRequest,
  clientOfApplication,
  contextOf,
  SESSION,
} from '../../testing/openid.fixture';
import { stateOf } from '../oidc-context';
import { ProviderPageService } from './provider-page.service';
import type { RequestRegistry } from '../request-registry.service';

const OPTIONS = { serviceName: 'Portillon' } as ResolvedOpenidOptions;
const POLICY = "default-src 'none';style-src 'self';form-action 'self'";
const FORM = '<form id="op.logoutForm"></form>';

type Answer = KoaContextWithOIDC & { type: string; body: string; status: number };
type Middleware = (ctx: object, next: () => Promise<void>) => Promise<void>;

interface World extends AskedRequest {
  path?: string;
  language?: string;
  locale?: 'fr' | 'en' | 'unreadable';
}

function pages({ path = '/oidc/authorize', language = 'fr', locale, ...asked }: World = {}) {
  const headers = new Map([['content-security-policy', POLICY]]);
  const ctx = Object.assign(contextOf(asked), {
    path,
    type: '',
    body: '',
    response: { get: (name: string) => headers.get(name) ?? '' },
    get: (name: string) => (name === 'accept-language' ? language : ''),
    set: (name: string, value: string) => void headers.set(name, value),
    remove: (name: string) => void headers.delete(name),
  }) as unknown as Answer;
  const accounts = {
    get: async () => {
      if (locale === 'unreadable') throw new Error('no database');
      return locale && { locale };
    },
  } as unknown as AccountService;
  const requests = { of: () => ({ id: 'r1' }) } as unknown as RequestRegistry;
  const service = new ProviderPageService(requests, accounts, OPTIONS);
  let middleware: Middleware;
  service.follow({ use: (one: Middleware) => (middleware = one) } as unknown as Provider);
  return { service, ctx, headers, answered: () => middleware(ctx, async () => undefined) };
}

const REFUSED = { error: 'invalid_request' };

describe('a page of the provider', () => {
  it.each<[string, World, string]>([
    ['the person who is signed in', { session: SESSION, locale: 'en', language: 'fr' }, 'en'],
    ['the browser, where no one is', { language: 'en', locale: 'fr' }, 'en'],
    [
      'the browser, where no table can be read',
      { session: SESSION, locale: 'unreadable', language: 'en' },
      'en',
    ],
    ['the browser, where the account is gone', { session: SESSION, language: 'en' }, 'en'],
  ])('speaks the language of %s', async (_, world, language) => {
    const { service, ctx } = pages(world);
    await service.refusal(ctx, REFUSED);
    expect(ctx.body).toContain(`<html lang="${language}">`);
  });

  it('says that a request cannot be completed, with a reference, and where its application begins anew', async () => {
    const known = application({ name: 'Agenda', initiateLoginUri: 'https://agenda.example/connexion' });
    const { service, ctx, headers } = pages({ application: known });
    await service.refusal(ctx, REFUSED);
    expect(ctx.type).toBe('html');
    expect(ctx.body).toContain('invalid_request · r1');
    expect(ctx.body).toContain('href="https://agenda.example/connexion"');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';form-action 'self';style-src 'sha256-[A-Za-z0-9+/]{43}='$/,
    );
  });

  it('leads nowhere where the application is not known, or has no such address', async () => {
    for (const world of [{}, { application: application() }]) {
      const { service, ctx } = pages(world);
      await service.refusal(ctx, REFUSED);
      expect(ctx.body).not.toContain('Recommencer depuis');
    }
  });

  it('says to a person who answers the question a second time that they are signed out', async () => {
    const { service, ctx } = pages({ path: '/oidc/logout/confirm' });
    await service.refusal(ctx, REFUSED);
    expect(ctx.body).toContain('Vous êtes déconnecté');
    expect(ctx.body).not.toContain('invalid_request');
    for (const world of [{ session: SESSION, path: '/oidc/logout/confirm' }, { path: '/oidc/logout' }]) {
      const other = pages(world);
      await other.service.refusal(other.ctx, REFUSED);
      expect(other.ctx.body).toContain('invalid_request');
    }
    const down = pages({ path: '/oidc/logout/confirm' });
    await down.service.refusal(down.ctx, { error: 'server_error' });
    expect(down.ctx.body).toContain('server_error');
  });
});

describe('signing out at the request of an application', () => {
  const hint = (sid?: string, oidc: object = {}): World => ({
    application: application(),
    oidc: {
      client: clientOfApplication(application()),
      session: { sidFor: () => 'sid-agenda' },
      entities: { IdTokenHint: { payload: { sid } } },
      ...oidc,
    },
  });

  it('asks the person first', async () => {
    const { service, ctx, headers } = pages();
    await service.signOut(ctx, FORM);
    expect(ctx.body).toContain(FORM);
    expect(ctx.body).not.toContain('<script');
    expect(headers.get('content-security-policy')).not.toContain('script-src');
  });

  it('continues automatically where the application proves that it speaks of this very session', async () => {
    const { service, ctx, headers } = pages(hint('sid-agenda'));
    await service.signOut(ctx, FORM);
    expect(ctx.body).toContain('document.forms[0].submit()');
    expect(headers.get('content-security-policy')).toMatch(/;script-src 'sha256-[A-Za-z0-9+/]{43}='$/);
  });

  it.each([['sid-another'], [undefined]])('asks all the same for the session %j', async (sid) => {
    const { service, ctx } = pages(hint(sid));
    await service.signOut(ctx, FORM);
    expect(ctx.body).not.toContain('document.forms[0].submit()');
  });

  it.each<[string, World]>([
    [
      'names no session, where the session has not entered the application',
      hint(undefined, { session: { sidFor: () => undefined } }),
    ],
    ['comes with no session', hint('sid-agenda', { session: undefined })],
    ['comes from no application', hint('sid-agenda', { client: undefined })],
    ['is not there', hint('sid-agenda', { entities: {} })],
  ])('asks all the same where the proof %s', async (_, world) => {
    const { service, ctx } = pages(world);
    await service.signOut(ctx, FORM);
    expect(ctx.body).toContain('Voulez-vous vous déconnecter');
    expect(ctx.body).not.toContain('document.forms[0].submit()');
  });

  it('goes on to where the person signs out too, by a page', async () => {
    const { ctx, headers, answered } = pages();
    headers.set('location', 'https://agenda.example/au-revoir');
    stateOf(ctx).signOutNext = '/api/pro-sante-connect/sign-out';
    await answered();
    expect(ctx.status).toBe(200);
    expect(headers.has('location')).toBe(false);
    expect(ctx.body).toContain('content="0;url=/api/pro-sante-connect/sign-out"');
    expect(ctx.body).toContain('<a href="/api/pro-sante-connect/sign-out">');
  });
});

describe('the forms of a page', () => {
  const client = (redirect: boolean, after: boolean) => ({
    redirectUriAllowed: () => redirect,
    postLogoutRedirectUriAllowed: () => after,
  });
  const params = {
    redirect_uri: 'https://agenda.example/retour?x=1',
    post_logout_redirect_uri: 'fr.agenda:/au-revoir',
  };

  const allowed = async (oidc: object, type = 'text/html') => {
    const { ctx, headers, answered } = pages({ oidc });
    ctx.type = type;
    await answered();
    return headers;
  };

  it('may be sent here, and on to the registered addresses of the request alone', async () => {
    const headers = await allowed({ params, client: client(true, true) });
    expect(headers.get('content-security-policy')).toContain(
      "form-action 'self' https://agenda.example fr.agenda:",
    );
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });

  it.each<[string, object]>([
    ['is not registered', { params, client: client(false, false) }],
    ['is of no application', { params, client: undefined }],
    ['is not there', { params: undefined, client: client(true, true) }],
  ])('may not be sent to an address that %s', async (_, oidc) => {
    const headers = await allowed(oidc);
    expect(headers.get('content-security-policy')).toMatch(/;form-action 'self'$/);
  });

  it('are left alone where the answer is no page', async () => {
    const headers = await allowed({ params, client: client(true, true) }, 'application/json');
    expect(headers.get('content-security-policy')).toBe(POLICY);
    expect(headers.has('referrer-policy')).toBe(false);
  });
});

describe('a form that another site sends', () => {
  it('is refused in the language of the browser, and kept by no cache', () => {
    const headers: Record<string, string> = {};
    const answer = { status: 0, type: '', body: '' };
    const reply = {
      status: (code: number) => ((answer.status = code), reply),
      type: (type: string) => ((answer.type = type), reply),
      getHeader: (name: string) => (name === 'content-security-policy' ? POLICY : undefined),
      header: (name: string, value: string) => ((headers[name] = value), reply),
      send: (body: string) => ((answer.body = body), reply),
    };
    const request = { id: 'r1', headers: { 'accept-language': 'en' } } as unknown as FastifyRequest;
    pages().service.foreignForm(request, reply as unknown as FastifyReply);
    expect(answer).toMatchObject({ status: 403, type: 'text/html; charset=utf-8' });
    expect(answer.body).toContain('<html lang="en">');
    expect(answer.body).toContain('origin.refused · r1');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none';form-action 'self';style-src 'sha256-/,
    );
  });
});
