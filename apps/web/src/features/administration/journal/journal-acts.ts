import subjects from '../../../generated/journal-subjects.json';

/** Events of the journal by subject, as the filter offers them; at most 20 each, the API's maximum. */
export const journalActs: Record<string, string[]> = subjects;

/** The event names of a filter's choice: a whole subject (`subject:codes`), one event, or all of them. */
export function namesOf(choice: string): string[] | undefined {
  if (!choice) return undefined;
  const subject = /^subject:(\w+)$/.exec(choice)?.[1];
  if (subject === undefined) return [choice];
  return Object.hasOwn(journalActs, subject) ? journalActs[subject] : undefined;
}
