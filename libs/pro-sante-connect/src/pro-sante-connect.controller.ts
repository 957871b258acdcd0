import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiConsumes,
  ApiBody,
  ApiFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  ApiCookieAuth,
} from '@nestjs/swagger';
import {
  AccessCookies,
  ApiErrors,
  SignedOutState,
  sessionView,
  SignedIn,
  AllowsEnrolment,
  CurrentSession,
  RequiresStepUp,
} from '@portillon/access';
import { clientOf, Public, TakesForm } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import { ProSanteConnectCallbackService } from './authorization/pro-sante-connect-callback.service';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { ActivityChoice, ChosenActivity, ProSanteConnectDeparture } from './pro-sante-connect.dto';
import { LINKED_PATH, SIGN_OUT_RETURN_PATH } from './pro-sante-connect.options';
import { PscCookies } from './psc.cookies';
import type { ProSanteConnectResult } from './refusal';
import { ProSanteConnectSignInService } from './sign-in/pro-sante-connect-sign-in.service';
import { ProSanteConnectSignOutService } from './sign-out/pro-sante-connect-sign-out.service';

@ApiTags('Signing in')
@Public()
@Controller('api/sign-in/pro-sante-connect')
export class ProSanteConnectController {
  constructor(
    private readonly authorization: AuthorizationRequestService,
    private readonly callback: ProSanteConnectCallbackService,
    private readonly signIn: ProSanteConnectSignInService,
    private readonly signOut: ProSanteConnectSignOutService,
    private readonly pscCookies: PscCookies,
    private readonly cookies: AccessCookies,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Sends the browser to Pro Santé Connect',
    description: 'A page to open, not to fetch. On failure it redirects to `/connexion?erreur=<code>`.',
  })
  @ApiQuery({
    name: 'returnTo',
    required: false,
    description: 'A path of this service to open once signed in.',
  })
  @ApiQuery({
    name: 'fresh',
    required: false,
    enum: ['true'],
    description:
      'Requires a new proof from Pro Santé Connect unless it gave one in the last minutes. Use it for an action that answered `reauthentication.required`. On a shared workstation the proof is always new.',
  })
  @ApiFoundResponse({ description: 'Redirects to Pro Santé Connect, or back to the sign-in page.' })
  async signInWithProSanteConnect(
    @Query('returnTo') returnTo: unknown,
    @Query('fresh') fresh: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cookie = this.pscCookies.read(request, 'request');
    const wanted = { returnTo, fresh: fresh === 'true', client: clientOf(request) };
    const begun = await this.authorization.beginSignIn(wanted, cookie);
    if (begun.status === 'refused') return redirect(reply, refusalPage(begun));
    this.pscCookies.set(reply, 'request', begun.browserCookie);
    redirect(reply, begun.url);
  }

  @Get('callback')
  @ApiOperation({
    summary: 'Where Pro Santé Connect sends the browser back to',
    description:
      'Redirects to the requested page, signed in; to `/mon-compte?rattachement=<ok or code>` after a link of an account; to `/connexion/exercice` when the person has several activities. On failure it redirects to `/connexion?erreur=<code>`: `sign-in.cancelled`, `sign-in.required` (too late, repeated, or from another browser), `identity.rejected`, `account.not-linked`, `means.unavailable`, `attempts.exceeded`, `service.busy`, `internal`.',
  })
  @ApiFoundResponse({ description: 'Redirects to a page of this service.' })
  async returnFromProSanteConnect(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const start = request.url.indexOf('?');
    const query = start < 0 ? '' : request.url.slice(start);
    const outcome = await this.callback.handle({
      query,
      browserCookie: this.pscCookies.read(request, 'request'),
      sessionToken: this.cookies.session(request),
      client: clientOf(request),
    });
    // PSC has proved the user: going back in the browser's history must not start another proof.
    if (hasProved(outcome)) this.pscCookies.clear(reply, 'request');
    if (outcome.status === 'signed-in') this.cookies.setSession(reply, outcome.opened.sessionToken);
    if (outcome.status === 'choice') this.pscCookies.set(reply, 'choice', outcome.token);
    if (outcome.status === 'refused' && outcome.signOutToken)
      this.pscCookies.set(reply, 'signOut', outcome.signOutToken);
    redirect(reply, pageAfter(outcome));
  }

  @Get('activities')
  @ApiOperation({
    summary: 'The activities to choose from, for a person who has several',
    description: 'As Pro Santé Connect has just given them, for this browser only.',
  })
  @ApiOkResponse({ type: ActivityChoice })
  @ApiErrors({ 401: ['sign-in.required'] })
  async listProSanteConnectActivities(@Req() request: FastifyRequest): Promise<ActivityChoice> {
    const choice = await this.signIn.pending(this.pscCookies.read(request, 'choice'));
    if (!choice) throw new AppError('sign-in.required');
    return { activities: choice.identity.activities };
  }

  @Post('activity')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Signs in under one of the activities',
    description: 'One of the listed activities; the choice works once.',
  })
  @ApiOkResponse({ type: SignedIn })
  @ApiErrors({
    401: ['sign-in.required', 'identity.rejected'],
    403: ['account.not-linked'],
    422: ['validation.failed'],
  })
  async chooseProSanteConnectActivity(
    @Body() body: ChosenActivity,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    const token = this.pscCookies.read(request, 'choice');
    const opened = await this.signIn.choose(token, body.activity, clientOf(request));
    this.pscCookies.clear(reply, 'choice');
    this.cookies.setSession(reply, opened.sessionToken);
    return { status: 'signed-in', session: sessionView(opened.session) };
  }

  @Get('sign-out')
  @ApiOperation({
    summary: 'Sends the browser to end its session at Pro Santé Connect',
    description:
      '`Sign-Out-Next` of `DELETE /api/session` gives this path. Users who came back with `account.not-linked` can also open it, within 15 minutes. The browser returns to `/connexion?state={state}`; `state` is `signed-out` by default.',
  })
  @ApiQuery({
    name: 'state',
    required: false,
    enum: ['application'],
    description: 'The application that requested the sign-out, to which the browser then returns.',
  })
  @ApiFoundResponse({ description: 'Redirects to Pro Santé Connect, or to the sign-in page.' })
  async signOutOfProSanteConnect(
    @Query('state') asked: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const state: SignedOutState = asked === 'application' ? asked : 'signed-out';
    const next = await this.signOut.endSessionUrl(this.pscCookies.read(request, 'signOut'), state);
    this.pscCookies.clear(reply, 'signOut');
    redirect(reply, next ?? `${SIGN_OUT_RETURN_PATH}?state=${state}`);
  }

  @Post('back-channel-logout')
  @HttpCode(200)
  @TakesForm()
  @ApiOperation({
    summary: 'Receives a sign-out notification from Pro Santé Connect',
    description: 'OpenID Connect Back-Channel Logout 1.0, server to server.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    schema: { type: 'object', properties: { logout_token: { type: 'string' } }, required: ['logout_token'] },
  })
  @ApiOkResponse({ description: 'The named sessions have ended.' })
  @ApiErrors({ 400: ['identity.rejected', 'body.malformed'], 404: ['means.unavailable'] })
  @ApiErrors({ 503: ['means.unavailable', 'service.busy'] })
  async obeyProSanteConnectLogout(@Body() form: unknown, @Req() request: FastifyRequest): Promise<void> {
    const tokens = form instanceof URLSearchParams ? form.getAll('logout_token') : [];
    if (tokens.length !== 1) throw new AppError('body.malformed', { detail: 'one logout_token' });
    await this.signOut.handleBackChannelLogout(tokens[0]!, clientOf(request)).catch(asMalformed);
  }
}

