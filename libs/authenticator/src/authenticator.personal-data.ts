import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AuthenticatorService } from './authenticator.service';
import { PasskeyService } from './passkey/passkey.service';
import type { Passkey } from './passkey/passkey.types';
import type { RecoveryCodeState } from './recovery-code/recovery-code.service';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    passkeys: Passkey[];
    totpConfirmedAt: Date | null;
    recoveryCodes: RecoveryCodeState | null;
  }
}

@Injectable()
export class AuthenticatorPersonalData implements PersonalDataSource {
  constructor(
    private readonly authenticators: AuthenticatorService,
    private readonly passkeys: PasskeyService,
  ) {}

  export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return this.authenticators.heldBy(id);
  }

  /** Apps and recovery codes are deleted when they end; the row of a passkey is deleted here. */
  async erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    await this.authenticators.endAll(id, tx);
    await this.passkeys.erase(id, tx);
  }
}
