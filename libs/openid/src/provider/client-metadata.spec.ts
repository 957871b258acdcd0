import type { ApplicationEntity } from '@portillon/application';
import { application } from '../testing/openid.fixture';
import { metadataOf } from './client-metadata';

const metadata = (changes: Partial<ApplicationEntity>) =>
  metadataOf(application(changes), 'nothing equals this');

describe('an application, in the words of the library', () => {
  it('that people open has the code flow, and renews its tokens where it may', () => {
    const web = {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['https://agenda.example/retour'],
      post_logout_redirect_uris: ['https://agenda.example/au-revoir'],
      application_type: 'web',
      client_name: 'Agenda',
    };
    expect(metadata({})).toMatchObject(web);
    expect(metadata({ offlineAccess: false }).grant_types).toEqual(['authorization_code']);
    expect(metadata({ kind: 'native' })).toMatchObject({ ...web, application_type: 'native' });
  });

  it('behind the gate renews no token', () => {
    expect(metadata({ kind: 'gate' })).toMatchObject({ grant_types: ['authorization_code'] });
  });

  it('that is a machine client has no flow of people, and a resource has none at all', () => {
    const service = { grant_types: ['client_credentials'], response_types: [], redirect_uris: [] };
    expect(metadata({ kind: 'service' })).toMatchObject(service);
    expect(metadata({ kind: 'resource' })).toMatchObject({ ...service, grant_types: [] });
  });

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'that proves itself by %s has a secret that nothing equals',
    (authMethod) => {
      expect(metadata({ authMethod })['client_secret']).toBe('nothing equals this');
    },
  );

  it('proves itself in no way but its own', () => {
    const jwks = { keys: [] };
    expect(metadata({ authMethod: 'none' })).not.toHaveProperty('client_secret');
    expect(
      metadata({ authMethod: 'private_key_jwt', jwks, jwksUri: 'https://a.example/jwks' }),
    ).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks,
      jwks_uri: 'https://a.example/jwks',
    });
    const tlsSubjectDn = 'CN=agenda';
    const subject = 'tls_client_auth_subject_dn';
    expect(metadata({ authMethod: 'tls_client_auth', tlsSubjectDn })[subject]).toBe('CN=agenda');
    expect(metadata({ authMethod: 'none', tlsSubjectDn })).not.toHaveProperty(subject);
    expect(metadata({ authMethod: 'tls_client_auth', tlsSubjectDn: null })).not.toHaveProperty(subject);
  });

  it('is notified of the end of sessions where it has an address for it', () => {
    const backchannelLogoutUri = 'https://agenda.example/logout';
    expect(metadata({ backchannelLogoutUri })['backchannel_logout_uri']).toBe(backchannelLogoutUri);
    for (const absent of ['backchannel_logout_uri', 'jwks', 'jwks_uri', 'scope'])
      expect(metadata({})).not.toHaveProperty(absent);
  });
});
