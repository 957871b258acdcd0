import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { StructureBrandingService } from '@portillon/structure';
import { Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyReply } from 'fastify';

const DIGEST = /^[0-9a-f]{64}$/;
/** Opened as a page, the drawing runs and loads nothing, even if the cleaning missed something. */
const DRAWING_POLICY = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox";

@ApiTags('The service')
@Public()
@Controller('api/logos')
export class LogoController {
  constructor(private readonly brandings: StructureBrandingService) {}

  @Get(':digest')
  @ApiOperation({
    summary: 'The logo of a structure, by the digest of its content',
    description: 'The content of this path never changes, and its digest cannot be guessed.',
  })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiErrors({ 404: ['not-found'] })
  async getLogo(@Param('digest') digest: string, @Res() reply: FastifyReply): Promise<void> {
    const svg = DIGEST.test(digest) ? await this.brandings.logo(digest) : undefined;
    if (svg === undefined) throw new AppError('not-found');
    await reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', DRAWING_POLICY)
      .type('image/svg+xml')
      .send(svg);
  }
}
