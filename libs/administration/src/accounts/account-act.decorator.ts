import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Refuses, RequiresStepUp } from '@portillon/access';
import type { ErrorCode } from '@portillon/kernel';
import { Requires } from '../core/requires.decorator';
import type { Act } from '../core/rights.policy';
import { AdminAccount } from './account-view.dto';

/** What every act on one account has in common: sensitive, marked with its right, answered with the account. */
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
    Refuses({ 401: ['session.required', 'code.required', 'reauthentication.required'] }),
    Refuses({ 403: ['permission.denied'], 404: ['not-found'] }),
    Refuses({ 412: ['precondition.failed'], 422: ['validation.failed'] }),
    ...(conflicts.length > 0 ? [Refuses({ 409: conflicts })] : []),
  );
}

/** The confirmation of a change that waits, by a second administrator who saw it. */
export function ConfirmationAct(
  act: Act,
  operationId: string,
  summary: string,
  effect: string,
  conflicts: ErrorCode[],
) {
  const description = `\`If-Match\` carries the version that was seen with it. ${effect}`;
  const notSecond = ['act.on-own-request', 'act.on-machine-request', 'act.too-new-to-confirm'] as const;
  return applyDecorators(
    AccountAct(act, operationId, summary, description, ['account.state', ...notSecond, ...conflicts]),
    ApiHeader({ name: 'If-Match', required: true, description: '`"<version>"`, as the `ETag` told.' }),
    Refuses({ 428: ['precondition.required'] }),
  );
}
