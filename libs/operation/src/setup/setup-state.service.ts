import { Inject, Injectable } from '@nestjs/common';
import { AccountAdministrationService, AccountPhoneService } from '@portillon/account';
import { SetupConfirmationService } from '@portillon/administration-setup';
import { StructureService } from '@portillon/structure';
import { FindingRegistry, Keyring } from '@portillon/kernel';
import '@portillon/notification';
import { OPERATION_OPTIONS, type OperationOptions } from '../operation.options';
import type { SetupState } from './setup-state.dto';
import { setupState, setupSteps } from './setup-step.policy';

/** The progress of the first setup of this service, computed at each call. */
@Injectable()
export class SetupStateService {
  constructor(
    private readonly findings: FindingRegistry,
    private readonly structures: StructureService,
    private readonly administration: AccountAdministrationService,
    private readonly phones: AccountPhoneService,
    private readonly confirmations: SetupConfirmationService,
    private readonly keyring: Keyring,
    @Inject(OPERATION_OPTIONS) private readonly options: OperationOptions,
  ) {}

  async read(): Promise<SetupState> {
    const [mail, sms, legal, psc, cards] = await Promise.all([
      this.findings.find('mail'),
      this.findings.find('sms'),
      this.findings.find('legal'),
      this.findings.find('psc'),
      this.findings.check(['cards']),
    ]);
    const confirmed = await this.confirmations.all();
    const { serviceName, operatorName } = this.options;
    const steps = setupSteps({
      ...{ serviceName, operatorName, mail: mail.state, sms: sms.state },
      means: [{ subject: 'psc', ...psc }, ...cards],
      mailOpenedAt: confirmed.mail?.confirmedAt ?? null,
      isAnyPhoneProved: await this.phones.isAnyProved(),
      hasStructure: (await this.structures.list({ limit: 1 })).items.length > 0,
      hasAdministrator: await this.administration.hasStructureAdministrator(),
      nationalAdministrators: (await this.administration.nationalAdministrators()).length,
      missingTexts: legal.values.emptyTexts,
      keyIds: this.keyring.ids,
      confirmedKeyIds: confirmed.keys?.keyIds ?? [],
    });
    return setupState(steps);
  }
}
