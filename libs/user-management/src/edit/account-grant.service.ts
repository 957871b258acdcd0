import { Injectable } from '@nestjs/common';
import { StructureService } from '@portillon/structure';
import { AppError } from '@portillon/kernel';
import { AccessRefusalService } from '../rights/access-refusal.service';
import type { Administrator } from '../rights/administrator.types';
import { isMachine, isPrivileged, mayHandle } from '../rights/rights.policy';

/** Which roles and which structure an administrator may give to an account. */
@Injectable()
export class AccountGrantService {
  constructor(
    private readonly structures: StructureService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /**
   * A structure's administrator makes no national one and no auditor; a machine makes none of them.
   * @throws AppError `permission.denied`
   */
  async requireGrantable(administrator: Administrator, roles: readonly string[]): Promise<void> {
    if (isMachine(administrator) && isPrivileged(roles))
      await this.refusals.forbid(administrator, 'machine', {});
    if (mayHandle(administrator.scope, roles)) return;
    await this.refusals.forbid(administrator, 'national-role', {});
  }

  /**
   * The structure that an account of these roles is to have: the administrator's own, or one that exists.
   * @throws AppError `not-found` for a structure out of reach, `validation.failed`
   */
  async structureFor(
    administrator: Administrator,
    asked: string | null | undefined,
    roles: readonly string[],
  ): Promise<string | null> {
    const { structureId: own } = administrator.scope;
    if (own !== null) {
      if (asked !== undefined && asked !== own) await this.refusals.hide(administrator, { structure: asked });
      return own;
    }
    if (!asked) {
      // Without a structure, a structure's administrator has nothing to administer.
      if (roles.includes('structure-admin')) throw noSuchStructure();
      return null;
    }
    if (!(await this.structures.get(asked))) throw noSuchStructure();
    return asked;
  }
}

function noSuchStructure(): AppError {
  return new AppError('validation.failed', {
    errors: [{ field: 'structureId', code: 'choice', message: '' }],
  });
}
