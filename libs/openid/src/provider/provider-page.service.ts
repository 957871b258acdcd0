import { Injectable } from '@nestjs/common';
import { localeOf } from '@portillon/http';
import { createHash } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { page, pageStyle, refusalBody, signedOutBody, signOutBody, SUBMIT_SCRIPT } from './provider-pages';
import { RequestRegistry } from './request-registry.service';

type Context = KoaContextWithOIDC;

/** The few pages that the provider answers itself: no sign-in among them. */
@Injectable()
export class ProviderPageService {
  constructor(private readonly requests: RequestRegistry) {}

  /** Names the addresses that forms of the provider's pages lead to, once the provider has answered. */
  follow(provider: Provider): void {
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.type === 'text/html') allowForms(ctx as unknown as Context);
    });
  }

  /** A request that cannot be sent back to anyone: its client, or where it leads, is not known. */
  async refusal(ctx: Context, { error }: ErrorOut): Promise<void> {
    this.#render(ctx, refusalBody(error, this.requests.of(ctx.req).id, languageOf(ctx)));
  }

  /** Asks before the person is signed out, unless the application proves that it speaks of this very session. */
  async signOut(ctx: Context, form: string): Promise<void> {
    const proved = isOfThisSession(ctx);
    this.#render(ctx, signOutBody(form, proved, languageOf(ctx)), proved ? SUBMIT_SCRIPT : undefined);
  }

  async signedOut(ctx: Context): Promise<void> {
    this.#render(ctx, signedOutBody(languageOf(ctx)));
  }

  #render(ctx: Context, body: string, script?: string): void {
    ctx.type = 'html';
    ctx.body = page(body, languageOf(ctx), script);
    // Without a referrer at all a browser names no origin when the form is sent, and the answer would be refused.
    ctx.set('referrer-policy', 'same-origin');
    replaceDirective(ctx, 'style-src', hashOf(pageStyle));
    if (script) replaceDirective(ctx, 'script-src', hashOf(script));
  }
}

/** Browsers hold a form's redirects to `form-action` too. */
function allowForms(ctx: Context): void {
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
  const policy = String(ctx.response.get('content-security-policy'));
  const others = policy.split(';').filter((one) => one.trim() && one.trim().split(' ')[0] !== name);
  ctx.set('content-security-policy', [...others, `${name} ${sources}`].join(';'));
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function languageOf(ctx: Context) {
  return localeOf(ctx.get('accept-language'));
}
