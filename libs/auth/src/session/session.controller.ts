import { Body, Controller, Delete, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AuditService } from '@portillon/audit';
import { clientOf } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SessionService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  audited,
  AccessCookies,
  MeansRegistry,
  holderOf,
  ApiErrors,
  SessionAnswer,
  sessionView,
  AllowsEnrolment,
  AllowsLateCode,
  CurrentSession,
  StructureInUseService,
} from '@portillon/access';
import {
  CodeReceipt,
  CodeResend,
  CodeSubmission,
  FactorRequired,
  receiptView,
  requestedView,
  typedCode,
} from '../code/challenge.dto';
import { StructureChoice } from '../sign-in.dto';
import { StepUpService } from '../step-up/step-up.service';

@ApiTags('The session')
@ApiCookieAuth('session')
@AllowsEnrolment()
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly stepUp: StepUpService,
    private readonly structures: StructureInUseService,
    private readonly cookies: AccessCookies,
    private readonly audit: AuditService,
    private readonly means: MeansRegistry,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The session of this browser',
    description:
      'Reading the session does not prolong it. `code.required`: the 24 hours are over, and a new code is enough.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  getSession(@CurrentSession() session: Session): SessionAnswer {
    return { session: sessionView(session) };
  }

  @Post('renew')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Extends the idle limit of the session',
    description: 'Extends neither the absolute limit nor the 24 hours of the code.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async renewSession(@CurrentSession() session: Session): Promise<SessionAnswer> {
    const renewed = await this.sessions.renew(session);
    if (!renewed) throw new AppError('session.required');
    return { session: sessionView(renewed) };
  }

  @Put('structure')
  @ApiOperation({
    summary: 'Chooses the structure in use',
    description:
      'One of `structures` of the session. Claims, headers and roles follow it. The next sign-in begins with it.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({
    401: ['session.required', 'code.required'],
    404: ['not-found'],
    422: ['validation.failed'],
  })
  async chooseStructure(
    @CurrentSession() session: Session,
    @Body() { structureId }: StructureChoice,
    @Req() request: FastifyRequest,
  ): Promise<SessionAnswer> {
    return { session: sessionView(await this.structures.choose(session, structureId, clientOf(request))) };
  }

  @Delete()
  @HttpCode(204)
  @AllowsLateCode()
  @ApiOperation({
    summary: 'Ends the session',
    description: 'Clears the cookie. The browser stays remembered.',
  })
  @ApiNoContentResponse({
    description: 'The session has ended and the cookie is cleared.',
    headers: {
      'Sign-Out-Next': {
        description: 'A path to open in the browser, which also ends the session at Pro Santé Connect.',
        schema: { type: 'string' },
      },
    },
  })
  @ApiErrors({ 401: ['session.required'] })
  async signOut(
    @CurrentSession() session: Session,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.end(session.id, 'sign-out');
    const event = { name: 'authn_logout', outcome: 'SUCCESS', means: session.means } as const;
    await this.audit.record(audited(clientOf(request), holderOf(session), event));
    this.cookies.clearSession(reply);
    const next = await this.means.signOut(session, reply);
    if (next) void reply.header('sign-out-next', next);
  }

  @Post('challenge')
  @HttpCode(202)
  @AllowsLateCode()
  @ApiOperation({
    summary: 'Sends a code for this session',
    description:
      'For use at the 24-hour limit (`code.required`) or before a sensitive action (`reauthentication.required`). A person with an authenticator app gets no message unless the request names a channel.',
  })
  @ApiAcceptedResponse({ type: FactorRequired })
  @ApiErrors({ 401: ['session.required'], 403: ['code.not-accepted'], 409: ['channel.unavailable'] })
  @ApiErrors({ 422: ['validation.failed'] })
  @ApiErrors({ 429: ['resend.too-soon', 'attempts.exceeded'], 502: ['delivery.failed'] })
  async requestSessionChallenge(
    @CurrentSession() session: Session,
    @Body() body: CodeResend,
    @Req() request: FastifyRequest,
  ): Promise<FactorRequired> {
    const asked = await this.stepUp.request(session, body.channel, clientOf(request));
    return requestedView(asked);
  }

  @Get('challenge/code')
  @AllowsLateCode()
  @ApiOperation({
    summary: 'The delivery state of the latest code of this session',
    description: 'The state that the provider reported; `at` is null until it does.',
  })
  @ApiOkResponse({ type: CodeReceipt })
  @ApiErrors({ 401: ['session.required'] })
  async getSessionCodeReceipt(@CurrentSession() session: Session): Promise<CodeReceipt> {
    return receiptView(await this.stepUp.receipt(session));
  }

  @Post('challenge/code')
  @HttpCode(200)
  @AllowsLateCode()
  @ApiOperation({
    summary: 'Verifies the code requested by `POST /api/session/challenge`',
    description: 'The limits of a sign-in code apply. The session gets a new token.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'code.rejected', 'code.expired', 'code.exhausted'] })
  @ApiErrors({ 403: ['code.not-accepted'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async submitSessionCode(
    @CurrentSession() session: Session,
    @Body() body: CodeSubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const stepped = await this.stepUp.submit(session, typedCode(body), clientOf(request));
    this.cookies.setSession(reply, stepped.sessionToken);
    return { session: sessionView(stepped.session) };
  }
}
