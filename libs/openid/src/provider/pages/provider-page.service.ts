import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { localeOf } from '@portillon/http';
import type { Locale } from '@portillon/kernel';
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../../openid.options';
import { applicationOf, sessionOf, signOutNextOf } from '../oidc-context';
import { PAGE_STYLE } from './provider-page.style';
import {
  goingOnBody,
  page,
  PageFrame,
  refusalBody,
  Refused,
  signedOutBody,
  signingOutBody,
  signOutBody,
  SUBMIT_SCRIPT,
} from './provider-pages';
import { SIGN_OUT_CONFIRM_PATH } from '../provider.constants';
import { RequestRegistry } from '../request-registry.service';

type Context = KoaContextWithOIDC;

const STYLE_HASH = hashOf(PAGE_STYLE);

/** The few pages that the provider answers itself: no sign-in among them. */
@Injectable()
export class ProviderPageService {
  constructor(
    private readonly requests: RequestRegistry,
    private readonly accounts: AccountService,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  /** Lets the forms of every page be sent, the library's own too, once the provider has answered. */
  follow(provider: Provider): void {
    provider.use(async (ctx, next) => {
      await next();
      await this.#goOn(ctx as unknown as Context);
      if (ctx.type === 'text/html') allowForms(ctx as unknown as Context);
    });
  }

  /** A request that cannot be sent back to anyone: its client, or where it leads, is not known. */
  async refusal(ctx: Context, { error }: ErrorOut): Promise<void> {
    if (isSignedOutAlready(ctx, error)) return this.signedOut(ctx);
    const refused = { error, requestId: this.requests.of(ctx.req).id, ...startOf(ctx) };
    await this.#render(ctx, (locale) => refusalBody(refused, locale));
  }

  /** A form that was not sent by a page of ours, to the person who sent it. */
  foreignForm(request: FastifyRequest, reply: FastifyReply): void {
    const locale = localeOf(request.headers['accept-language']);
    const refusal = refusalBody({ error: 'origin.refused', requestId: request.id }, locale);
    void reply
      .status(403)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        withDirective(reply.getHeader('content-security-policy'), 'style-src', STYLE_HASH),
      )
      .send(page(refusal, this.#frame(locale)));
  }

  /** Asks before the person is signed out, unless the application proves that it speaks of this very session. */
  async signOut(ctx: Context, form: string): Promise<void> {
    if (!isOfThisSession(ctx)) return this.#render(ctx, (locale) => signOutBody(form, locale));
    await this.#render(ctx, (locale) => signingOutBody(form, locale), { script: SUBMIT_SCRIPT });
  }

  async signedOut(ctx: Context): Promise<void> {
    await this.#render(ctx, signedOutBody);
  }

  /**
   * To where the person signs out too, in place of the application. By a page: `form-action` has browsers follow the
   * answer of a form to the application's origin alone.
   */
  async #goOn(ctx: Context): Promise<void> {
    const next = signOutNextOf(ctx);
    if (!next) return;
    ctx.status = 200;
    ctx.remove('location');
    await this.#render(ctx, (locale) => goingOnBody(next, locale), { next });
  }

  #frame(locale: Locale): PageFrame {
    return { locale, serviceName: this.options.serviceName };
  }

  /** The language of the person who is signed in, or just was; the browser's when none is, or no table can be read. */
  async #localeOf(ctx: Context): Promise<Locale> {
    const session = sessionOf(ctx);
    const account = session && (await this.accounts.get(session.accountId).catch(() => undefined));
    return account?.locale ?? localeOf(ctx.get('accept-language'));
  }

  async #render(
    ctx: Context,
    bodyIn: (locale: Locale) => string,
    extras: Pick<PageFrame, 'script' | 'next'> = {},
  ): Promise<void> {
    const locale = await this.#localeOf(ctx);
    ctx.type = 'html';
    ctx.body = page(bodyIn(locale), { ...this.#frame(locale), ...extras });
    replaceDirective(ctx, 'style-src', STYLE_HASH);
    if (extras.script) replaceDirective(ctx, 'script-src', hashOf(extras.script));
  }
}

/** Where the application of the request begins anew, when it is known and has an address for it. */
function startOf({ oidc }: Context): Pick<Refused, 'application'> {
  if (!oidc?.client) return {};
  const { name, initiateLoginUri } = applicationOf(oidc.client);
  return initiateLoginUri ? { application: { name, address: initiateLoginUri } } : {};
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
