import { Injectable } from '@nestjs/common';
import { AdministeredAccountService, Administrator, reaches } from '../accounts/administered-account.service';

/** The structures within an administrator's reach: another's looks exactly like one that does not exist. */
@Injectable()
export class AdministeredStructureService {
  constructor(private readonly administered: AdministeredAccountService) {}

  /**
   * The structure to look at: the one asked for, or else all that the administrator reaches (`null`: every one).
   *
   * @throws AppError `not-found`, and the journal says so
   */
  async within(administrator: Administrator, asked: string | undefined): Promise<string | null> {
    if (asked === undefined) return administrator.scope.structureId;
    if (!reaches(administrator.scope, asked)) await this.administered.denyStructure(administrator, asked);
    return asked;
  }
}
