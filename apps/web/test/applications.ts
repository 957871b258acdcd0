import type { AdminApplication, AdminGateRule } from '../src/api/types';
import { hospital } from './administration';
import { NOW } from './samples';

/** An application behind a reverse proxy. */
export function gatedApplication(changes: Partial<AdminApplication> = {}): AdminApplication {
  const at = new Date(NOW).toISOString();
  return {
    id: 'planning',
    name: 'Planning',
    kind: 'gate',
    status: 'active',
    structure: hospital,
    createdAt: at,
    updatedAt: at,
    version: 7,
    redirectUris: ['https://planning.example/.portillon/callback'],
    postLogoutRedirectUris: [],
    initiateLoginUri: null,
    backchannelLogoutUri: null,
    homeUri: null,
    authMethod: 'none',
    pkce: 'required',
    jwks: null,
    jwksUri: null,
    tlsSubjectDn: null,
    scopes: [],
    audienceRoles: [],
    audienceStructures: [],
    audienceProfessions: [],
    minAcr: null,
    maxAgeSeconds: null,
    confirmIdentity: false,
    trusted: false,
    claimsShape: 'plain',
    idTokenAlg: 'RS256',
    claimNames: true,
    claimMail: false,
    claimGroups: false,
    resources: [],
    offlineAccess: false,
    gateAssertion: false,
    firstSeenAt: at,
    seenFrom: '10.0.0.2',
    secrets: [],
    ...changes,
  };
}

export function gateRule(changes: Partial<AdminGateRule> = {}): AdminGateRule {
  return {
    paths: ['/'],
    methods: [],
    access: 'signed-in',
    roles: [],
    structures: [],
    acr: null,
    maxAgeSeconds: null,
    ...changes,
  };
}
