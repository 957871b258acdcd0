import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { helpPages, helpSections, type HelpTopic } from '../../composables/help/help-sections';
import { useOffered } from '../../composables/service';
import { matches } from '../../composables/texts/plain-words';

/** Help pages with their answers, without those about means that this deployment does not offer. */
export function useHelpTopics() {
  const { t } = useI18n();
  const offered = useOffered();
  const off = (topic: HelpTopic) =>
    (topic.startsWith('carte') && !offered('cpx')) ||
    (topic === 'cle-d-acces' && !offered('passkey')) ||
    (topic === 'pro-sante-connect' && !offered('pro-sante-connect'));
  const pages = computed(() =>
    Object.entries(helpPages).map(([page, section]) => ({
      page,
      title: t(`help.sections.${section}`),
      topics: (helpSections[section] as readonly HelpTopic[]).filter((topic) => !off(topic)),
    })),
  );
  const words = (topic: HelpTopic) =>
    ['title', 'what', 'todo'].map((part) => t(`help.topics.${topic}.${part}`)).join(' ');
  const search = (typed: string) =>
    pages.value.flatMap(({ topics }) => topics.filter((topic) => matches(words(topic), typed)));
  return { pages, search };
}
