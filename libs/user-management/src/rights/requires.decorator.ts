import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiOAuth2 } from '@nestjs/swagger';
import { MachineScope, ApiErrors } from '@portillon/access';
import { REQUIRED_RIGHT, RequiredRight, RightsGuard } from './rights.guard';
import { Act, machineScope } from './rights.policy';

/**
 * Marks a route with the act that it is: only a role that may do it is admitted, or a machine with the scope for it. Put it below `@RequiresStepUp()`: it
 * goes first. `structureParam`: the part of the path that names a structure, where a structure's administrator may not
 * do the act.
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
