import { FactoryProvider, Injectable, Type } from '@nestjs/common';
import type { MachineAccess } from './machine.types';

/** Holds how machine clients are admitted. The library that knows them registers it ({@link registerMachineAccess}). */
@Injectable()
export class MachineAccessRegistry {
  #access: MachineAccess | undefined;

  register(access: MachineAccess): void {
    this.#access = access;
  }

  /** Undefined where this deployment admits no machine clients: the guard then ignores tokens. */
  get access(): MachineAccess | undefined {
    return this.#access;
  }
}

/** For the providers of a module that imports `AccessModule` and provides `access`. */
export function registerMachineAccess(access: Type<MachineAccess>): FactoryProvider {
  return {
    provide: Symbol('registered machine access'),
    inject: [MachineAccessRegistry, access],
    useFactory: (registry: MachineAccessRegistry, one: MachineAccess) => registry.register(one),
  };
}
