import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AuthenticatorService } from './authenticator.service';
import type { Passkey } from './passkey/passkey.types';
import type { RecoveryCodeState } from './recovery-code/recovery-code.types';

declare module '@portillon/persistence' {
  interface PersonalRecords {
    passkeys: Passkey[];
    totpConfirmedAt: Date | null;
    recoveryCodes: RecoveryCodeState | null;
  }
}

@Injectable()
export class AuthenticatorPersonalData implements PersonalDataSource {
  constructor(private readonly authenticators: AuthenticatorService) {}

  export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return this.authenticators.heldBy(id);
  }

  erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    return this.authenticators.erase(id, tx);
  }
}
