import { All, Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { LogsRefusals, Public } from '@portillon/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProxyRequestService } from '../proxies/proxy-request.service';
import { GateAnswerService } from './gate-answer.service';

const ALLOWED = {
  description:
    'The request may pass; the user is in `Remote-User`, `Remote-Groups`, `Remote-Name`, `Remote-Email`, `Remote-Structure`, `Portillon-Assertion`.',
};

/** The checks of reverse proxies, before they pass a request on to an application. */
@ApiTags('Gate')
@Public()
@Controller('api/gate')
export class GateCheckController {
  constructor(
    private readonly requests: ProxyRequestService,
    private readonly answers: GateAnswerService,
  ) {}

  @Get('forward-auth')
  @LogsRefusals()
  @ApiOperation({
    summary: 'Whether a request may pass: Traefik, Caddy, HAProxy',
    description:
      'Reads `X-Forwarded-Method`, `-Proto`, `-Host` and `-Uri`. The proxy passes a refusal on unchanged.',
  })
  @ApiOkResponse(ALLOWED)
  @ApiErrors({ 401: ['gate.unreadable', 'session.required', 'gate.level-required'] })
  @ApiErrors({ 403: ['permission.denied'], 503: ['service.busy'] })
  forwardAuth(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answers.answer(request, reply, this.requests.forwardAuth(request));
  }

  @Get('auth-request')
  @LogsRefusals()
  @ApiOperation({
    summary: 'Whether a request may pass: nginx',
    description:
      'Reads `X-Original-URL` and `X-Original-Method`. A missing sign-in is answered 401 with `Location`, as nginx expects.',
  })
  @ApiOkResponse(ALLOWED)
  @ApiErrors({ 401: ['gate.unreadable', 'session.required', 'gate.level-required'] })
  @ApiErrors({ 403: ['permission.denied'], 503: ['service.busy'] })
  authRequest(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answers.answer(request, reply, this.requests.authRequest(request), 401);
  }

  /** Envoy's HTTP ext_authz puts the path that it asks about behind this one: no document describes all paths. */
  @All('ext-authz/*')
  @LogsRefusals()
  @ApiExcludeEndpoint()
  extAuthz(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.answers.answer(request, reply, this.requests.extAuthz(request));
  }
}
