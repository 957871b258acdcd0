import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AdminApplication } from '../../../api/types';
import { useRoleNames } from '../shared/role-names';
import { MACHINE_SCOPES, withProof, withRedirect } from './form/application-kinds';
import { useRuleTexts } from './gate/gate-rule-texts';
import { structureNames } from './structure-names';

/** A part of the settings, shown and edited in one place. */
export type SettingsPart = 'overview' | 'access' | 'integration';
interface Fact {
  label: string;
  value: string;
}

/** The application's settings as texts, by part. */
export function useApplicationFacts(shown: () => AdminApplication) {
  const { t } = useI18n();
  const roleName = useRoleNames();
  const { age } = useRuleTexts();
  const { data: nameOf, isPending: namesPending } = useQuery({
    key: () => ['application-audience', ...shown().audienceStructures],
    query: () => structureNames(shown().audienceStructures),
  });
  /** A structure whose name could not be read is shown by its id, so that the settings stay editable. */
  const structureName = computed(() => nameOf.value ?? ((id: string) => id));

  function overview({ kind, structure, homeUri }: AdminApplication): Fact[] {
    return [
      { label: t('applications.kind'), value: t(`applications.kinds.${kind}`) },
      { label: t('applications.columns.structure'), value: structure?.name ?? t('applications.national') },
      ...(withRedirect(kind)
        ? [{ label: t('applications.fields.homeUri'), value: homeUri ?? t('administration.noAddress') }]
        : []),
    ];
  }
  function access(application: AdminApplication): Fact[] {
    const { kind, minAcr, maxAgeSeconds, scopes } = application;
    const may = MACHINE_SCOPES.filter((scope) => scopes.includes(scope));
    const texts = may.map((scope) => t(`applications.scopes.${scope.replace(':', '.')}`));
    if (kind === 'service')
      return [
        { label: t('applications.fields.scopes'), value: texts.join('\n') || t('applications.mayNothing') },
      ];
    const level = t(minAcr ? `applications.levels.${minAcr}` : 'applications.anyLevel');
    return [
      { label: t('applications.people'), value: audience(application) },
      { label: t('applications.fields.minAcr'), value: level },
      {
        label: t('applications.rules.age'),
        value: maxAgeSeconds === null ? t('applications.anyAge') : age(maxAgeSeconds),
      },
    ];
  }
  function audience({ structure, ...application }: AdminApplication): string {
    const { audienceRoles, audienceStructures, audienceProfessions } = application;
    const structures = audienceStructures.map((id) => structureName.value(id));
    const asked = [...audienceRoles.map(roleName), ...structures, ...audienceProfessions];
    return asked.join('\n') || structure?.name || t('applications.everybody');
  }
  function integration({ kind, redirectUris, authMethod, pkce }: AdminApplication): Fact[] {
    const back = redirectUris.join('\n') || t('administration.noAddress');
    return [
      ...(withRedirect(kind) ? [{ label: t('applications.fields.redirectUris'), value: back }] : []),
      ...(withProof(kind)
        ? [{ label: t('applications.fields.authMethod'), value: t(`applications.methods.${authMethod}`) }]
        : []),
      ...(kind === 'web'
        ? [{ label: t('applications.fields.pkce'), value: t(`applications.pkceRules.${pkce}`) }]
        : []),
    ];
  }
  const facts = { overview, access, integration };
  return { namesPending, structureName, factsOf: (part: SettingsPart) => facts[part](shown()) };
}
