import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import { Requires } from '@portillon/user-management';
import { AdminApplication } from './application-view.dto';

/** Decorates a route that acts on one application: sensitive, with its right, answered with the application. */
export function ApplicationAct(operationId: string, summary: string, description: string) {
  return applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires('applications.edit'),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: AdminApplication }),
    ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    ApiErrors({ 403: ['permission.denied'], 404: ['not-found'], 422: ['validation.failed'] }),
  );
}
