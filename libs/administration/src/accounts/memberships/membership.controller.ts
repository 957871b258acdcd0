import { Body, Controller, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCookieAuth,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { SeenVersion, setVersion } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import {
  AccountMembershipsService,
  AdministeredAccountService,
  AdminAct,
  CurrentAdministrator,
  MembershipProposalsService,
  ReasonedAct,
  Requires,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import type { FastifyReply } from 'fastify';
import { AccountAct } from '../account-act.dto';
import { AccountPagesService } from '../list/account-pages.service';
import { AdminAccount } from '../list/account-view.dto';
import {
  AdminMembership,
  AdminMembershipProposal,
  AdminMembershipProposalList,
  HandOverRequest,
  MembershipProposalRequest,
  membershipView,
  MembershipUpdate,
  proposalView,
  termsOf,
} from './membership.dto';

/** A person's place in one structure, which may manage the account or not. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
@ApiErrors({ 403: ['permission.denied', 'account.managed-elsewhere'], 404: ['not-found'] })
@Controller('api/admin/accounts/:id/memberships/:structureId')
export class AccountMembershipController {
  constructor(
    private readonly memberships: AccountMembershipsService,
    private readonly administered: AdministeredAccountService,
    private readonly clock: Clock,
  ) {}

  @Patch()
  @RequiresStepUp()
  @Requires('accounts.edit')
  @ApiOperation({
    operationId: 'updateAdminMembership',
    summary: 'Changes roles, function and last day of a person in one structure',
    description:
      '`If-Match` is the version of the membership. The roles in the structure that manages the account are changed with the account.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as given by the membership.' })
  @ApiOkResponse({ type: AdminMembership })
  @ApiErrors({ 409: ['account.state', 'account.access-changed', 'act.on-self', 'administrator.last'] })
  @ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'], 428: ['precondition.required'] })
  async updateAdminMembership(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('structureId') structureId: string,
    @SeenVersion() version: number,
    @Body() body: MembershipUpdate,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminMembership> {
    const changes = termsOf(body, this.clock.now());
    const edit = { changes, version, reason: body.reason };
    const membership = await this.memberships.change(administrator, id, structureId, edit);
    setVersion(reply, membership.version);
    return membershipView(membership, await this.administered.getVisible(administrator, id));
  }

  @Post('end')
  @HttpCode(204)
  @RequiresStepUp()
  @Requires('accounts.edit')
  @ApiOperation({
    operationId: 'endAdminMembership',
    summary: 'Ends the membership of a person in one structure',
    description:
      'Its rights end at the next request; sessions in use there fall back to another structure of the person, or end. A structure that manages the account leaves it to the nation, if the person has another membership. The person is notified by mail.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 409: ['account.state', 'act.on-self'], 412: ['precondition.failed'] })
  @ApiErrors({ 422: ['validation.failed'] })
  endAdminMembership(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('structureId') structureId: string,
    @Body() body: ReasonedAct,
  ): Promise<void> {
    return this.memberships.end(administrator, id, structureId, body.reason);
  }
}

@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountHandOverController {
  constructor(
    private readonly memberships: AccountMembershipsService,
    private readonly view: AccountPagesService,
  ) {}

  @Post('hand-over')
  @AccountAct(
    'accounts.edit',
    'handOverAdminAccount',
    'Asks that another structure of the person manage the account',
    'It waits among `pendingChanges` until an administrator of that structure confirms it, who is another person; it lapses after 30 days. The former structure keeps its membership.',
    ['account.state', 'act.on-self'],
  )
  async handOverAdminAccount(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: HandOverRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdminAccount> {
    const account = await this.memberships.handOver(administrator, id, body.structureId, body.reason);
    return this.view.answer(reply, account);
  }
}

/** Memberships that a structure proposes to people who may have an account elsewhere. */
@ApiTags('Administration: structures')
@ApiCookieAuth('session')
@ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] })
@Controller('api/admin/structures/:id/proposals')
export class MembershipProposalController {
  constructor(
    private readonly proposals: MembershipProposalsService,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @RequiresStepUp()
  @Requires('accounts.create', 'id')
  @ApiOperation({
    operationId: 'proposeAdminMembership',
    summary: 'Proposes to a person to join this structure',
    description:
      'By RPPS number or by exact mail address. The answer is the same whether they have an account or not, and a refusal is not shown. They confirm in « Mon compte », by a mailed link, or by a card or e-CPS of that number. A repeated proposal renews the first.',
  })
  @ApiAcceptedResponse({ type: AdminMembershipProposal })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 422: ['validation.failed'], 429: ['attempts.exceeded'] })
  async proposeAdminMembership(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() body: MembershipProposalRequest,
  ): Promise<AdminMembershipProposal> {
    const { email, nationalId, reason } = body;
    const identified = email === undefined ? { nationalId: nationalId! } : { email };
    const wanted = { ...termsOf(body, this.clock.now()), ...identified };
    return proposalView(await this.proposals.propose(administrator, id, wanted, reason));
  }

  @Get()
  @Requires('accounts.create', 'id')
  @ApiOperation({
    operationId: 'listAdminMembershipProposals',
    summary: 'The proposals of this structure that wait',
    description: 'The latest first. Those that the person refused wait until they expire.',
  })
  @ApiOkResponse({ type: AdminMembershipProposalList })
  @ApiErrors({ 401: ['session.required', 'code.required'] })
  async listAdminMembershipProposals(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminMembershipProposalList> {
    return { items: (await this.proposals.list(administrator, id)).map(proposalView) };
  }

  @Post(':proposalId/withdraw')
  @HttpCode(204)
  @RequiresStepUp()
  @Requires('accounts.create', 'id')
  @ApiOperation({
    operationId: 'withdrawAdminMembershipProposal',
    summary: 'Withdraws a proposal',
    description: 'Its link and its place in « Mon compte » open nothing any more.',
  })
  @ApiNoContentResponse()
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 422: ['validation.failed'] })
  withdrawAdminMembershipProposal(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('proposalId') proposalId: string,
    @Body() body: AdminAct,
  ): Promise<void> {
    return this.proposals.withdraw(administrator, id, proposalId, body.reason);
  }
}
