import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ListPreferenceRepository } from './list-preference.repository';
import { CurrentSession, ApiErrors } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { listPreferenceOf, OWN_LISTS, OwnList } from './own-list.dto';

@ApiTags('My account')
@ApiCookieAuth('session')
@Controller('api/account/lists')
export class OwnListController {
  constructor(private readonly lists: ListPreferenceRepository) {}

  @Get(':list')
  @ApiOperation({
    summary: 'My views and columns of a list',
    description: 'For accounts, journal or statistics; empty when nothing is stored.',
  })
  @ApiParam({ name: 'list', enum: OWN_LISTS })
  @ApiOkResponse({ type: OwnList })
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['not-found'] })
  getOwnList(@CurrentSession() session: Session, @Param('list') list: string): Promise<OwnList> {
    return this.lists.findByList(session.accountId, known(list));
  }

  @Put(':list')
  @ApiOperation({
    summary: 'Replaces my views and columns of a list',
    description: 'At most 20 views, each a query of up to 2,000 characters.',
  })
  @ApiParam({ name: 'list', enum: OWN_LISTS })
  @ApiOkResponse({ type: OwnList })
  @ApiErrors({ 401: ['session.required', 'code.required'], 404: ['not-found'], 422: ['validation.failed'] })
  async setOwnList(
    @CurrentSession() session: Session,
    @Param('list') list: string,
    @Body() body: OwnList,
  ): Promise<OwnList> {
    await this.lists.save(session.accountId, known(list), listPreferenceOf(body));
    return this.lists.findByList(session.accountId, list);
  }
}

function known(list: string): string {
  if (!OWN_LISTS.some((one) => one === list)) throw new AppError('not-found');
  return list;
}
