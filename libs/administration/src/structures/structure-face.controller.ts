import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import type { Structure } from '@portillon/structure';
import type { FastifyReply } from 'fastify';
import {
  AdministeredStructureService,
  CurrentAdministrator,
  Requires,
  StructureEditsService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SeenVersion, setVersion } from '@portillon/http';
import { AdminFace, adminFaceView, FaceUpdate } from './structure-face.dto';

@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@Controller('api/admin/faces')
export class StructureFaceController {
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
