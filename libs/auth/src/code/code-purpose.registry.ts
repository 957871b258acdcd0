import type { CodePurpose, CodePurposes } from './code.types';
import { FactoryProvider, Injectable } from '@nestjs/common';
import type { OtpPurpose } from '@portillon/otp';
import { authPurposes } from '../auth.purposes';

/** The purposes of codes, each registered by the library that sends them. */
@Injectable()
export class CodePurposeRegistry {
  readonly #purposes = new Map<string, CodePurpose>();

  constructor() {
    this.register(authPurposes);
  }

  /** @throws Error when another library already has one of these purposes: a code would be valid for both. */
  register(purposes: CodePurposes): void {
    for (const [name, purpose] of Object.entries(purposes)) {
      if ((this.#purposes.get(name) ?? purpose) !== purpose)
        throw new Error(`Two libs register the purpose "${name}"`);
      this.#purposes.set(name, purpose);
    }
  }

  get names(): string[] {
    return [...this.#purposes.keys()];
  }

  /** The purposes whose code proves an address or a number that is new to the account. */
  get proofs(): OtpPurpose[] {
    return (this.names as OtpPurpose[]).filter((name) => this.proves(name));
  }

  proves(name: OtpPurpose): boolean {
    return this.get(name).proves !== undefined;
  }

  /** @throws Error when no module registered it */
  get(name: OtpPurpose): CodePurpose {
    const purpose = this.#purposes.get(name);
    if (!purpose) throw new Error(`No lib registers the purpose "${name}"`);
    return purpose;
  }
}

/** For the providers of a module that imports `AuthModule`. */
export function registerCodePurposes(purposes: CodePurposes): FactoryProvider {
  return {
    provide: Symbol('registered code purposes'),
    inject: [CodePurposeRegistry],
    useFactory: (registry: CodePurposeRegistry) => registry.register(purposes),
  };
}
