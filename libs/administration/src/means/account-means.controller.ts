import { applyDecorators, Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import {
  AccountFactorsService,
  AdminAct,
  CurrentAdministrator,
  InPersonProof,
  AccountIdentitiesService,
  Requires,
} from '@portillon/user-management';
import type { Act, Administrator } from '@portillon/user-management';
import { AdminMeans, meansView } from './account-means.dto';
import { AccountPagesService } from '../accounts/list/account-pages.service';

/** Decorates a route that acts on one means: sensitive, with its right, answered with the means. */
const MeansAct = (act: Act) =>
  applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires(act),
    ApiOkResponse({ type: AdminMeans }),
    ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    ApiErrors({ 403: ['permission.denied', 'account.managed-elsewhere'], 404: ['not-found'] }),
    ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'] }),
  );

/** Passkeys, authenticator app and recovery codes of an account. */
@ApiTags('Administration: accounts')
@ApiCookieAuth('session')
@Controller('api/admin/accounts/:id')
export class AccountMeansController {
  constructor(
    private readonly pages: AccountPagesService,
    private readonly factors: AccountFactorsService,
    private readonly identities: AccountIdentitiesService,
  ) {}

  @Get('means')
  @Requires('accounts.read')
  @ApiOperation({
    summary: 'The other means and factors of an account: passkeys, authenticator app, recovery codes',
    description: 'Each with its dates and how its holder’s identity was verified.',
  })
  @ApiOkResponse({ type: AdminMeans })
  @ApiErrors({
    401: ['session.required', 'code.required'],
    403: ['permission.denied', 'account.managed-elsewhere'],
    404: ['not-found'],
  })
  async getAdminAccountMeans(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminMeans> {
    return meansView(await this.pages.means(administrator, id));
  }

  @Post('passkeys/:passkey/end')
  @MeansAct('accounts.reset-factors')
  @ApiOperation({
    summary: 'Removes a passkey of an account',
    description: 'Sessions and remembered browsers of the person end too. The person is notified by mail.',
  })
  async endAdminAccountPasskey(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('passkey') passkey: string,
    @Body() { reason }: AdminAct,
  ): Promise<AdminMeans> {
    await this.factors.endPasskey(administrator, id, passkey, reason);
    return meansView(await this.pages.means(administrator, id));
  }

  @Post('totp/end')
  @MeansAct('accounts.reset-factors')
  @ApiOperation({
    summary: 'The authenticator app gives no more codes for the account',
    description:
      'Codes come by mail or SMS again. Sessions and remembered browsers of the person end too. The person is notified by mail.',
  })
  async endAdminAccountTotp(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: AdminAct,
  ): Promise<AdminMeans> {
    await this.factors.endTotp(administrator, id, reason);
    return meansView(await this.pages.means(administrator, id));
  }

  @Post('recovery-codes/end')
  @MeansAct('accounts.reset-factors')
  @ApiOperation({
    summary: 'Deletes the recovery codes of a person',
    description: 'Sessions and remembered browsers of the person end too. The person is notified by mail.',
  })
  async endAdminAccountRecoveryCodes(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Body() { reason }: AdminAct,
  ): Promise<AdminMeans> {
    await this.factors.endRecoveryCodes(administrator, id, reason);
    return meansView(await this.pages.means(administrator, id));
  }

  @Post('passkeys/:passkey/identity')
  @MeansAct('accounts.prove-identity')
  @ApiOperation({
    summary: 'Attests that the holder of a passkey was identified face to face',
    description: 'Not for one’s own account, and only while the identity is not proven.',
  })
  @ApiErrors({ 409: ['act.on-self', 'account.state'] })
  async proveAdminAccountPasskey(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Param('passkey') passkey: string,
    @Body() { reason }: InPersonProof,
  ): Promise<AdminMeans> {
    await this.identities.attestPasskey(administrator, id, passkey, reason);
    return meansView(await this.pages.means(administrator, id));
  }
}
