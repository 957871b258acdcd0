import type { ApplicationKind } from '../../../../api/types';
import type { Choice } from '../../shared/SearchPicker.vue';
import { applicationBody, NO_FIELDS } from '../form/application-fields';
import { withRedirect } from '../form/application-kinds';
import { newDraft, ruleOf } from '../gate/gate-rule-draft';

/** Who may open it: everybody of its reach, one structure, some professions. */
export type Audience = 'all' | 'structure' | 'professions';

/** The form of a new application: the other fields follow its site until they are changed. */
export interface ApplicationDraft {
  kind: ApplicationKind;
  name: string;
  site: string;
  /** One a line. Of an application that is installed there is no site to derive them from. */
  redirectUris: string;
  homeUri: string;
  audience: Audience;
  structure: Choice | null;
  professions: string;
  /** Of a machine. */
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

/** The address of a site, as it is typed: `https://` may be left out. */
export function siteOf(typed: string): URL | undefined {
  const text = typed.trim();
  try {
    const address = new URL(text.includes('://') ? text : `https://${text}`);
    return address.hostname ? address : undefined;
  } catch {
    return undefined;
  }
}

/** The settings that the site's address determines. */
function derivedFrom({ kind, site: typed }: ApplicationDraft) {
  const site = hasSite(kind) ? siteOf(typed) : undefined;
  if (!site) return { name: '', redirectUris: '', homeUri: '' };
  const callback = kind === 'gate' ? '/.portillon/callback' : '/callback';
  return { name: nameOf(site), redirectUris: site.origin + callback, homeUri: site.href };
}

/** Another kind or site: what was derived follows, what was changed by hand stays. */
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

/** `planning.hopital.example` is called Planning until it is given another name. */
function nameOf({ hostname }: URL): string {
  const [first = ''] = hostname.replace(/^www\./, '').split('.');
  return /^\d+$/.test(first) ? '' : first.charAt(0).toUpperCase() + first.slice(1);
}

/** As the API takes it. `service`: the address of Portillon, whose API a machine calls. */
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

/** The first rule of an application behind a proxy: whom its audience admits passes everywhere, once signed in. */
export const firstRule = () => ruleOf({ ...newDraft(0), paths: '/' });

/** An installed application has no site, a machine no address at all. */
export const hasSite = (kind: ApplicationKind) => withRedirect(kind) && kind !== 'native';
