import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiOAuth2 } from '@nestjs/swagger';
import { MachineScope, ApiErrors } from '@portillon/access';
import { REQUIRED_RIGHT, RequiredRight, RightsGuard } from './rights.guard';
import { Act, machineScope } from './rights.policy';

/**
 * Declares the action of a route: only a role that may do it, or a machine client with its scope, is admitted. Put it below
 * `@RequiresStepUp()`, because it runs first. `structureParam`: the path parameter that names a structure, for actions that
 * a structure's administrator may not do there.
 */
export const Requires = (act: Act, structureParam?: string) =>
  applyDecorators(
    SetMetadata(REQUIRED_RIGHT, { act, structureParam } satisfies RequiredRight),
    MachineScope(machineScope(act)),
    ...opensTo(machineScope(act)),
    UseGuards(RightsGuard),
    ApiErrors({ 403: ['permission.denied', 'means.too-weak'] }),
  );

/** For the OpenAPI document: with which scope an application does it. */
function opensTo(scope: string | null) {
  return scope === null ? [] : [ApiOAuth2([scope], 'application')];
}
