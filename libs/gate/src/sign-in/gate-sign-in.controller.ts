import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GateCheckService } from '../check/gate-check.service';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import { redirectTo, showRefusal } from '../pages/refusal-page';
import type { GatedRequest } from '../proxies/gated-request';
import { ProxyRequestService } from '../proxies/proxy-request.service';
import { GATE_PAGES } from './own-pages';
import { GateSignInService } from './gate-sign-in.service';
import { GateCookies } from './gate.cookies';

type Parameter = string | string[] | undefined;

/** The pages of ours on each application's own host, to which its proxy passes `/.portillon/`. */
@ApiExcludeController()
@Public()
@Controller(GATE_PAGES)
export class GateSignInController {
  constructor(
    private readonly requests: ProxyRequestService,
    private readonly signIns: GateSignInService,
    private readonly checks: GateCheckService,
    private readonly cookies: GateCookies,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  @Get('sign-in')
  start(
    @Query('request') state: Parameter,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const { origin } = this.#gated(request);
    const started = this.signIns.start(one(state) ?? '', origin);
    if (!started) return showRefusal(reply, 'lost');
    this.cookies.setSignIn(reply, origin, started.id, started.token);
    redirectTo(reply, started.location);
  }

  @Get('callback')
  async finish(
    @Query() { state, code, error, iss }: Record<string, Parameter>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { origin } = this.#gated(request);
    const signIn = this.signIns.read(one(state) ?? '', origin);
    if (!signIn) return showRefusal(reply, 'lost');
    const cookie = this.cookies.signIn(request, origin, signIn.id);
    const former = this.cookies.session(request, origin);
    const returned = { signIn, code: one(code), error: one(error), iss: one(iss), cookie, former };
    const result = await this.signIns.finish(returned);
    if (cookie) this.cookies.clearSignIn(reply, origin, signIn.id);
    if (result.status !== 'signed-in') return this.#refuse(reply, result.status);
    this.cookies.setSession(reply, origin, result.token);
    redirectTo(reply, result.location);
  }

  /** Redirects to the page where users can end their session, for every application. */
  @Get('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const context = await this.checks.findByOrigin(this.#gated(request).origin);
    if (!context) return showRefusal(reply, 'forbidden');
    const { id, postLogoutRedirectUris } = context.application;
    const [back] = postLogoutRedirectUris;
    const parameters = new URLSearchParams({
      client_id: id,
      ...(back && { post_logout_redirect_uri: back }),
    });
    redirectTo(reply, `${this.options.publicUrl}/oidc/logout?${parameters.toString()}`);
  }

  /** For a proxy that shows no body of ours with its own 403: nginx. */
  @Get('forbidden')
  forbidden(@Res() reply: FastifyReply): void {
    showRefusal(reply, 'forbidden');
  }

  #gated(request: FastifyRequest): GatedRequest {
    const reading = this.requests.ownPage(request);
    if (reading.status === 'unreadable') throw new AppError('gate.unreadable', { detail: reading.why });
    return reading.request;
  }

  #refuse(reply: FastifyReply, status: 'lost' | 'refused' | 'level-unmet'): void {
    showRefusal(reply, status === 'refused' ? 'forbidden' : status);
  }
}

/** A parameter that is sent twice counts as missing. */
function one(parameter: Parameter): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
