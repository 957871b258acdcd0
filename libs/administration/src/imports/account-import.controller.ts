import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { AccountImportService, IMPORT_MODES, WHEN_INTERRUPTED } from '@portillon/account';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { queryBoolean, queryChoice, queryLimit, queryText, TakesCsv, YES_OR_NO } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import { CurrentAdministrator, Requires } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdminImport, AdminImportPage, importView } from './account-import.dto';
import { AdministeredImportService } from './administered-import.service';
import { ImportDecisionService } from './import-decision.service';
import { ImportUploadService } from './import-upload.service';

const CLOSED = { 401: ['session.required', 'code.required'], 403: ['permission.denied'] } as const;

@ApiTags('Administration: import and export')
@ApiCookieAuth('session')
@Controller('api/admin/accounts')
export class AccountImportController {
  constructor(
    private readonly uploads: ImportUploadService,
    private readonly administered: AdministeredImportService,
    private readonly imports: AccountImportService,
    private readonly decisions: ImportDecisionService,
  ) {}

  @Post('import')
  @RequiresStepUp()
  @Requires('accounts.import')
  @TakesCsv()
  @ApiOperation({
    summary: 'Imports accounts from a CSV file, in the background',
    description:
      'Columns are found by name, in English or French: username, email, name (or first and last name). Optional columns: role, structure (name, FINESS or SIRET), language, national id. Separators: `;`, `,` or tab. Encodings: UTF-8, UTF-16 or Windows-1252. At most 16 MiB and 100,000 lines. Poll the import for its progress; invitations leave at a limited rate once all accounts exist.',
  })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    enum: YES_OR_NO,
    description: 'Checks and waits for `start`.',
  })
  @ApiQuery({
    name: 'mode',
    required: false,
    enum: IMPORT_MODES,
    enumName: 'ImportMode',
    description: 'Default: `ALL_OR_NONE`.',
  })
  @ApiQuery({
    name: 'whenInterrupted',
    required: false,
    enum: WHEN_INTERRUPTED,
    enumName: 'WhenInterrupted',
    description: 'What to do when the server stops during the import. Default: `RESUME`.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 413: ['body.too-large'], 415: ['media-type.unsupported'], 422: ['validation.failed'] })
  async importAdminAccounts(
    @CurrentAdministrator() administrator: Administrator,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<AdminImport> {
    const order = {
      mode: queryChoice('mode', query['mode'], IMPORT_MODES) ?? 'ALL_OR_NONE',
      whenInterrupted: queryChoice('whenInterrupted', query['whenInterrupted'], WHEN_INTERRUPTED) ?? 'RESUME',
      dryRun: queryBoolean('dryRun', query['dryRun']) ?? false,
    };
    return importView(await this.uploads.upload(administrator, request.body, order));
  }

  @Get('imports')
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'The imports within reach, the latest first',
    description: 'Paginated, with the totals of each.',
  })
  @ApiQuery({ name: 'cursor', required: false, type: String })
  @ApiQuery({ name: 'limit', required: false, type: Number, description: '1 to 100; default: 50.' })
  @ApiOkResponse({ type: AdminImportPage })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 422: ['validation.failed'] })
  async listAdminImports(
    @CurrentAdministrator() { scope }: Administrator,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImportPage> {
    const page = await this.imports.list({
      structureId: scope.structureId,
      cursor: queryText('cursor', query['cursor']),
      limit: queryLimit(query['limit']),
    });
    return { items: page.items.map(importView), nextCursor: page.nextCursor };
  }

  @Get('imports/:id')
  @Requires('accounts.import')
  @ApiOperation({ summary: 'The progress of an import', description: 'Its state and its totals; poll it.' })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({ 401: [...CLOSED[401]], 403: [...CLOSED[403]], 404: ['not-found'] })
  async getAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.administered.get(administrator, id));
  }

  @Post('imports/:id/start')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'Starts an import after its dry run',
    description: 'Creates the accounts of the valid lines, and invites their holders at a limited rate.',
  })
  @ApiQuery({
    name: 'mode',
    required: false,
    enum: IMPORT_MODES,
    enumName: 'ImportMode',
    description: 'How to treat invalid lines. Default: as at the check.',
  })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 404: ['not-found'], 409: ['import.state'], 422: ['validation.failed'] })
  async startAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<AdminImport> {
    const mode = queryChoice('mode', query['mode'], IMPORT_MODES);
    return importView(await this.decisions.start(administrator, id, mode));
  }

  @Post('imports/:id/undo')
  @HttpCode(200)
  @RequiresStepUp()
  @Requires('accounts.import')
  @ApiOperation({
    summary: 'Deletes the accounts of an import, while no invitation has left',
    description: 'Refused once an invitation has left.',
  })
  @ApiOkResponse({ type: AdminImport })
  @ApiErrors({
    401: ['session.required', 'code.required', 'reauthentication.required'],
    403: ['permission.denied'],
  })
  @ApiErrors({ 404: ['not-found'], 409: ['import.state'] })
  async undoAdminImport(
    @CurrentAdministrator() administrator: Administrator,
    @Param('id') id: string,
  ): Promise<AdminImport> {
    return importView(await this.decisions.undo(administrator, id));
  }
}
