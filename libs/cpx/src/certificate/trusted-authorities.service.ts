import { Inject, Injectable } from '@nestjs/common';
import { CPX_OPTIONS, type CpxOptions } from '../cpx.options';
import { Authorities } from './authorities';

/** The authorities of the bundle that is in use now. */
@Injectable()
export class TrustedAuthoritiesService {
  #current: Authorities | undefined;

  /** @throws Error when the bundle of authorities cannot serve. */
  constructor(@Inject(CPX_OPTIONS) { enabled, trustBundle }: CpxOptions) {
    if (enabled) this.#current = Authorities.parse(trustBundle);
  }

  /** Undefined where cards are off. */
  get current(): Authorities | undefined {
    return this.#current;
  }

  /** Activates another bundle. @throws Error when it is unusable: the previous bundle stays. */
  renew(bundle: string): void {
    if (this.#current) this.#current = Authorities.parse(bundle);
  }
}
