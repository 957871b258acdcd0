import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { Public } from '@portillon/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SIGN_IN_PATH } from '../provider/provider.constants';
import { InteractionResult, InteractionView } from './interaction.dto';
import { InteractionService } from './interaction.service';

@ApiTags('Applications')
@Public()
@Controller('api/oidc/interactions')
export class InteractionController {
  constructor(private readonly interactions: InteractionService) {}

  @Get(':uid')
  @ApiOperation({
    summary: 'The page where a person answers an application’s request',
    description: 'A page to open, not to fetch: it leads to the sign-in page with the request’s id.',
  })
  @ApiResponse({ status: 303, description: 'Redirects to `/?request={uid}`.' })
  @ApiErrors({ 404: ['not-found'] })
  openInteraction(@Param('uid') uid: string, @Res() reply: FastifyReply): void {
    void reply
      .status(303)
      .header('location', `${SIGN_IN_PATH}?request=${encodeURIComponent(uid)}`)
      .send();
  }

  @Get(':uid/details')
  @ApiOperation({
    summary: 'The sign-in that an application requests',
    description:
      'Only the browser that came from the application may read it. After it expires, the person can start again at `initiateLoginUri`, if the application has such an address.',
  })
  @ApiOkResponse({ type: InteractionView })
  @ApiErrors({ 404: ['interaction.expired'] })
  getInteraction(@Param('uid') uid: string, @Req() request: FastifyRequest): Promise<InteractionView> {
    return this.interactions.details(uid, request);
  }

  @Post(':uid/complete')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Accepts the application’s request',
    description: '`reauthentication.required`: the level is not reached, or the proof is not recent enough.',
  })
  @ApiOkResponse({ type: InteractionResult })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    404: ['interaction.expired'],
  })
  async completeInteraction(
    @Param('uid') uid: string,
    @Req() request: FastifyRequest,
  ): Promise<InteractionResult> {
    return { redirectTo: await this.interactions.complete(uid, request) };
  }

  @Post(':uid/refuse')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Refuses the application’s request',
    description: 'The application receives `access_denied`.',
  })
  @ApiOkResponse({ type: InteractionResult })
  @ApiErrors({ 404: ['interaction.expired'] })
  async refuseInteraction(
    @Param('uid') uid: string,
    @Req() request: FastifyRequest,
  ): Promise<InteractionResult> {
    return { redirectTo: await this.interactions.refuse(uid, request) };
  }
}
