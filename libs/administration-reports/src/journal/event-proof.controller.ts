import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminEventProofRequest, AdminEventProofState, AdminEventSeal } from './event-proof.dto';
import { EventProofService } from './event-proof.service';

@ApiTags('Administration: journal')
@ApiCookieAuth('session')
@Controller('api/admin/events')
export class EventProofController {
  constructor(private readonly proofs: EventProofService) {}

  @Get('proof')
  @Requires('events.read')
  @ApiOperation({
    summary: 'The last seal of the journal, and the proof that was asked for last',
    description: 'With how far it has come, and what it found once it has ended.',
  })
  @ApiOkResponse({ type: AdminEventProofState })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  getAdminEventProof(@CurrentAdministrator() administrator: Administrator): Promise<AdminEventProofState> {
    return this.proofs.state(administrator);
  }

  @Post('proof')
  @HttpCode(202)
  @Requires('events.prove')
  @ApiOperation({
    summary: 'Has the whole journal proven, as `portillon audit verify` does',
    description:
      'In the background, one proof at a time: while one is under way, it is that one. The journal says who asked, and what was found.',
  })
  @ApiAcceptedResponse({ type: AdminEventProofState })
  @ApiErrors({ 401: ['session.required', 'code.required'], 422: ['validation.failed'] })
  async proveAdminEvents(
    @CurrentAdministrator() administrator: Administrator,
    @Body() { head }: AdminEventProofRequest,
  ): Promise<AdminEventProofState> {
    await this.proofs.ask(administrator, head);
    return this.proofs.state(administrator);
  }

  @Get('seals/:sequence')
  @Requires('events.read')
  @ApiOperation({
    summary: 'A seal of the journal, by its number',
    description: 'The lines that it covers, when it was made and its digest, as a proof compares them.',
  })
  @ApiOkResponse({ type: AdminEventSeal })
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['not-found'] })
  getAdminEventSeal(@Param('sequence') sequence: string): Promise<AdminEventSeal> {
    return this.proofs.seal(sequence);
  }
}
