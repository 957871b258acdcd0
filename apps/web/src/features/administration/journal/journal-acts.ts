import subjects from '../../../generated/journal-subjects.json';

/** The events of the journal by subject, as its filter offers them; at most 20 in one, which is what the API takes. */
export const journalActs: Record<string, string[]> = subjects;

/** The event names of a filter's choice: a whole subject (`subject:codes`), one event, or all of them. */
export function namesOf(choice: string): string[] | undefined {
  if (!choice) return undefined;
  const subject = /^subject:(\w+)$/.exec(choice)?.[1];
  if (subject === undefined) return [choice];
  return Object.hasOwn(journalActs, subject) ? journalActs[subject] : undefined;
}
