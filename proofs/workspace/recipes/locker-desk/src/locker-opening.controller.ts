import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, ApiErrors } from '@portillon/access';
import { clientOf } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { LockerOpeningAnswer, LockerOpeningRequest } from './locker-opening.dto';
import { LockerOpeningService } from './locker-opening.service';

@ApiTags('Locker desk')
@ApiCookieAuth('session')
@Controller('api/locker-openings')
export class LockerOpeningController {
  constructor(private readonly service: LockerOpeningService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Locker opening' })
  @ApiOkResponse({ type: LockerOpeningAnswer })
  @ApiErrors({ 401: ['session.required', 'code.required'], 422: ['validation.failed'] })
  @ApiErrors({ 409: ['locker.open'] })
  lockerOpening(
    @CurrentSession() session: Session,
    @Body() { id }: LockerOpeningRequest,
    @Req() request: FastifyRequest,
  ): Promise<LockerOpeningAnswer> {
    return this.service.submit(session, id, clientOf(request));
  }
}
