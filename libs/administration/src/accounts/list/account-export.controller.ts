import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_SORTS } from '@portillon/account';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { csvFile } from '@portillon/http';
import { EXPORT_FORMS } from './account-export.columns';
import { AccountListService } from './account-list.service';
import { ACCOUNT_STATUS, LIST_SELECTIONS } from './account-view.dto';

@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountExportController {
  constructor(private readonly list: AccountListService) {}

  @Get('export')
  @RequiresStepUp()
  @Requires('accounts.export')
  @ApiOperation({
    summary: 'The accounts within reach as a CSV file, as the list has them',
    description:
      'Separated by semicolons, without formulas or phone numbers. `raw` (default) has the column titles of an import, codes and UTC times; `fr` has French titles and texts, and Paris time. The journal records who exported it.',
  })
  @ApiQuery({ name: 'q', required: false, type: String, description: 'The same as in the list.' })
  @ApiQuery({ name: 'only', required: false, enum: LIST_SELECTIONS, enumName: 'AccountSelection' })
  @ApiQuery({ name: 'form', required: false, enum: EXPORT_FORMS, enumName: 'AccountExportForm' })
  @ApiQuery({ name: 'status', required: false, enum: ACCOUNT_STATUS, enumName: 'AccountStatus' })
  @ApiQuery({ name: 'structure', required: false, type: String })
  @ApiQuery({ name: 'sort', required: false, enum: ACCOUNT_SORTS, enumName: 'AccountSort' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] })
  @ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] })
  async exportAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<StreamableFile> {
    return csvFile(await this.list.export(administrator, query), 'portillon-comptes.csv');
  }
}
