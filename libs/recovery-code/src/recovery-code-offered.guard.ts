import { CanActivate, Inject, Injectable } from '@nestjs/common';
import { AUTH_OPTIONS } from '@portillon/auth';
import type { ResolvedAuthOptions } from '@portillon/auth';
import { AppError } from '@portillon/kernel';

/** Closes what needs recovery codes where the deployment takes none. */
@Injectable()
export class RecoveryCodeOfferedGuard implements CanActivate {
  constructor(@Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.options.recoveryCodes) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}
