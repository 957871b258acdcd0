import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, ApiProduces } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { SeenVersion, setVersion, Public } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { StructureBrandingService } from '@portillon/structure';
import type { Structure } from '@portillon/structure';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StructureEditsService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AdminFace, adminFaceView, FaceUpdate } from './structure-branding.dto';

@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin/faces')
export class StructureBrandingController {
  constructor(
    private readonly administered: AdministeredStructureService,
    private readonly edits: StructureEditsService,
  ) {}

  @Get(':structure')
  @Requires('policies.read')
  @ApiOperation({
    summary: 'The branding of a structure',
    description: 'A name, a logo and a colour; null where it has none. A change sends the `ETag` back.',
  })
  @ApiOkResponse({ type: AdminFace })
  @ApiErrors({ 401: ['session.required', 'code.required'], 403: ['permission.denied'], 404: ['not-found'] })
  async getAdminFace(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminFace> {
    return this.#answer(reply, await this.administered.get(administrator, id));
  }

  @Put(':structure')
  @RequiresStepUp()
  @Requires('policies.edit')
  @ApiOperation({
    summary: 'Sets the branding of a structure: a name, a logo, a colour',
    description:
      'Pages show it before the sign-in to clients with the structure’s addresses, and to its people from their next sign-in on. `validation.failed` gives in `errors` the reason why a logo is refused: `size`, `unreadable`, `no-dimensions`, `active`, `outside`, `unsupported`, `too-many`.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by `ETag`.' })
  @ApiOkResponse({ type: AdminFace })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async setAdminFace(
    @CurrentAdministrator() administrator: Administrator,
    @Param('structure') id: string,
    @SeenVersion() version: number,
    @Body() body: FaceUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminFace> {
    return this.#answer(reply, await this.edits.editBranding(administrator, id, body, version));
  }

  #answer(reply: FastifyReply, structure: Structure): AdminFace {
    setVersion(reply, structure.version);
    return adminFaceView(structure);
  }
}

const DIGEST = /^[0-9a-f]{64}$/;
/** Opened as a page, the drawing runs and loads nothing, even if the cleaning missed something. */
const DRAWING_POLICY = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox";

@ApiTags('The service')
@Public()
@Controller('api/logos')
export class LogoController {
  constructor(private readonly branding: StructureBrandingService) {}

  @Get(':digest')
  @ApiOperation({
    summary: 'The logo of a structure, by the digest of its content',
    description: 'The content of this path never changes, and its digest cannot be guessed.',
  })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiErrors({ 404: ['not-found'] })
  async getLogo(@Param('digest') digest: string, @Res() reply: FastifyReply): Promise<void> {
    const svg = DIGEST.test(digest) ? await this.branding.logo(digest) : undefined;
    if (svg === undefined) throw new AppError('not-found');
    await reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', DRAWING_POLICY)
      .type('image/svg+xml')
      .send(svg);
  }
}
