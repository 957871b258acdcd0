import type { AccessibilityDeclaration } from '../../operator/site-statements.types';
import { isCalendarDay } from '@portillon/kernel';

const HALF = 50;
const ALL = 100;
const DAYS = ['auditedOn', 'establishedOn', 'updatedOn'] as const;

/** Contradictions of a declaration, and claims without an audit; a sentence each. */
export function claimFaults(declared: AccessibilityDeclaration): string[] {
  return [...dayFaults(declared), ...auditFaults(declared), ...rateFaults(declared)];
}

function dayFaults(declared: AccessibilityDeclaration): string[] {
  const dated = DAYS.filter((field) => declared[field] !== null);
  return dated
    .filter((field) => !isCalendarDay(declared[field]!))
    .map((field) => `${field} is no day of the calendar`);
}

function auditFaults({ state, auditedOn, auditor }: AccessibilityDeclaration): string[] {
  if ((auditedOn === null) !== (auditor === null)) return ['auditedOn and auditor go together'];
  const isAudited = auditedOn !== null;
  return state === 'none' || isAudited
    ? []
    : ['state is what an audit alone can say: auditedOn and auditor are missing'];
}

function rateFaults({ state, rate, auditedOn, nonConformities }: AccessibilityDeclaration): string[] {
  return [
    ...((auditedOn === null) === (rate === null)
      ? []
      : ['rate is the result of an audit: declare both, or neither']),
    ...(rate === null || state === stateOf(rate)
      ? []
      : ['state is not that of the rate: under 50 none, under 100 partial, 100 full']),
    ...(state === 'full' && nonConformities.length > 0
      ? ['state is full, and nonConformities is not empty']
      : []),
  ];
}

/** RGAA 4.1: of all criteria that apply fewer than half, half and more, or all are met. */
function stateOf(rate: number): AccessibilityDeclaration['state'] {
  if (rate < HALF) return 'none';
  return rate < ALL ? 'partial' : 'full';
}
