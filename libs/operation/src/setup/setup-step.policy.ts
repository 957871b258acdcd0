import type { Examined, FindingState } from '@portillon/kernel';
import type { SetupFinding, SetupState, StepState } from './setup-state.dto';

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
