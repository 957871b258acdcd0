import { CanActivate, Injectable } from '@nestjs/common';
import { TotpService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';

/** Closes what needs an authenticator app where the deployment takes none. */
@Injectable()
export class TotpOfferedGuard implements CanActivate {
  constructor(private readonly totp: TotpService) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.totp.offered) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}
