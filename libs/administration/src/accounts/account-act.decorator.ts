import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, RequiresStepUp } from '@portillon/access';
import type { ErrorCode } from '@portillon/kernel';
import { Requires } from '@portillon/user-management';
import type { Act } from '@portillon/user-management';
import { AdminAccount } from './list/account-view.dto';

/** Decorates a route that acts on one account: sensitive, with its right, answered with the account. */
export function AccountAct(
  act: Act,
  operationId: string,
  summary: string,
  description: string,
  conflicts: ErrorCode[] = [],
) {
  return applyDecorators(
    HttpCode(200),
    RequiresStepUp(),
    Requires(act),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: AdminAccount }),
    ApiErrors({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    ApiErrors({ 403: ['permission.denied'], 404: ['not-found'] }),
    ApiErrors({ 412: ['precondition.failed'], 422: ['validation.failed'] }),
    ...(conflicts.length > 0 ? [ApiErrors({ 409: conflicts })] : []),
  );
}