/** Section 2.8: any fault of the token is a 400. */
function asMalformed(error: unknown): never {
  if (error instanceof AppError && error.code === 'identity.rejected')
    throw new AppError('identity.rejected', { status: 400, detail: error.message, cause: error });
  throw error;
}

function hasProved(outcome: ProSanteConnectResult): boolean {
  const { status } = outcome;
  return status === 'signed-in' || status === 'choice' || (status === 'refused' && !!outcome.signOutToken);
}

function redirect(reply: FastifyReply, url: string): void {
  void reply.redirect(url, 302);
}

function pageAfter(outcome: ProSanteConnectResult): string {
  switch (outcome.status) {
    case 'signed-in':
      return outcome.returnTo;
    case 'choice':
      return page('/connexion/exercice', {}, outcome.returnTo);
    case 'linked':
      return page(LINKED_PATH, { rattachement: 'ok' }, '/');
    case 'not-linked':
      return page(LINKED_PATH, { rattachement: outcome.code }, '/');
    case 'refused':
      return refusalPage(outcome);
  }
}

function refusalPage({ code, returnTo }: { code: string; returnTo: string }): string {
  return page('/connexion', { erreur: code }, returnTo);
}

function page(path: string, query: Record<string, string>, returnTo: string): string {
  const text = new URLSearchParams({ ...query, ...(returnTo === '/' ? {} : { returnTo }) }).toString();
  return text === '' ? path : `${path}?${text}`;
}

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/pro-sante-connect')
export class ProSanteConnectLinkController {
  constructor(
    private readonly authorization: AuthorizationRequestService,
    private readonly link: ProSanteConnectLinkService,
    private readonly pscCookies: PscCookies,
  ) {}

  @Post()
  @AllowsEnrolment()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Starts linking my account to my e-CPS',
    description:
      'Links nothing yet: open `location` in this browser, within 5 minutes. The browser returns to `/mon-compte?rattachement=<ok or code>`: `account.already-linked`, `identity.rejected`, `session.required` (another session is open by then), `sign-in.cancelled`, `means.unavailable`, `means.too-weak`, `attempts.exceeded`, `service.busy`, `internal`.',
  })
  @ApiOkResponse({ type: ProSanteConnectDeparture })
  @ApiErrors({ 403: ['password.required', 'means.too-weak'] })
  @ApiErrors({ 404: ['means.unavailable'], 503: ['means.unavailable'] })
  @RequiresStepUp()
  async linkProSanteConnect(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProSanteConnectDeparture> {
    const client = clientOf(request);
    await this.link.requirePassword(session, client);
    const cookie = this.pscCookies.read(request, 'request');
    const departure = await this.authorization.beginLink(session.id, cookie);
    this.pscCookies.set(reply, 'request', departure.browserCookie);
    return { location: departure.url };
  }
}
