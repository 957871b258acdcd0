import { Controller, Get, Header, Headers, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { localeOf, Public } from '@portillon/http';
import { AppError, ErrorCatalogService } from '@portillon/kernel';
import { errorPage } from '@portillon/operation';

/** Where the `type` of a problem document leads: one page for each error code, in French or English. */
@ApiExcludeController()
@Public()
@Controller('api/errors')
export class ErrorPageController {
  constructor(private readonly catalog: ErrorCatalogService) {}

  @Get(':code')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('vary', 'accept-language')
  async explain(
    @Param('code') code: string,
    @Headers('accept-language') languages?: string,
  ): Promise<string> {
    const definition = this.catalog.find(code);
    if (!definition) throw new AppError('not-found');
    const document = (await import('../../openapi.json')).default;
    return errorPage(code, definition, localeOf(languages), document);
  }
}
