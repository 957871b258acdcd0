import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { queryBoolean, YES_OR_NO } from '@portillon/http';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import {
  AdminWave,
  AdminWaveDetail,
  AdminWaveList,
  AdminWavePreview,
  previewView,
  WaveCreation,
  waveView,
} from './wave.dto';
import { WaveAct, WavesService } from './waves.service';

const CLOSED = { 401: ['session.required', 'code.required'], 403: ['permission.denied'] } as const;
const STEPPED_UP = { ...CLOSED, 401: [...CLOSED[401], 'reauthentication.required'] } as const;

/** An act on one wave, which answers it. */
const Act =
  (summary: string, description: string) => (target: object, key: string | symbol, of: PropertyDescriptor) =>
    [
      HttpCode(200),
      RequiresStepUp(),
      Requires('accounts.invite-in-waves'),
      ApiOperation({ summary, description }),
      ApiOkResponse({ type: AdminWave }),
      ApiErrors({
        401: [...STEPPED_UP[401]],
        403: [...STEPPED_UP[403]],
        404: ['not-found'],
        409: ['wave.state'],
      }),
    ].forEach((decorate) => decorate(target, key, of));

@ApiTags('Administration: invitation waves')
@ApiCookieAuth('session')
@Controller('api/admin/invitation-waves')
export class InvitationWaveController {
  constructor(private readonly waves: WavesService) {}

  @Get()
  @Requires('accounts.invite-in-waves')
  @ApiOperation({ summary: 'The waves of invitations', description: 'With the figures of each.' })
  @ApiOkResponse({ type: AdminWaveList })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]] })
  async listInvitationWaves(): Promise<AdminWaveList> {
    return { items: (await this.waves.list()).map(waveView) };
  }

  @Get('preview')
  @Requires('accounts.invite-in-waves')
  @ApiOperation({
    summary: 'The people whom a wave would invite, by structure',
    description:
      'Accounts without a valid invitation and without a password, whose mail address does not bounce.',
  })
  @ApiQuery({ name: 'includeExpired', required: false, enum: YES_OR_NO })
  @ApiOkResponse({ type: AdminWavePreview })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 422: ['validation.failed'] })
  async previewInvitationWave(@Query() query: Record<string, unknown>): Promise<AdminWavePreview> {
    const includeExpired = queryBoolean('includeExpired', query['includeExpired']) ?? false;
    return previewView(await this.waves.preview(includeExpired));
  }

  @Post()
  @RequiresStepUp()
  @Requires('accounts.invite-in-waves')
  @ApiOperation({
    summary: 'Starts a wave of invitations',
    description:
      'Invitations leave from Monday to Friday, 8:00 to 18:00 in Paris, at `perHour` at most and as the relay allows. The wave pauses when more than 5 % of at least 20 mails bounced. An invitation works once, until the end of the wave.',
  })
  @ApiCreatedResponse({ type: AdminWave })
  @ApiErrors({ 401: [...STEPPED_UP[401]], 403: [...STEPPED_UP[403]] })
  @ApiErrors({ 409: ['wave.empty'], 422: ['validation.failed'] })
  async createInvitationWave(
    @CurrentAdministrator() administrator: Administrator,
    @Body() body: WaveCreation,
  ): Promise<AdminWave> {
    const { includeExpired = false, structuresPerDay } = body;
    const draft = { ...body, includeExpired, structuresPerDay: structuresPerDay ?? null };
    return waveView(await this.waves.create(administrator, draft));
  }

  @Get(':id')
  @Requires('accounts.invite-in-waves')
  @ApiOperation({ summary: 'A wave of invitations', description: 'With the figures of each structure.' })
  @ApiOkResponse({ type: AdminWaveDetail })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async getInvitationWave(@Param('id') id: string): Promise<AdminWaveDetail> {
    const progress = await this.waves.get(id);
    const structures = await this.waves.structuresOf(id);
    const items = structures.map(({ structureId, name, ...figures }) => ({ structureId, name, figures }));
    return { ...waveView(progress), structures: items };
  }

  @Post(':id/pause')
  @Act('Pauses a wave of invitations', 'Mails that wait for the relay still leave.')
  pauseInvitationWave(
    @CurrentAdministrator() by: Administrator,
    @Param('id') id: string,
  ): Promise<AdminWave> {
    return this.#act(by, id, 'pause');
  }

  @Post(':id/resume')
  @Act('Resumes a wave of invitations', 'Only invitations from now on count for the share that bounces.')
  resumeInvitationWave(
    @CurrentAdministrator() by: Administrator,
    @Param('id') id: string,
  ): Promise<AdminWave> {
    return this.#act(by, id, 'resume');
  }

  @Post(':id/remind')
  @Act(
    'Reminds the people of a wave who have not answered',
    'Each once, from three days after the invitation on, at the pace of the wave.',
  )
  remindInvitationWave(
    @CurrentAdministrator() by: Administrator,
    @Param('id') id: string,
  ): Promise<AdminWave> {
    return this.#act(by, id, 'remind');
  }

  @Post(':id/end')
  @Act('Ends a wave of invitations', 'Sent invitations stay valid; the other people can be in another wave.')
  endInvitationWave(@CurrentAdministrator() by: Administrator, @Param('id') id: string): Promise<AdminWave> {
    return this.#act(by, id, 'end');
  }

  async #act(administrator: Administrator, id: string, act: WaveAct): Promise<AdminWave> {
    return waveView(await this.waves.act(administrator, id, act));
  }
}
