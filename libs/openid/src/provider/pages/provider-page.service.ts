import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { localeOf } from '@portillon/http';
import type { Locale } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { OPENID_OPTIONS, type ResolvedOpenidOptions } from '../../openid.options';
import { applicationOf, stateOf } from '../oidc-context';
import {
  goingOnBody,
  page,
  PAGE_STYLE,
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

/** The few pages that the provider serves itself. None of them is a sign-in page. */
@Injectable()
export class ProviderPageService {
  constructor(
    private readonly requests: RequestRegistry,
    private readonly accounts: AccountService,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  /** Allows the forms of every page, the library's included, after the provider has answered. */
  follow(provider: Provider): void {
    provider.use(async (ctx, next) => {
      await next();
      await this.#goOn(ctx as unknown as Context);
      if (ctx.type === 'text/html') allowForms(ctx as unknown as Context);
    });
  }

  /** Shows a request that has no redirect: its client or its redirect address is unknown. */
  async refusal(ctx: Context, { error }: ErrorOut): Promise<void> {
    if (isSignedOutAlready(ctx, error)) return this.signedOut(ctx);
    const refused = { error, requestId: this.requests.of(ctx.req).id, ...startOf(ctx) };
    await this.#render(ctx, (locale) => refusalBody(refused, locale));
  }

  /** Answers the sender of a form that did not come from our own pages. */
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

  /** Asks the user before signing them out, unless the application proves that it means this session. */
  async signOut(ctx: Context, form: string): Promise<void> {
    if (!isOfThisSession(ctx)) return this.#render(ctx, (locale) => signOutBody(form, locale));
    await this.#render(ctx, (locale) => signingOutBody(form, locale), { script: SUBMIT_SCRIPT });
  }

  async signedOut(ctx: Context): Promise<void> {
    await this.#render(ctx, signedOutBody);
  }

  /**
   * Continues to the place where the user must also sign out, instead of to the application. It does so by a page, because
   * `form-action` lets a form redirect to the application's origin only.
   */
  async #goOn(ctx: Context): Promise<void> {
    const next = stateOf(ctx).signOutNext;
    if (!next) return;
    ctx.status = 200;
    ctx.remove('location');
    await this.#render(ctx, (locale) => goingOnBody(next, locale), { next });
  }

  #frame(locale: Locale): PageFrame {
    return { locale, serviceName: this.options.serviceName };
  }

  /** Returns the language of the user who is or was signed in; otherwise, or without a database, that of the browser. */
  async #localeOf(ctx: Context): Promise<Locale> {
    const { session } = stateOf(ctx);
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

/** Returns the start address of the request's application, when both are known. */
function startOf({ oidc }: Context): Pick<Refused, 'application'> {
  if (!oidc?.client) return {};
  const { name, initiateLoginUri } = applicationOf(oidc.client);
  return initiateLoginUri ? { application: { name, address: initiateLoginUri } } : {};
}

/** Whether a second answer to one question arrives after the first has ended the session: nothing is refused then. */
function isSignedOutAlready(ctx: Context, error: string): boolean {
  return ctx.path === SIGN_OUT_CONFIRM_PATH && error === 'invalid_request' && !stateOf(ctx).session;
}

/** Browsers apply `form-action` to the redirects of a form too. */
function allowForms(ctx: Context): void {
  // Without a referrer a browser sends no origin with the form, and the server would refuse the answer.
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

/** The custom scheme of an application on a device has no origin. */
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
