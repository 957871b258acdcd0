import { Inject, Injectable } from '@nestjs/common';
import { AccountAdministrationService, AccountPhoneService } from '@portillon/account';
import { SetupConfirmationService } from '@portillon/administration-setup';
import { FindingRegistry, Keyring } from '@portillon/kernel';
import type { Examined, FindingState } from '@portillon/kernel';
import '@portillon/notification';
import { StructureService } from '@portillon/structure';
import { OPERATION_OPTIONS } from '../operation.options';
import type { OperationOptions } from '../operation.options';
import type { SetupState, SetupFinding, StepState } from './setup-state.dto';

type Steps = Omit<SetupState, 'done' | 'total'>;

export interface SetupFacts {
  serviceName: string;
  operatorName: string | null;
  mail: FindingState;
  mailOpenedAt: Date | null;
  sms: FindingState;
  isAnyPhoneProved: boolean;
  /** Findings about Pro Santé Connect and cards. */
  means: Examined[];
  hasStructure: boolean;
  /** Whether an active account administers a structure. */
  hasAdministrator: boolean;
  nationalAdministrators: number;
  missingTexts: string[];
  keyIds: string[];
  /** Keys that an administrator confirmed are backed up elsewhere. */
  confirmedKeyIds: string[];
}

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

/** Returns the seven setup steps, each computed from the current facts. */
export function setupSteps(facts: SetupFacts): Steps {
  const { serviceName, operatorName, mailOpenedAt, hasStructure, hasAdministrator, keyIds } = facts;
  const { nationalAdministrators: count, missingTexts: missing } = facts;
  const findings = facts.means.map(view);
  const unconfirmedKeyIds = keyIds.filter((id) => !facts.confirmedKeyIds.includes(id));
  return {
    name: { state: doneIf(operatorName !== null), serviceName, operatorName },
    mail: { state: ofChannel(facts.mail, mailOpenedAt !== null), openedAt: mailOpenedAt },
    sms: { state: ofChannel(facts.sms, facts.isAnyPhoneProved) },
    strongMeans: { state: worst(findings), findings },
    structure: { state: doneIf(hasStructure && hasAdministrator), hasStructure, hasAdministrator },
    secondAdministrator: { state: doneIf(count > 1), count },
    legal: {
      state: doneIf(missing.length === 0 && unconfirmedKeyIds.length === 0),
      ...{ missing, keyIds, unconfirmedKeyIds },
    },
  };
}

/** Adds the number of completed steps. Steps that the settings exclude count as completed. */
export function setupState(steps: Steps): SetupState {
  const all = Object.values(steps);
  const done = all.filter(({ state }) => state === 'done' || state === 'off').length;
  return { done, total: all.length, ...steps };
}

function doneIf(isDone: boolean): StepState {
  return isDone ? 'done' : 'todo';
}

/** A message that arrived once does not prove that the relay works now. */
function ofChannel(state: FindingState, hasArrived: boolean): StepState {
  return state === 'off' || state === 'failing' ? state : doneIf(hasArrived);
}

function view({ subject, state, text, advice }: Examined): SetupFinding {
  const shown = state === 'off' || state === 'failing' ? state : 'done';
  return { of: subject as SetupFinding['of'], state: shown, sentence: text, advice: advice ?? null };
}

function worst(findings: readonly SetupFinding[]): StepState {
  const states = findings.map(({ state }) => state);
  if (states.includes('failing')) return 'failing';
  return states.includes('done') ? 'done' : 'off';
}
