import { CanActivate, Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '@portillon/access';
import { AppError } from '@portillon/kernel';

/** Closes what needs recovery codes where the deployment takes none. */
@Injectable()
export class RecoveryCodeOfferedGuard implements CanActivate {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.options.recoveryCodes) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}
