import { Controller, Delete, Get, HttpCode, Param, Query, Req } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { AuditService } from '@portillon/audit';
import { CurrentSession, ApiErrors, RequiresFreshFactor, CodeTimePolicy } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { SessionService, TrustedDeviceService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { ActivityPage, activityItem, BrowserList, browserItem, SessionList, sessionItem } from './device.dto';
import { SessionRevocationService } from './session-revocation.service';

const ACTIVITY_PAGE = 20;

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account')
export class DeviceController {
  constructor(
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly revocation: SessionRevocationService,
    private readonly times: CodeTimePolicy,
    private readonly audit: AuditService,
  ) {}

  @Get('sessions')
  @ApiOperation({ summary: 'My open sessions', description: 'The current one is marked.' })
  @ApiOkResponse({ type: SessionList })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listSessions(@CurrentSession() session: Session): Promise<SessionList> {
    const sessions = await this.sessions.list(session.accountId);
    return { items: sessions.map((one) => sessionItem(one, session.id)), nextCursor: null };
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @RequiresFreshFactor()
  @ApiOperation({
    summary: 'Ends one of my sessions',
    description: 'Asks for one fresh factor. The next request of that session is refused.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 404: ['not-found'] })
  endSession(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.revocation.endSession(session, id, clientOf(request));
  }

  @Delete('sessions')
  @HttpCode(204)
  @RequiresFreshFactor()
  @ApiOperation({
    summary: 'Ends all my sessions but this one',
    description: 'Asks for one fresh factor. Remembered browsers stay remembered.',
  })
  @ApiNoContentResponse()
  endOtherSessions(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<void> {
    return this.revocation.endOtherSessions(session, clientOf(request));
  }

  @Get('browsers')
  @ApiOperation({
    summary: 'The browsers that remember my code',
    description: 'Each browser with its own name, and the end of its 24 hours.',
  })
  @ApiOkResponse({ type: BrowserList })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listBrowsers(@CurrentSession() session: Session): Promise<BrowserList> {
    const browsers = await this.trustedDevices.list(session.accountId);
    const items = browsers.map((browser) =>
      browserItem(
        browser,
        this.times.validUntil(browser.codeAcceptedAt, session.principal.codeLimit),
        session.browserId,
      ),
    );
    return { items, nextCursor: null };
  }

  @Delete('browsers/:id')
  @HttpCode(204)
  @RequiresFreshFactor()
  @ApiOperation({
    summary: 'Forgets one browser: it requires a code again',
    description: 'Asks for one fresh factor. Its open sessions stay open.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 404: ['not-found'] })
  forgetBrowser(
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.revocation.forgetBrowser(session, id, clientOf(request));
  }

  @Delete('browsers')
  @HttpCode(204)
  @RequiresFreshFactor()
  @ApiOperation({
    summary: 'Forgets every browser: each requires a code again',
    description: 'Asks for one fresh factor. Open sessions stay open.',
  })
  @ApiNoContentResponse()
  forgetAllBrowsers(@CurrentSession() session: Session, @Req() request: FastifyRequest): Promise<void> {
    return this.revocation.forgetAllBrowsers(session, clientOf(request));
  }

  @Get('activity')
  @ApiOperation({
    summary: 'My own security events, newest first',
    description: 'Sign-ins, refusals and changes of factors, by pages.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiOkResponse({ type: ActivityPage })
  @ApiErrors({ 401: ['session.required', 'code.required'], 422: ['validation.failed'] })
  async listActivity(
    @CurrentSession() session: Session,
    @Query('cursor') cursor?: unknown,
  ): Promise<ActivityPage> {
    const page = await this.audit.ofAccount(session.accountId, {
      limit: ACTIVITY_PAGE,
      ...(typeof cursor === 'string' ? { cursor } : {}),
    });
    return { items: page.items.map(activityItem), nextCursor: page.nextCursor };
  }
}
