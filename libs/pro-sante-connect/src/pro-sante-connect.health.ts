import { Injectable } from '@nestjs/common';
import { Provider } from './provider';

/** For who operates: whether Pro Santé Connect answers. */
@Injectable()
export class ProSanteConnectHealth {
  constructor(private readonly provider: Provider) {}

  /** @throws AppError `means.unavailable`, whose message says why */
  ping(): Promise<void> {
    return this.provider.reach();
  }
}
