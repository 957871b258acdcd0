import type { ApplicationKind } from '../../../../api/types';
import type { Choice } from '../../shared/SearchPicker.vue';
import { applicationBody, NO_FIELDS } from '../form/application-fields';
import { withRedirect } from '../form/application-kinds';
import { newDraft, ruleOf } from '../gate/gate-rule-draft';

/** Who may open it: everyone within reach, one structure, or some professions. */
export type Audience = 'all' | 'structure' | 'professions';

/** Form of a new application: the other fields are derived from its site until they are edited. */
export interface ApplicationDraft {
  kind: ApplicationKind;
  name: string;
  site: string;
  /** One per line. An installed application has no site to derive them from. */
  redirectUris: string;
  homeUri: string;
  audience: Audience;
  structure: Choice | null;
  professions: string;
  /** For a machine client. */
  scopes: string[];
}

const DERIVED = ['name', 'redirectUris', 'homeUri'] as const;

export const emptyDraft = (): ApplicationDraft => ({
  kind: 'web',
  name: '',
  site: '',
  redirectUris: '',
  homeUri: '',
  audience: 'all',
  structure: null,
  professions: '',
  scopes: [],
});

/** Address of a site as typed: `https://` may be missing. */
export function siteOf(typed: string): URL | undefined {
  const text = typed.trim();
  try {
    const address = new URL(text.includes('://') ? text : `https://${text}`);
    return address.hostname ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Settings derived from the site's address. */
function derivedFrom({ kind, site: typed }: ApplicationDraft) {
  const site = hasSite(kind) ? siteOf(typed) : undefined;
  if (!site) return { name: '', redirectUris: '', homeUri: '' };
  const callback = kind === 'gate' ? '/.portillon/callback' : '/callback';
  return { name: nameOf(site), redirectUris: site.origin + callback, homeUri: site.href };
}

/** For another kind or site, derived fields change; edited ones stay. */
export function changeDraft(
  draft: ApplicationDraft,
  to: Partial<Pick<ApplicationDraft, 'kind' | 'site'>>,
): void {
  const before = derivedFrom(draft);
  Object.assign(draft, to);
  const now = derivedFrom(draft);
  for (const field of DERIVED) if (draft[field] === before[field]) draft[field] = now[field];
  if (draft.kind === 'service' && draft.audience === 'professions') draft.audience = 'all';
}

/** `planning.hopital.example` is called Planning by default. */
function nameOf({ hostname }: URL): string {
  const [first = ''] = hostname.replace(/^www\./, '').split('.');
  return /^\d+$/.test(first) ? '' : first.charAt(0).toUpperCase() + first.slice(1);
}

/** Converts to the API's format. `service`: the address of Portillon, whose API a machine client calls. */
export function draftBody(draft: ApplicationDraft, national: boolean, service: string) {
  const { kind, audience, structure, professions } = draft;
  const scopes = kind === 'service' ? draft.scopes : NO_FIELDS.scopes;
  const fields = {
    ...NO_FIELDS,
    name: draft.name,
    redirectUris: draft.redirectUris,
    homeUri: draft.homeUri,
    scopes,
    audienceProfessions: audience === 'professions' ? professions : '',
    resources: kind === 'service' ? service : '',
  };
  const structureId = audience === 'structure' ? (structure?.id ?? null) : null;
  return { kind, structureId, ...applicationBody(kind, fields, national) };
}

/** First rule of an application behind a proxy: its signed-in audience may open every path. */
export const firstRule = () => ruleOf({ ...newDraft(0), paths: '/' });

/** An installed application has no site; a machine client has no address. */
export const hasSite = (kind: ApplicationKind) => withRedirect(kind) && kind !== 'native';
