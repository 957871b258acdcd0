import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { PasswordHashingService } from './password-hashing.service';
import { PasswordStrengthService } from './password-strength.service';

/** The person whose names a password must not contain. */
export interface PasswordOwner {
  username: string;
  displayName: string;
  email: string;
  structure: { name: string } | null;
}

/** Checks and hashes a new password. */
@Injectable()
export class NewPasswordService {
  constructor(
    private readonly strength: PasswordStrengthService,
    private readonly hashing: PasswordHashingService,
  ) {}

  /**
   * Returns the digest of an acceptable password.
   *
   * @throws AppError `password.weak` with the reasons, `service.busy` when too many passwords wait already
   */
  async digest(owner: PasswordOwner, newPassword: string): Promise<string> {
    const own = [
      owner.username,
      owner.displayName,
      owner.email,
      ...(owner.structure ? [owner.structure.name] : []),
    ];
    const { acceptable, reasons, names } = await this.strength.assess(newPassword, own);
    if (acceptable) return this.hashing.hash(newPassword);
    throw new AppError('password.weak', {
      errors: reasons.map((code) => {
        const word = code in names ? { word: names[code as keyof typeof names] } : {};
        return { field: 'newPassword', code, message: '', ...word };
      }),
    });
  }
}
