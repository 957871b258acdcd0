import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AccessCookies,
  AllowsEnrolment,
  AllowsLateCode,
  CurrentSession,
  ApiErrors,
  SessionAnswer,
  sessionView,
} from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LockerKeySubmission } from './locker-key.dto';
import { LockerKeyService } from './locker-key.service';

@ApiTags('The session')
@ApiCookieAuth('session')
@Controller('api/session/challenge/locker-key')
export class LockerKeyStepUpController {
  constructor(
    private readonly keys: LockerKeyService,
    private readonly cookies: AccessCookies,
  ) {}

  @Post()
  @HttpCode(200)
  @AllowsLateCode()
  @AllowsEnrolment()
  @ApiOperation({ summary: 'The key of my locker', description: 'In place of a code that is sent.' })
  @ApiOkResponse({ type: SessionAnswer })
  @ApiErrors({ 401: ['session.required', 'locker-key.rejected', 'code.exhausted'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'], 503: ['service.busy'] })
  async confirmWithLockerKey(
    @CurrentSession() session: Session,
    @Body() { key }: LockerKeySubmission,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const stepped = await this.keys.confirm(session, key, clientOf(request));
    this.cookies.setSession(reply, stepped.sessionToken);
    return { session: sessionView(stepped.session) };
  }
}
