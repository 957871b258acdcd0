import { Injectable } from '@nestjs/common';
import type { MachineAccess } from './machine.types';

/** How machines are admitted, told by the lib that knows them when the application starts. */
@Injectable()
export class MachineAccessRegistry {
  #access: MachineAccess | undefined;

  register(access: MachineAccess): void {
    this.#access = access;
  }

  /** Nothing where no machine is ever admitted: a token is then no more than a header that is not looked at. */
  get access(): MachineAccess | undefined {
    return this.#access;
  }
}
