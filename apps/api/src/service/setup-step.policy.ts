import type { SetupProgress } from '@portillon/administration';
import type { ChannelHealth } from '@portillon/notification';
import { Finding, NOT_SET } from '../diagnosis/finding';
import type { Settings } from '../settings/settings';
import type { SetupFinding, SetupState, StepState } from './setup-state.dto';

type Steps = Omit<SetupState, 'done' | 'total'>;

export interface SetupFacts {
  settings: Pick<Settings, 'serviceName' | 'operatorName'>;
  progress: SetupProgress;
  mail: ChannelHealth['status'];
  sms: ChannelHealth['status'];
  /** What the doctor finds of Pro Santé Connect and cards. */
  findings: Finding[];
}

/** The seven steps of the first hour, each computed from what is there. */
export function setupSteps({ settings, progress, mail, sms, findings }: SetupFacts): Steps {
  const { serviceName, operatorName } = settings;
  const { mailOpenedAt, nationalAdministrators: count, missingTexts, keyIds, unconfirmedKeyIds } = progress;
  const { hasStructure, hasStructureAdministrator: hasAdministrator } = progress;
  const told = findings.map(view);
  return {
    name: { state: doneIf(operatorName !== null), serviceName, operatorName },
    mail: { state: ofChannel(mail, mailOpenedAt !== null), openedAt: mailOpenedAt },
    sms: { state: ofChannel(sms, progress.isAnyPhoneProved) },
    strongMeans: { state: worst(told), findings: told },
    structure: { state: doneIf(hasStructure && hasAdministrator), hasStructure, hasAdministrator },
    secondAdministrator: { state: doneIf(count > 1), count },
    legal: {
      state: doneIf(missingTexts.length === 0 && unconfirmedKeyIds.length === 0),
      missing: missingTexts,
      keyIds,
      unconfirmedKeyIds,
    },
  };
}

/** With how many are done; what the settings do without is settled too. */
export function setupState(steps: Steps): SetupState {
  const all = Object.values(steps);
  const done = all.filter(({ state }) => state === 'done' || state === 'off').length;
  return { done, total: all.length, ...steps };
}

function doneIf(isDone: boolean): StepState {
  return isDone ? 'done' : 'todo';
}

/** A message that arrived once says nothing of a relay that is down now. */
function ofChannel(status: ChannelHealth['status'], hasArrived: boolean): StepState {
  if (status === 'off') return 'off';
  return status === 'down' ? 'failing' : doneIf(hasArrived);
}

function view({ name, well, text, advice }: Finding): SetupFinding {
  const state = text === NOT_SET ? 'off' : well ? 'done' : 'failing';
  return { of: name as SetupFinding['of'], state, sentence: text, advice: advice ?? null };
}

function worst(findings: readonly SetupFinding[]): StepState {
  const states = findings.map(({ state }) => state);
  if (states.includes('failing')) return 'failing';
  return states.includes('done') ? 'done' : 'off';
}
