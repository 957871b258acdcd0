import { Injectable } from '@nestjs/common';
import { localeOf } from '@portillon/http';
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { sessionOf, signOutNextOf } from './oidc-context';
import {
  goingOnBody,
  page,
  PageExtras,
  pageStyle,
  refusalBody,
  signedOutBody,
  signingOutBody,
  signOutBody,
  SUBMIT_SCRIPT,
} from './provider-pages';
import { SIGN_OUT_CONFIRM_PATH } from './provider.constants';
import { RequestRegistry } from './request-registry.service';

type Context = KoaContextWithOIDC;

const STYLE_HASH = hashOf(pageStyle);

/** The few pages that the provider answers itself: no sign-in among them. */
@Injectable()
export class ProviderPageService {
  constructor(private readonly requests: RequestRegistry) {}

  /** Lets the forms of every page be sent, the library's own too, once the provider has answered. */
  follow(provider: Provider): void {
    provider.use(async (ctx, next) => {
      await next();
      this.#goOn(ctx as unknown as Context);
      if (ctx.type === 'text/html') allowForms(ctx as unknown as Context);
    });
  }

  /** A request that cannot be sent back to anyone: its client, or where it leads, is not known. */
  async refusal(ctx: Context, { error }: ErrorOut): Promise<void> {
    if (isSignedOutAlready(ctx, error)) return this.signedOut(ctx);
    this.#render(ctx, refusalBody(error, this.requests.of(ctx.req).id, languageOf(ctx)));
  }

  /** A form that was not sent by a page of ours, to the person who sent it. */
  foreignForm(request: FastifyRequest, reply: FastifyReply): void {
    const locale = localeOf(request.headers['accept-language']);
    void reply
      .status(403)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        withDirective(reply.getHeader('content-security-policy'), 'style-src', STYLE_HASH),
      )
      .send(page(refusalBody('origin.refused', request.id, locale), locale));
  }

  /** Asks before the person is signed out, unless the application proves that it speaks of this very session. */
  async signOut(ctx: Context, form: string): Promise<void> {
    const locale = languageOf(ctx);
    if (!isOfThisSession(ctx)) return this.#render(ctx, signOutBody(form, locale));
    this.#render(ctx, signingOutBody(form, locale), { script: SUBMIT_SCRIPT });
  }

  async signedOut(ctx: Context): Promise<void> {
    this.#render(ctx, signedOutBody(languageOf(ctx)));
  }

  /**
   * To where the person signs out too, in place of the application. By a page: `form-action` has browsers follow the
   * answer of a form to the application's origin alone.
   */
  #goOn(ctx: Context): void {
    const next = signOutNextOf(ctx);
    if (!next) return;
    ctx.status = 200;
    ctx.remove('location');
    this.#render(ctx, goingOnBody(next, languageOf(ctx)), { next });
  }

  #render(ctx: Context, body: string, extras: PageExtras = {}): void {
    ctx.type = 'html';
    ctx.body = page(body, languageOf(ctx), extras);
    replaceDirective(ctx, 'style-src', STYLE_HASH);
    if (extras.script) replaceDirective(ctx, 'script-src', hashOf(extras.script));
  }
}

/** Of two answers to one question the second comes when the first has ended the session: nothing is refused to anyone. */
function isSignedOutAlready(ctx: Context, error: string): boolean {
  return ctx.path === SIGN_OUT_CONFIRM_PATH && error === 'invalid_request' && !sessionOf(ctx);
}

/** Browsers hold a form's redirects to `form-action` too. */
function allowForms(ctx: Context): void {
  // Without a referrer at all a browser names no origin when the form is sent, and the answer would be refused.
  ctx.set('referrer-policy', 'same-origin');
  const { params, client } = ctx.oidc ?? {};
  const { redirect_uri: redirectUri, post_logout_redirect_uri: after } = (params ?? {}) as Record<
    string,
    string
  >;
  const uris = [
    client && redirectUri && client.redirectUriAllowed(redirectUri) ? redirectUri : undefined,
    client && after && client.postLogoutRedirectUriAllowed(after) ? after : undefined,
  ].filter((uri) => uri !== undefined);
  replaceDirective(ctx, 'form-action', ["'self'", ...uris.map(sourceOf)].join(' '));
}

/** A scheme of a device's application has no origin. */
function sourceOf(uri: string): string {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
}

function isOfThisSession(ctx: Context): boolean {
  const { session, client, entities } = ctx.oidc;
  const { IdTokenHint: hint } = entities as { IdTokenHint?: { payload: { sid?: unknown } } };
  if (!hint || !client || !session) return false;
  return hint.payload.sid !== undefined && hint.payload.sid === session.sidFor(client.clientId);
}

function replaceDirective(ctx: Context, name: string, sources: string): void {
  const policy = ctx.response.get('content-security-policy');
  ctx.set('content-security-policy', withDirective(policy, name, sources));
}

function withDirective(policy: unknown, name: string, sources: string): string {
  const others = String(policy)
    .split(';')
    .filter((one) => one.trim() && one.trim().split(' ')[0] !== name);
  return [...others, `${name} ${sources}`].join(';');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function languageOf(ctx: Context) {
  return localeOf(ctx.get('accept-language'));
}
