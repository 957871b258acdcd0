import { CanActivate, Injectable } from '@nestjs/common';
import { PasskeyService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';

/** Closes the ceremonies where the deployment offers no passkeys. */
@Injectable()
export class OfferedGuard implements CanActivate {
  constructor(private readonly passkeys: PasskeyService) {}

  /** @throws AppError `means.unavailable` */
  canActivate(): boolean {
    if (this.passkeys.offered) return true;
    throw new AppError('means.unavailable', { status: 404 });
  }
}
