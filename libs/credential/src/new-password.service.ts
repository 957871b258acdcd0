import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { PasswordHashingService } from './password-hashing.service';
import { PasswordStrengthService } from './password-strength.service';

/** Whose names a password must not hold. */
export interface PasswordOwner {
  username: string;
  displayName: string;
  email: string;
  structure: { name: string } | null;
}

/** A password that a person chooses. */
@Injectable()
export class NewPasswordService {
  constructor(
    private readonly strength: PasswordStrengthService,
    private readonly hashing: PasswordHashingService,
  ) {}

  /**
   * The digest of a password that its owner may take.
   *
   * @throws AppError `password.weak` with the reasons, `service.busy` when too many wait already
   */
  async digest(owner: PasswordOwner, newPassword: string): Promise<string> {
    const own = [
      owner.username,
      owner.displayName,
      owner.email,
      ...(owner.structure ? [owner.structure.name] : []),
    ];
    const { acceptable, reasons } = await this.strength.assess(newPassword, own);
    if (acceptable) return this.hashing.hash(newPassword);
    throw new AppError('password.weak', {
      errors: reasons.map((code) => ({ field: 'newPassword', code, message: '' })),
    });
  }
}
