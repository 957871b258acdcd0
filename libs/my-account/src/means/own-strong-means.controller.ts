import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowsEnrolment, CurrentSession, ApiErrors } from '@portillon/access';
import type { Session } from '@portillon/session';
import { OwnStrongMeans } from './own-strong-means.dto';
import { OwnStrongMeansService } from './own-strong-means.service';

@ApiTags('My account')
@ApiCookieAuth('session')
@AllowsEnrolment()
@Controller('api/account/strong-means')
export class OwnStrongMeansController {
  constructor(private readonly own: OwnStrongMeansService) {}

  @Get()
  @ApiOperation({
    summary: 'Whether I am ready for the date from which my structure requires strong means',
    description: 'Pro Santé Connect, the card, or a passkey that the structure accepts.',
  })
  @ApiOkResponse({ type: OwnStrongMeans })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  getStrongMeans(@CurrentSession() session: Session): Promise<OwnStrongMeans> {
    return this.own.of(session);
  }

  @Post('prompted')
  @HttpCode(204)
  @ApiOperation({
    summary: 'I was asked to add a strong means',
    description: 'For 14 days `prompt` is false.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  noteStrongMeansPrompt(@CurrentSession() session: Session): Promise<void> {
    return this.own.recordPrompt(session);
  }
}
