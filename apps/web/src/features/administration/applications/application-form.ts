import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../../api/problem';
import type { AdminApplication, ApplicationKind } from '../../../api/types';

/** The kinds that a person opens, which are returned to after a sign-in. */
export const withRedirect = (kind: ApplicationKind) => !['service', 'resource'].includes(kind);

/** What a machine may ask for. */
export const MACHINE_SCOPES = [
  'accounts:read',
  'accounts:write',
  'sessions:end',
  'events:read',
  'structures:read',
] as const;

/** What is typed of an application: one address a line. */
export interface ApplicationFields {
  name: string;
  redirectUris: string;
  postLogoutRedirectUris: string;
  homeUri: string;
  backchannelLogoutUri: string;
  minAcr: string;
  claimMail: boolean;
  claimGroups: boolean;
  confirmIdentity: boolean;
  trusted: boolean;
  scopes: string[];
}

export const NO_FIELDS: ApplicationFields = {
  name: '',
  redirectUris: '',
  postLogoutRedirectUris: '',
  homeUri: '',
  backchannelLogoutUri: '',
  minAcr: '',
  claimMail: false,
  claimGroups: false,
  confirmIdentity: false,
  trusted: false,
  scopes: [],
};

export function fieldsOf(application: AdminApplication): ApplicationFields {
  const { name, minAcr, homeUri, backchannelLogoutUri, claimMail, claimGroups, confirmIdentity, trusted } =
    application;
  return {
    name,
    redirectUris: application.redirectUris.join('\n'),
    postLogoutRedirectUris: application.postLogoutRedirectUris.join('\n'),
    homeUri: homeUri ?? '',
    backchannelLogoutUri: backchannelLogoutUri ?? '',
    scopes: application.scopes,
    minAcr: minAcr ?? '',
    claimMail,
    claimGroups,
    confirmIdentity,
    trusted,
  };
}

/** As the API takes it: a machine has no pages, and what people open keeps its scopes. */
export function applicationBody(kind: ApplicationKind, fields: ApplicationFields) {
  const name = fields.name.trim();
  if (kind === 'service') return { name, scopes: fields.scopes };
  if (!withRedirect(kind)) return { name };
  const { claimMail, claimGroups, confirmIdentity, trusted } = fields;
  return {
    name,
    redirectUris: linesOf(fields.redirectUris),
    postLogoutRedirectUris: linesOf(fields.postLogoutRedirectUris),
    homeUri: fields.homeUri.trim() || null,
    backchannelLogoutUri: fields.backchannelLogoutUri.trim() || null,
    minAcr: (fields.minAcr || null) as AdminApplication['minAcr'],
    claimMail,
    claimGroups,
    confirmIdentity,
    trusted,
  };
}

const TEXTS = ['name', 'redirectUris', 'postLogoutRedirectUris', 'homeUri', 'backchannelLogoutUri'] as const;
const CODES = ['uri-invalid', 'uri-not-https', 'uri-fragment', 'uri-wildcard', 'redirect-required'] as const;

/** What the form says beside each field. */
export function useApplicationTexts() {
  const { t } = useI18n();
  function refusal(field: (typeof TEXTS)[number], problem: ApiProblem): string {
    const reason = problem.reasonOf(field);
    if (!reason) return '';
    return t(`applications.refused.${CODES.find((code) => code === reason) ?? 'invalid'}`);
  }
  return {
    rules: { name: ({ name }: ApplicationFields) => (name.trim() ? '' : t('applications.missing.name')) },
    refusals: Object.fromEntries(
      TEXTS.map((field) => [field, (problem: ApiProblem) => refusal(field, problem)]),
    ) as Record<(typeof TEXTS)[number], (problem: ApiProblem) => string>,
  };
}

function linesOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
