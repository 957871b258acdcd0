import { Injectable } from '@nestjs/common';
import {
  AccountAdministrationService,
  AccountPhoneService,
  LegalNoticeService,
  missingTexts,
  SetupConfirmationService,
  StructureService,
} from '@portillon/account';
import { Keyring } from '@portillon/kernel';

/** How far the service is set up, of what its tables say. */
export interface SetupProgress {
  mailOpenedAt: Date | null;
  isAnyPhoneProved: boolean;
  hasStructure: boolean;
  hasStructureAdministrator: boolean;
  nationalAdministrators: number;
  missingTexts: string[];
  keyIds: string[];
  /** Those that nobody said are kept elsewhere. */
  unconfirmedKeyIds: string[];
}

/** What of the first hour is done, computed at each call. */
@Injectable()
export class SetupProgressService {
  constructor(
    private readonly structures: StructureService,
    private readonly administration: AccountAdministrationService,
    private readonly phones: AccountPhoneService,
    private readonly notices: LegalNoticeService,
    private readonly confirmations: SetupConfirmationService,
    private readonly keyring: Keyring,
  ) {}

  async read(): Promise<SetupProgress> {
    const { mail, keys } = await this.confirmations.all();
    const keyIds = this.keyring.ids;
    return {
      mailOpenedAt: mail?.confirmedAt ?? null,
      isAnyPhoneProved: await this.phones.isAnyProved(),
      hasStructure: (await this.structures.list({ limit: 1 })).items.length > 0,
      hasStructureAdministrator: await this.administration.hasStructureAdministrator(),
      nationalAdministrators: (await this.administration.nationalAdministrators()).length,
      missingTexts: missingTexts(await this.notices.published()),
      keyIds,
      unconfirmedKeyIds: keyIds.filter((id) => !keys?.keyIds.includes(id)),
    };
  }
}
