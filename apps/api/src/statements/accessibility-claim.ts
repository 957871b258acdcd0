import type { AccessibilityDeclaration } from '@portillon/account';

const HALF = 50;
const ALL = 100;
const DAYS = ['auditedOn', 'establishedOn', 'updatedOn'] as const;

/** Where a declaration says one thing and its contrary, or claims what no audit found; a sentence each. */
export function claimFaults(declared: AccessibilityDeclaration): string[] {
  const { state, rate, auditedOn, auditor, nonConformities } = declared;
  const isAudited = auditedOn !== null && auditor !== null;
  return [
    ...DAYS.filter((field) => declared[field] !== null && !isDay(declared[field])).map(
      (field) => `${field} is no day of the calendar`,
    ),
    ...(state !== 'none' && !isAudited
      ? ['state is what an audit alone can say: auditedOn and auditor are missing']
      : []),
    ...(isAudited || (auditedOn === null && auditor === null) ? [] : ['auditedOn and auditor go together']),
    ...(isAudited === (rate !== null) ? [] : ['rate is what an audit found: both are told, or none']),
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

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
