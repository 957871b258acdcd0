import { useI18n } from 'vue-i18n';
import { matches } from '../../../composables/texts/plain-words';
import type { Choice } from '../shared/SearchPicker.vue';
import { journalActs } from './journal-acts';
import { useActName } from './journal-line';

/** Choices of the event filter, as texts: the subjects, and the events once the person types. */
export function useActChoices() {
  const { t } = useI18n();
  const actName = useActName();
  const subjects = Object.keys(journalActs);
  const subjectName = (subject: string) => t(`journal.subjects.${subject}`);

  function nameOf(choice: string): string {
    const [, subject] = choice.split('subject:');
    return subject ? t('journal.everyOf', { subject: subjectName(subject) }) : actName(choice);
  }
  const whole = (subject: string): Choice => ({
    id: `subject:${subject}`,
    name: nameOf(`subject:${subject}`),
  });
  const actsOf = (subject: string): Choice[] =>
    journalActs[subject]!.map((id) => ({ id, name: actName(id), note: subjectName(subject) }));

  /** Subjects before single events. */
  async function find(typed: string): Promise<Choice[]> {
    const all = typed ? [...subjects.map(whole), ...subjects.flatMap(actsOf)] : subjects.map(whole);
    return all.filter(({ name }) => matches(name, typed));
  }
  return { nameOf, find };
}
