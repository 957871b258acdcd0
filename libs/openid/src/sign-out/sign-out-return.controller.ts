import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '@portillon/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SIGNED_OUT_PAGE } from '../provider/provider.constants';
import { SignOutCookie, SignOutService } from './sign-out.service';

@ApiTags('Applications')
@Public()
@Controller('api/oidc/sign-out')
export class SignOutReturnController {
  constructor(
    private readonly returns: SignOutService,
    private readonly cookie: SignOutCookie,
  ) {}

  @Get('return')
  @ApiOperation({
    summary: 'Returns to the application after the sign-out at Pro Santé Connect',
    description:
      'A page to open, not to fetch. It redirects to the application that requested the sign-out, if its address is still registered. It works once, within 15 minutes, in the browser that left.',
  })
  @ApiResponse({ status: 303, description: 'Redirects to the application, or to `/oidc/logout/success`.' })
  async returnFromSignOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const address = await this.returns.takeReturn(this.cookie.read(request));
    this.cookie.set(reply, undefined);
    void reply
      .status(303)
      .header('location', address ?? SIGNED_OUT_PAGE)
      .send();
  }
}
